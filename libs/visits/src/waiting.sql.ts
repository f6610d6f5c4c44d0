/** Whether visit `v` waits for a decision, and since when; an index answers both. */
export const waits = `v.state in ('ready', 'needs_ack', 'needs_fix')`;
export const waitsSince = 'coalesce(v.waiting_since, v.captured_out, v.planned_end)';

/** An instant so many hours before another. */
export const hoursBefore = (now: Date, hours: number) => new Date(now.getTime() - hours * 3_600_000);
