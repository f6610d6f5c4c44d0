import { addDays } from './rule.rules';
import { weekdays, weekdayOf } from '@timebank/contract';

const weekOf = (day: string) => addDays(day, -weekdays.indexOf(weekdayOf(day)));
const monthOf = (day: string) => day.slice(0, 7);

/**
 * Where each date goes when the days of a series change: it stays on its day if that is still one; else it moves to a new day of the same week; else,
 * where `byMonth`, of the same month; else it ends (null). New days that no date took are `added`. Both lists are in order.
 */
export function pairDates(
  before: readonly string[],
  after: readonly string[],
  byMonth: boolean,
): { moves: Map<string, string | null>; added: string[] } {
  const free = new Set(after);
  const moves = new Map<string, string | null>();
  const settle = (sameSpan: (one: string, other: string) => boolean) => {
    for (const day of before) {
      if (moves.has(day)) continue;
      const target = [...free].find((candidate) => sameSpan(day, candidate));
      if (target === undefined) continue;
      moves.set(day, target);
      free.delete(target);
    }
  };
  settle((one, other) => one === other);
  settle((one, other) => weekOf(one) === weekOf(other));
  if (byMonth) settle((one, other) => monthOf(one) === monthOf(other));
  for (const day of before) if (!moves.has(day)) moves.set(day, null);
  return { moves, added: [...free] };
}

type AskedTerms = { startsAt: Date; minutes: number; helpersNeeded: number; place: string | null; note: string | null };

/** What somebody changed by hand on one date stays, field by field; the rest follows the series. */
export function mergedTerms(now: AskedTerms, laidAs: AskedTerms, wanted: AskedTerms): AskedTerms {
  const keepsStart = now.startsAt.getTime() !== laidAs.startsAt.getTime();
  return {
    startsAt: keepsStart ? now.startsAt : wanted.startsAt,
    minutes: now.minutes === laidAs.minutes ? wanted.minutes : now.minutes,
    helpersNeeded: now.helpersNeeded === laidAs.helpersNeeded ? wanted.helpersNeeded : now.helpersNeeded,
    place: now.place === laidAs.place ? wanted.place : now.place,
    note: now.note === laidAs.note ? wanted.note : now.note,
  };
}

export const isSamePlan = (one: AskedTerms, other: AskedTerms): boolean =>
  one.startsAt.getTime() === other.startsAt.getTime() && one.minutes === other.minutes;

/** Whatever of them may change while somebody helps. */
export const isSameBeside = (one: AskedTerms, other: AskedTerms): boolean =>
  one.helpersNeeded === other.helpersNeeded && one.place === other.place && one.note === other.note;
