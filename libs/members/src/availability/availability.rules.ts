import { refuse, type AvailabilityInput } from '@timebank/contract';

type Slot = AvailabilityInput['weekly'][number];
type Days = AvailabilityInput['pauses'][number];
/** Half-open, in minutes since Monday 0:00. */
export type Stretch = { from: number; to: number };

const dayMinutes = 1_440;
const weekMinutes = 7 * dayMinutes;

const minuteOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const timeOf = (minute: number) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** Refuses a slot that ends before it begins, and two that overlap. */
export function stretchesOf(weekly: readonly Slot[]): Stretch[] {
  const stretches = weekly.map(({ day, from, to }, at) => {
    const midnight = (day - 1) * dayMinutes;
    if (minuteOf(to) <= minuteOf(from)) throw refuse('availability/wrong_order', {}, `body.weekly.${at}.to`);
    return { from: midnight + minuteOf(from), to: midnight + minuteOf(to) };
  });
  const inOrder = stretches.toSorted((one, other) => one.from - other.from);
  if (inOrder.some(({ from }, at) => at > 0 && from < (inOrder[at - 1] as Stretch).to))
    throw refuse('availability/slots_overlap', {}, 'body.weekly');
  return inOrder;
}

/** Stretches as slots of a day each: those that touch have become one, and one may go on past midnight. */
export const slotsOf = (stretches: readonly Stretch[]): Slot[] =>
  stretches.flatMap(({ from, to }) => {
    const days = Array.from({ length: 7 }, (_, day) => day).filter((day) => from < (day + 1) * dayMinutes && to > day * dayMinutes);
    return days.map((day) => ({
      day: day + 1,
      from: timeOf(Math.max(from - day * dayMinutes, 0)),
      to: timeOf(Math.min(to - day * dayMinutes, dayMinutes)),
    }));
  });

/** The languages by their codes alone, `zh` for `cmn-Hans`, each once. Known is what has a name in the Unicode repository. */
export function languagesOf(tags: readonly string[]): string[] {
  const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
  const codes = tags.map((tag, at) => {
    const code = codeOf(tag);
    if (code === null || names.of(code) === undefined)
      throw refuse('availability/unknown_language', { language: tag }, `body.languages.${at}`);
    return code;
  });
  return [...new Set(codes)].toSorted();
}

function codeOf(tag: string): string | null {
  try {
    return new Intl.Locale(tag).language;
  } catch {
    return null;
  }
}

/** Refuses a pause that ends before it begins. */
export function checkPauses(pauses: readonly Days[]): void {
  const wrong = pauses.findIndex(({ from, to }) => to < from);
  if (wrong >= 0) throw refuse('availability/wrong_order', {}, `body.pauses.${wrong}.to`);
}

/** Refuses less than nothing, and more than a week has. */
export function checkWeek(minutes: number | null): void {
  if (minutes !== null && (minutes < 0 || minutes > weekMinutes))
    throw refuse('availability/minutes_out_of_range', { most: weekMinutes }, 'body.weekMinutes');
}

export const weeklyRanges = (stretches: readonly Stretch[]): string => `{${stretches.map(({ from, to }) => `[${from},${to})`).join()}}`;
export const pauseRanges = (pauses: readonly Days[]): string => `{${pauses.map(({ from, to }) => `[${from},${to}]`).join()}}`;
