import { dayOn, instantOf, localMinute, type Zone } from '@timebank/kernel';

/** "The same as last time": the next day of that weekday at that hour that is at least so far away. */
const ahead = 30 * 60_000;

export function sameAgain(lastStart: string, now: Date, zone: Zone): { day: string; time: string } {
  const [day = '', time = ''] = localMinute(new Date(lastStart), zone).split(' ');
  const weeks = Math.max(1, Math.floor((now.getTime() - Date.parse(lastStart)) / (7 * 86_400_000)));
  for (let week = weeks; ; week += 1) {
    const again = dayOn(day, week * 7);
    if (instantOf(again, time, zone).getTime() >= now.getTime() + ahead) return { day: again, time };
  }
}
