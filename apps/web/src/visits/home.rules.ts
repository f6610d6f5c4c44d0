import type { OwnHome } from '@timebank/contract/client';

type OwnVisit = OwnHome['visits'][number];
export type Thanks = { name: string; minutes: number };

/** The visit that was approved last, on the day that `since` begins: whom the thanks are for by name. Null on other days. */
export function thanksOf(
  visits: readonly Pick<OwnVisit, 'side' | 'state' | 'decision' | 'creditedMinutes' | 'clientName'>[],
  since: Date,
): Thanks | null {
  const approved = visits.filter(
    ({ side, state, decision }) =>
      side === 'volunteer' && state === 'approved' && decision !== null && !decision.reversed && Date.parse(decision.at) >= since.getTime(),
  );
  const [last] = approved.sort((one, other) => (other.decision?.at ?? '').localeCompare(one.decision?.at ?? ''));
  return last && last.creditedMinutes ? { name: last.clientName, minutes: last.creditedMinutes } : null;
}

const leafAtHours = [12, 24, 50];

/** Leaves on the bud: one each at 12, 24 and 50 hours ever given. */
export const leavesOf = (minutes: number): number => leafAtHours.filter((hours) => minutes >= hours * 60).length;
