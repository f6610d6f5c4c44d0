import { addDays, termsOn, type Terms } from './rule.rules';
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

/** What an edit can name, each with what goes with it. */
const fields = {
  ruleText: ({ ruleText, rule, startsOn }: Terms) => ({ ruleText, rule, startsOn }),
  startTime: ({ startTime }: Terms) => ({ startTime }),
  minutes: ({ minutes }: Terms) => ({ minutes }),
  helpersNeeded: ({ helpersNeeded }: Terms) => ({ helpersNeeded }),
  place: ({ place }: Terms) => ({ place }),
  note: ({ note }: Terms) => ({ note }),
};

/**
 * What an edit changes of the terms that begin after its day: each field that it changes, up to the day from which a later edit has set the same field.
 */
export function carriedOn(known: readonly Terms[], before: Terms, edited: Terms): Terms[] {
  const days = [...new Set(known.map(({ fromDay }) => fromDay))].filter((day) => day > edited.fromDay).sort();
  let names = (Object.keys(fields) as (keyof typeof fields)[]).filter((name) => edited[name] !== before[name]);
  let previous = before;
  const carried: Terms[] = [];
  for (const day of days) {
    const here = termsOn(known, day) as Terms;
    names = names.filter((name) => here[name] === previous[name]);
    previous = here;
    if (names.length === 0) break;
    carried.push(names.reduce<Terms>((terms, name) => ({ ...terms, ...fields[name](edited) }), here));
  }
  return carried;
}

type AskedTerms = { startsAt: Date; minutes: number; helpersNeeded: number; place: string | null; note: string | null };

/**
 * What somebody changed by hand on one date stays, field by field; the rest follows the series. A date that needs more only because `helping` so many had
 * said yes when fewer were asked for was not changed by hand.
 */
export function mergedTerms(now: AskedTerms, laidAs: AskedTerms, wanted: AskedTerms, helping = 0): AskedTerms {
  const keepsStart = now.startsAt.getTime() !== laidAs.startsAt.getTime();
  const wasKept =
    now.helpersNeeded > laidAs.helpersNeeded && now.helpersNeeded === helping && wanted.helpersNeeded !== laidAs.helpersNeeded;
  const keepsNumber = now.helpersNeeded !== laidAs.helpersNeeded && !wasKept;
  return {
    startsAt: keepsStart ? now.startsAt : wanted.startsAt,
    minutes: now.minutes === laidAs.minutes ? wanted.minutes : now.minutes,
    helpersNeeded: keepsNumber ? now.helpersNeeded : wanted.helpersNeeded,
    place: now.place === laidAs.place ? wanted.place : now.place,
    note: now.note === laidAs.note ? wanted.note : now.note,
  };
}

export const isSamePlan = (one: AskedTerms, other: AskedTerms): boolean =>
  one.startsAt.getTime() === other.startsAt.getTime() && one.minutes === other.minutes;

/** Whatever of them may change while somebody helps. */
export const isSameBeside = (one: AskedTerms, other: AskedTerms): boolean =>
  one.helpersNeeded === other.helpersNeeded && one.place === other.place && one.note === other.note;
