import type { ExceptionCode } from './visits.messages';

/**
 * Ways to settle an exception. `acknowledge`: somebody has looked. `enter_times`: the true times by hand, of class manual. `fewer_minutes`: less than
 * proposed, for a reason. `second_person`: somebody other than before, for a reason. `call_back`: phone the client. Where no way is left, a visit is
 * rejected and recorded anew.
 */
export const waysOut = ['acknowledge', 'enter_times', 'fewer_minutes', 'second_person', 'call_back'] as const;
export type WayOut = (typeof waysOut)[number];

const byHand = { red: ['enter_times'] } as const;
const seen = { yellow: ['acknowledge'] } as const;
const seenOrByHand = { yellow: ['acknowledge', 'enter_times'] } as const;

/** Each code of the closed list, by the lane that it puts a visit in: what leads from there to a paid hour. A note needs nothing. */
export const exceptionWays: Record<ExceptionCode, { red?: readonly WayOut[]; yellow?: readonly WayOut[] }> = {
  MISSING_IN: byHand,
  MISSING_OUT: byHand,
  CARD_CLIENT_MISMATCH: byHand,
  CARD_REVOKED: byHand,
  UNKNOWN_CODE: byHand,
  OVERLAP: { red: ['fewer_minutes'] },
  IMPOSSIBLE_TRAVEL: { red: ['second_person'] },
  UNSCHEDULED: byHand,
  OVER_CAP: { red: ['fewer_minutes'] },
  CONFLICT_OF_INTEREST: { red: ['second_person'] },
  LOCATION_OFF: seen,
  FAR: { ...seen, red: ['second_person'] },
  EARLY_IN: seen,
  LATE_IN: seenOrByHand,
  EARLY_OUT: seenOrByHand,
  LONGER: seen,
  TOO_SHORT: seenOrByHand,
  LATE_SYNC: { ...seenOrByHand, ...byHand },
  CLOCK_SKEW: seenOrByHand,
  NEW_DEVICE: seen,
  SHARED_DEVICE: seen,
  STATIC_ONLY: seen,
  MANUAL_ENTRY: { yellow: ['second_person', 'acknowledge'] },
  REPLACEMENT: seen,
  UNVOUCHED: seenOrByHand,
  UNSIGNED: seenOrByHand,
  SENT_TOGETHER: seenOrByHand,
  CALL_BACK_DUE: { yellow: ['call_back'], red: ['fewer_minutes', 'call_back'] },
  OFFLINE: {},
};

/** The ways out of some findings, each once, in the order of the list. */
export function waysOf(exceptions: readonly { code: string; lane: string }[]): WayOut[] {
  const table: Partial<Record<string, Partial<Record<string, readonly WayOut[]>>>> = exceptionWays;
  const all = exceptions.flatMap(({ code, lane }) => table[code]?.[lane] ?? []);
  return waysOut.filter((way) => all.includes(way));
}
