import type { VisitRow } from './visit.entity';

type ToldVisit = Pick<VisitRow, 'visitId' | 'requestId' | 'clientId' | 'volunteerId' | 'serviceKind' | 'plannedStart'>;

/** What every event about a visit tells: whose it is, what was planned and for when. Ids and codes, no names. */
export function partiesOf({ visitId, requestId, clientId, volunteerId, serviceKind, plannedStart }: ToldVisit) {
  return { visitId, requestId, clientId, volunteerId, serviceKind, startsAt: plannedStart.toISOString() };
}
