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

function partsOf(instant: Date, timeZone: string): Record<string, string> {
  return Object.fromEntries(
    formatterOf(timeZone)
      .formatToParts(instant)
      .map((part) => [part.type, part.value]),
  );
}

/** The calendar day, `2026-11-23`, that an instant falls on in a zone. */
export function localDate(instant: Date, timeZone: string): string {
  const parts = partsOf(instant, timeZone);
  return `${parts.year}-${parts.month}-${parts.day}`;
}

/** The wall clock, `2026-11-23 09:02`, that an instant shows in a zone. */
export function localMinute(instant: Date, timeZone: string): string {
  const parts = partsOf(instant, timeZone);
  return `${parts.year}-${parts.month}-${parts.day} ${parts.hour}:${parts.minute}`;
}

/** The calendar month, `2026-11`, that an instant falls in in a zone. */
export function localMonth(instant: Date, timeZone: string): string {
  return localDate(instant, timeZone).slice(0, 7);
}

/** The instant of a wall-clock time (`2026-11-23`, `09:00`) in a zone. Times that a clock change skips move forward. */
export function instantOf(date: string, time: string, timeZone: string): Date {
  const wanted = Date.parse(`${date}T${time.length === 5 ? `${time}:00` : time}Z`);
  let guess = wanted;
  for (let round = 0; round < 2; round += 1) {
    const parts = partsOf(new Date(guess), timeZone);
    const shown = Date.parse(`${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}:${parts.second}Z`);
    guess += wanted - shown;
  }
  return new Date(guess);
}

/** First instant of a local day and of the day after it. */
export function dayRange(date: string, timeZone: string): { from: Date; to: Date } {
  const next = new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  return { from: instantOf(date, '00:00', timeZone), to: instantOf(next, '00:00', timeZone) };
}

/** First instant of a local month (`2026-11`) and of the month after it. */
export function monthRange(month: string, timeZone: string): { from: Date; to: Date } {
  const [year, ordinal] = month.split('-').map(Number) as [number, number];
  const next = ordinal === 12 ? `${year + 1}-01` : `${year}-${String(ordinal + 1).padStart(2, '0')}`;
  return { from: instantOf(`${month}-01`, '00:00', timeZone), to: instantOf(`${next}-01`, '00:00', timeZone) };
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
