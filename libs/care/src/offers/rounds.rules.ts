import type { Policy } from '@timebank/contract';
import { isQuietHour, localMinute, type Zone } from '@timebank/kernel';

export type QuietHours = Pick<Policy, 'quietFromHour' | 'quietUntilHour'>;
export type RoundPolicy = QuietHours &
  Pick<
    Policy,
    | 'offerFirstPeople'
    | 'offerFirstMinutes'
    | 'offerNextPeople'
    | 'offerNextMinutes'
    | 'urgentPeople'
    | 'urgentMinutes'
    | 'urgentWithinMinutes'
  >;

const minuteMs = 60_000;
/** Of so many first offers one is kept for somebody new. */
const firstOffers = 5;

const hourOf = (instant: Date, zone: Zone) => Number(localMinute(instant, zone).slice(11, 13));

/** Whether nobody is to be rung now. */
export const isQuiet = (instant: Date, quiet: QuietHours, zone: Zone): boolean => isQuietHour(hourOf(instant, zone), quiet);

/** So many minutes on in which people are awake: quiet hours hold the clock. */
export function awakeAfter(instant: Date, minutes: number, quiet: QuietHours, zone: Zone): Date {
  const hour = 60 * minuteMs;
  let at = instant.getTime();
  // By steps to the next full hour: a change of the clocks within a day moves them, too.
  for (let left = minutes * minuteMs; left > 0;) {
    const step = hour - (at % hour);
    if (isQuiet(new Date(at), quiet, zone)) at += step;
    else {
      const taken = Math.min(step, left);
      at += taken;
      left -= taken;
    }
  }
  return new Date(at);
}

export type PlannedRound = { round: number; people: number; until: Date; isLast: boolean };

/** What comes after `done` rounds. The last one asks nobody: it is the desk's list, or for what is urgent the phone. */
export function nextRound(done: number, startsAt: Date, now: Date, policy: RoundPolicy, zone: Zone): PlannedRound {
  const isUrgent = startsAt.getTime() - now.getTime() <= policy.urgentWithinMinutes * minuteMs;
  const round = done + 1;
  const over = (minutes: number) => new Date(Math.min(awakeAfter(now, minutes, policy, zone).getTime(), startsAt.getTime()));
  if (isUrgent && done === 0) return { round, people: policy.urgentPeople, until: over(policy.urgentMinutes), isLast: false };
  if (!isUrgent && done === 0) return { round, people: policy.offerFirstPeople, until: over(policy.offerFirstMinutes), isLast: false };
  if (!isUrgent && done === 1) return { round, people: policy.offerNextPeople, until: over(policy.offerNextMinutes), isLast: false };
  return { round, people: 0, until: startsAt, isLast: true };
}

/**
 * Whom a round asks: the best, but of the first five offers of a request one is kept for somebody new, or for whoever was asked least of late. `kept`: for
 * whom, in the first round; its last place is theirs, unless they are among the best anyway.
 */
export function pickRound<Person extends { memberId: string }>(
  best: readonly Person[],
  kept: Person | undefined,
  people: number,
): Person[] {
  const chosen = best.slice(0, people);
  if (kept === undefined || people === 0 || chosen.some(({ memberId }) => memberId === kept.memberId)) return chosen;
  const place = Math.min(people, firstOffers) - 1;
  return [...chosen.slice(0, place), kept, ...chosen.slice(place)].slice(0, people);
}
