import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { refuse, type ClientPlace, type ClientPlaceInput } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { LockClient } from '../lock-client';
import { toWgs84 } from './places.rules';

/**
 * Records where a client's home is, by coordinates from a satellite or from a Chinese map, which are converted. The newest counts; earlier ones are
 * kept. The same place again changes nothing. Refuses `members/not_found`, `cards/not_a_client`.
 */
@Injectable()
export class PlaceClient {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly lockClient: LockClient,
  ) {}

  async run(actor: Actor, bankId: string, clientId: string, input: ClientPlaceInput): Promise<{ first: boolean; value: ClientPlace }> {
    const { latitude, longitude } = toWgs84(input, input.system);
    return this.unit.run([bankId], async () => {
      await this.lockClient.run(bankId, clientId);
      const made = await this.unit.one(
        `insert into client_place (bank_id, client_id, revision, latitude, longitude, recorded_by, recorded_at)
         select $1::uuid, $2::uuid, coalesce(last.revision, 0) + 1, $3::double precision, $4::double precision, $5::uuid, $6::timestamptz
         from (select 1) as one left join lateral (select revision, latitude, longitude from client_place
           where bank_id = $1::uuid and client_id = $2::uuid order by revision desc limit 1) last on true
         where (last.latitude, last.longitude) is distinct from ($3::double precision, $4::double precision) returning revision`,
        [bankId, clientId, latitude, longitude, actor.personId, this.unit.now],
      );
      return { first: made !== null, value: { latitude, longitude } };
    });
  }

  /** Null if nobody has recorded it. */
  async read(bankId: string, clientId: string): Promise<{ place: ClientPlace | null }> {
    return this.unit.run([bankId], async () => {
      if (!(await this.unit.one('select member_id from member where bank_id = $1 and member_id = $2', [bankId, clientId])))
        throw refuse('members/not_found');
      const place = await this.unit.one<ClientPlace>(
        'select latitude, longitude from client_place where bank_id = $1 and client_id = $2 order by revision desc limit 1',
        [bankId, clientId],
      );
      return { place };
    });
  }
}
