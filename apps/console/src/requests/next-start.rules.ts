import { instantOf, localDate, localMinute, type Zone } from '@timebank/kernel';

/** When people are helped by day; a start is offered within it. */
const [opens, firstStart, lastStart] = ['08:00', '09:00', '19:30'];
const halfHour = 30 * 60_000;

export type Start = { day: string; time: string };

/**
 * The start that a new request opens with: the next half hour that leaves as much time to find somebody, within the day of the bank's zone; in the
 * evening and before opening time, the next morning's.
 */
export function nextStart(now: Date, timeZone: Zone): Start {
  const soon = new Date(Math.ceil((now.getTime() + halfHour) / halfHour) * halfHour);
  const today = localDate(now, timeZone);
  const [day = today, time = firstStart] = localMinute(soon, timeZone).split(' ');
  if ((localMinute(now, timeZone).split(' ')[1] ?? opens) < opens) return { day: today, time: firstStart };
  if (day === today && time <= lastStart) return { day, time };
  const tomorrow = new Date(Date.parse(`${today}T00:00:00Z`) + 2 * 86_400_000 - 1);
  return { day: tomorrow.toISOString().slice(0, 10), time: firstStart };
}

/** Whether a start that was typed has passed, or whether even the end has: then the request lapses the moment it is written down. */
export function pastOf(start: Start, minutes: number, now: Date, timeZone: Zone): 'lapsed' | 'begun' | null {
  const at = instantOf(start.day, start.time, timeZone).getTime();
  if (Number.isNaN(at) || at >= now.getTime()) return null;
  return at + minutes * 60_000 <= now.getTime() ? 'lapsed' : 'begun';
}
