import type { BodyOf } from '@timebank/contract/client';

/** A decision on its way. `stuck`: sent without an answer, to be sent again under the same id. */
export type Pending = {
  approvalId: string;
  bankId: string;
  personId: string;
  body: BodyOf<'putApproval'>;
  minutes: number;
  state: 'waiting' | 'sending' | 'stuck';
  code?: string;
};

/** Parts of at most `size`, in order. */
export function inBatches<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}

/** What session storage held; anything that is not a list of decisions counts as none. */
export function readPending(kept: string | null): Pending[] {
  if (kept === null) return [];
  try {
    const parsed: unknown = JSON.parse(kept);
    return Array.isArray(parsed)
      ? (parsed.filter(
          (one: Partial<Pending> | null) => typeof one?.approvalId === 'string' && Array.isArray(one.body?.visitIds),
        ) as Pending[])
      : [];
  } catch {
    return [];
  }
}

type Marked = { exceptions: readonly { code: string; lane: string; acknowledged: boolean }[] };

/** Every yellow code among the visits with how often it occurs, most frequent first: what the person is asked to have looked at. */
export function yellowCodes(visits: readonly Marked[]): { code: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const visit of visits) {
    for (const { code, lane, acknowledged } of visit.exceptions) {
      if (lane === 'yellow' && !acknowledged) counts.set(code, (counts.get(code) ?? 0) + 1);
    }
  }
  return [...counts]
    .map(([code, count]) => ({ code, count }))
    .sort((one, other) => other.count - one.count || one.code.localeCompare(other.code));
}

const mendedByHand = ['MISSING_IN', 'MISSING_OUT', 'UNKNOWN_CODE', 'CARD_CLIENT_MISMATCH', 'CARD_REVOKED', 'UNSCHEDULED'];

/** The way out of red: times by hand, fewer minutes or a reason from a second person, or none needed. */
export function wayOut(visit: Marked): 'manual' | 'shorten' | null {
  const red = visit.exceptions.filter(({ lane }) => lane === 'red').map(({ code }) => code);
  if (red.length === 0) return null;
  return red.some((code) => mendedByHand.includes(code)) ? 'manual' : 'shorten';
}

type Timed = {
  plannedStart: string;
  plannedEnd: string;
  capturedIn: string | null;
  capturedOut: string | null;
  creditedStart: string | null;
  creditedEnd: string | null;
};
export type Bar = { left: number; width: number } | null;

/** Planned, captured and credited on one axis, in percent of the span of all three. */
export function barsOf(visit: Timed): { planned: Bar; captured: Bar; credited: Bar } {
  const at = (value: string | null) => (value === null ? Number.NaN : Date.parse(value));
  const all = [visit.plannedStart, visit.plannedEnd, visit.capturedIn, visit.capturedOut].map(at).filter((value) => !Number.isNaN(value));
  const start = Math.min(...all);
  const span = Math.max(Math.max(...all) - start, 60_000);
  const bar = (from: string | null, to: string | null): Bar =>
    from === null || to === null
      ? null
      : { left: ((at(from) - start) / span) * 100, width: Math.max(((at(to) - at(from)) / span) * 100, 1) };
  return {
    planned: bar(visit.plannedStart, visit.plannedEnd),
    captured: bar(visit.capturedIn, visit.capturedOut),
    credited: bar(visit.creditedStart, visit.creditedEnd),
  };
}
