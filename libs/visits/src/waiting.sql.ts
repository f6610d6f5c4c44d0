/** Whether visit `v` waits for a decision, and since when; an index answers both. */
export const waits = `v.state in ('ready', 'needs_ack', 'needs_fix')`;
export const waitsSince = 'coalesce(v.waiting_since, v.captured_out, v.planned_end)';

/** Whether visit `v` is over by plan at `now` and was not scanned at both ends, so that its times have to be entered, or it comes to nothing. */
export const unrecorded = (now: string) =>
  `v.state in ('planned', 'in_progress', 'needs_fix') and v.class = 'verified' and (v.captured_in is null or v.captured_out is null) and v.planned_end <= ${now}`;

/** An instant so many hours before another. */
export const hoursBefore = (now: Date, hours: number) => new Date(now.getTime() - hours * 3_600_000);
