import { instantOf, localDate } from '@timebank/kernel';

const dayMilliseconds = 86_400_000;
const minuteMilliseconds = 60_000;

/** Days and times of the demo, counted back from the day on which it is built. */
export class Calendar {
  constructor(
    private readonly now: Date,
    private readonly timeZone: string,
  ) {}

  /** The calendar day so many days ago; negative ones lie ahead. */
  day(daysAgo: number): string {
    const today = Date.parse(`${localDate(this.now, this.timeZone)}T00:00:00Z`);
    return new Date(today - daysAgo * dayMilliseconds).toISOString().slice(0, 10);
  }

  /** A wall-clock time so many days ago. */
  at(daysAgo: number, time: string): Date {
    return instantOf(this.day(daysAgo), time, this.timeZone);
  }

  /** So many minutes from now, to the five minutes, as people make appointments. */
  soon(minutes: number): Date {
    const five = 5 * minuteMilliseconds;
    return new Date(Math.ceil(this.now.getTime() / five) * five + minutes * minuteMilliseconds);
  }
}

export function after(instant: Date, minutes: number): Date {
  return new Date(instant.getTime() + minutes * minuteMilliseconds);
}
