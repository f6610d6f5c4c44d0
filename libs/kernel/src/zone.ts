const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formatters.set(timeZone, formatter);
  }
  return formatter;
}

/** What a wall clock shows, in milliseconds as if it stood in UTC. */
function askFormatter(milliseconds: number, timeZone: string): number {
  const { year, month, day, hour, minute, second } = Object.fromEntries(
    formatterOf(timeZone)
      .formatToParts(milliseconds)
      .map((part) => [part.type, part.value]),
  );
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

// Asking Intl takes some ten microseconds, and lists ask thousands of times about a few days. Since 1973 every zone of the world has moved its clocks
// on a quarter of an hour of UTC, so we ask once for each quarter of an hour.
const quarterHour = 15 * 60_000;
const firstKnown = Date.UTC(1973, 0);
const mostKept = 20_000;
const offsets = new Map<string, Map<number, number>>();

function wallClock(instant: Date, timeZone: string): Date {
  const milliseconds = instant.getTime();
  const second = Math.floor(milliseconds / 1_000) * 1_000;
  if (!(milliseconds >= firstKnown)) return new Date(askFormatter(second, timeZone));
  let known = offsets.get(timeZone);
  if (!known || known.size >= mostKept) offsets.set(timeZone, (known = new Map()));
  const quarter = Math.floor(milliseconds / quarterHour);
  let offset = known.get(quarter);
  if (offset === undefined) {
    offset = askFormatter(second, timeZone) - second;
    known.set(quarter, offset);
  }
  return new Date(milliseconds + offset);
}

/** A zone from an instant on, its day's first; the first that a place had has always been. */
export type DatedZone = { readonly timeZone: string; readonly beginsAt: string | null };

/** A zone by its name, or those that a place has had, in their order. */
export type Zone = string | readonly DatedZone[];

const beginningOf = ({ beginsAt }: DatedZone) => (beginsAt === null ? -Infinity : Date.parse(beginsAt));

/** The name of the zone that was in force at an instant. */
export function zoneAt(zone: Zone, instant: Date): string {
  if (typeof zone === 'string') return zone;
  const milliseconds = instant.getTime();
  return (zone.findLast((dated) => beginningOf(dated) <= milliseconds) ?? zone[0])?.timeZone ?? 'UTC';
}

const shown = (instant: Date, zone: Zone) => wallClock(instant, zoneAt(zone, instant)).toISOString();

/** The calendar day, `2026-11-23`, that an instant falls on in a zone. */
export function localDate(instant: Date, zone: Zone): string {
  return shown(instant, zone).slice(0, 10);
}

/** The wall clock, `2026-11-23 09:02`, that an instant shows in a zone. */
export function localMinute(instant: Date, zone: Zone): string {
  return shown(instant, zone).slice(0, 16).replace('T', ' ');
}

/** The calendar month, `2026-11`, that an instant falls in in a zone. */
export function localMonth(instant: Date, zone: Zone): string {
  return localDate(instant, zone).slice(0, 7);
}

function instantIn(timeZone: string, date: string, time: string): Date {
  const wanted = Date.parse(`${date}T${time.length === 5 ? `${time}:00` : time}Z`);
  const corrected = (guess: number) => guess + wanted - wallClock(new Date(guess), timeZone).getTime();
  const near = corrected(wanted);
  const found = corrected(near);
  return new Date(corrected(found) === found ? found : Math.max(near, found));
}

/**
 * The instant of a wall-clock time (`2026-11-23`, `09:00`) in a zone. Times that a clock change or a change of zones skips move forward;
 * of times that come twice when the zone changes it is the first.
 */
export function instantOf(date: string, time: string, zone: Zone): Date {
  if (typeof zone === 'string') return instantIn(zone, date, time);
  for (const [place, dated] of zone.entries()) {
    const found = instantIn(dated.timeZone, date, time);
    const next = zone[place + 1];
    if (next === undefined || found.getTime() < beginningOf(next)) return new Date(Math.max(found.getTime(), beginningOf(dated)));
  }
  return instantIn('UTC', date, time);
}

/** The calendar day after one. */
export const dayAfter = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/** First instant of a local day and of the day after it. */
export function dayRange(date: string, zone: Zone): { from: Date; to: Date } {
  return { from: instantOf(date, '00:00', zone), to: instantOf(dayAfter(date), '00:00', zone) };
}

/** First instant of a local month (`2026-11`) and of the month after it. */
export function monthRange(month: string, zone: Zone): { from: Date; to: Date } {
  const [year, ordinal] = month.split('-').map(Number) as [number, number];
  const next = ordinal === 12 ? `${year + 1}-01` : `${year}-${String(ordinal + 1).padStart(2, '0')}`;
  return { from: instantOf(`${month}-01`, '00:00', zone), to: instantOf(`${next}-01`, '00:00', zone) };
}

/** Whether the runtime knows an IANA zone name. */
export function isTimeZone(name: string): boolean {
  try {
    formatterOf(name);
    return true;
  } catch {
    return false;
  }
}
