import type { VisitParties } from '@timebank/contract';
import type { VisitRow } from './visit.entity';

type ToldVisit = Pick<VisitRow, 'visitId' | 'requestId' | 'clientId' | 'volunteerId' | 'serviceKind' | 'plannedStart'>;

/** What every event about a visit tells. */
export function partiesOf({ visitId, requestId, clientId, volunteerId, serviceKind, plannedStart }: ToldVisit): VisitParties {
  return { visitId, requestId, clientId, volunteerId, serviceKind, startsAt: plannedStart.toISOString() };
}
