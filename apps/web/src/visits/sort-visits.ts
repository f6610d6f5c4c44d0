import { localDate, type Zone } from '@timebank/kernel';
import type { VisitShown } from './local-visits';

export type MyVisits = { underWay: VisitShown[]; today: VisitShown[]; later: VisitShown[] };

/** Sorts the person's visits into what is under way, what today still brings or has brought, and what comes in the next two weeks. */
export function sortVisits(visits: VisitShown[], now: Date, timeZone: Zone): MyVisits {
  const today = localDate(now, timeZone);
  const alive = visits
    .filter(({ state }) => state !== 'cancelled' && state !== 'no_show')
    .sort((one, other) => one.plannedStart.localeCompare(other.plannedStart));
  const underWay = alive.filter(({ state }) => state === 'in_progress');
  const rest = alive.filter(({ state }) => state !== 'in_progress');
  return {
    underWay,
    today: rest.filter(({ plannedStart }) => localDate(new Date(plannedStart), timeZone) === today),
    later: rest.filter(({ plannedStart, state }) => state === 'planned' && localDate(new Date(plannedStart), timeZone) > today),
  };
}

/** The visit that the big button is for: the one under way, else the next planned one of today. */
export function visitToScan({ underWay, today }: MyVisits): VisitShown | null {
  return underWay[0] ?? today.find(({ state }) => state === 'planned') ?? null;
}
