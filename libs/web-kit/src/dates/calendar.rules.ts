const dayMs = 86_400_000;
const isoOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);
const msOf = (day: string) => Date.parse(`${day}T00:00:00Z`);

export const shiftDay = (day: string, by: number) => isoOf(msOf(day) + by * dayMs);

/** The same day of another month, or that month's last day. */
export function shiftByMonths(day: string, by: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month + by, 0)).getUTCDate();
  return isoOf(Date.UTC(year, month - 1 + by, Math.min(date, last)));
}

/** The first day of a week as people count: Monday in the mainland's calendars, Sunday elsewhere. */
export const firstOfWeek = (locale: string) => (locale === 'zh-Hans' ? 1 : 0);

const weekday = (day: string) => new Date(msOf(day)).getUTCDay();

/** The weeks of a month (`2026-03`); a place is null where another month's day would stand. */
export function weeksOf(month: string, first: number): (string | null)[][] {
  const start = `${month}-01`;
  const days = Number(shiftByMonths(start, 1).slice(0, 4)) > 9999 ? 31 : (msOf(shiftByMonths(start, 1)) - msOf(start)) / dayMs;
  const before = (weekday(start) - first + 7) % 7;
  return Array.from({ length: Math.ceil((before + days) / 7) }, (_, week) =>
    Array.from({ length: 7 }, (_unused, place) => {
      const number = week * 7 + place - before;
      return number < 0 || number >= days ? null : shiftDay(start, number);
    }),
  );
}

/** Where a key leads in a calendar: a day, a week, a month, with Shift a year; null for other keys. */
export function moveByKey(day: string, key: string, isShifted: boolean, first: number): string | null {
  const inWeek = (weekday(day) - first + 7) % 7;
  const moves: Record<string, () => string> = {
    ArrowLeft: () => shiftDay(day, -1),
    ArrowRight: () => shiftDay(day, 1),
    ArrowUp: () => shiftDay(day, -7),
    ArrowDown: () => shiftDay(day, 7),
    Home: () => shiftDay(day, -inWeek),
    End: () => shiftDay(day, 6 - inWeek),
    PageUp: () => shiftByMonths(day, isShifted ? -12 : -1),
    PageDown: () => shiftByMonths(day, isShifted ? 12 : 1),
  };
  return moves[key]?.() ?? null;
}

/** The nearest day within the limits. */
export const within = (day: string, min: string | undefined, max: string | undefined) =>
  min && day < min ? min : max && day > max ? max : day;

/** Years to choose from: all between the limits, else a life behind the day and some years ahead. */
export function yearsAround(day: string, min: string | undefined, max: string | undefined): number[] {
  const year = Number(day.slice(0, 4));
  const first = Math.min(year, Number(min?.slice(0, 4) || year - 20));
  const last = Math.max(year, Number(max?.slice(0, 4) || year + 10));
  return Array.from({ length: last - first + 1 }, (_, place) => first + place);
}
