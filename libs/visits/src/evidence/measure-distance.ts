import { Injectable } from '@nestjs/common';
import type { ScanInput } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import type { Distance } from './evidence';
import { metersBetween, toWgs84, type Position } from './places.rules';
import type { LockedVisit } from '../visit-lock';

/**
 * How far a phone was from the client's home at a scan. Null when the phone sent no location, its person has not consented, or nobody recorded where
 * the home is. The position itself is forgotten here: location is sensitive (PIPL, article 28), and a distance is all that a coordinator needs. In
 * the caller's unit; changes nothing.
 */
@Injectable()
export class MeasureDistance {
  constructor(private readonly unit: UnitOfWork) {}

  async run(personId: string, visit: LockedVisit, location: ScanInput['location']): Promise<Distance | null> {
    if (!location) return null;
    const home = await this.unit.one<Position>(
      `select p.latitude, p.longitude from client_place p
       where p.bank_id = $1 and p.client_id = $2
         and (select c.granted from location_consent c where c.person_id = $3 order by c.revision desc limit 1)
       order by p.revision desc limit 1`,
      [visit.bankId, visit.clientId, personId],
    );
    if (!home) return null;
    return {
      meters: Math.round(metersBetween(home, toWgs84(location, location.system))),
      accuracyMeters: Math.ceil(location.accuracyMeters),
    };
  }
}
