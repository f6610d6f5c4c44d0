import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { LocationConsent } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { Consents } from '@timebank/members';

/**
 * A person's own decision whether their phone may report where it is, only at the two scans. Every change is kept with its time; the same again
 * changes nothing. Without consent we do not look at a location that arrives. Source: PIPL, articles 29 and 15.
 */
@Injectable()
export class ConsentToLocation {
  constructor(
    private readonly unit: UnitOfWork,
    consents: Consents,
  ) {
    consents.about('location', {
      read: (personId) => this.newest(personId),
      say: async (actor, granted) => (await this.run(actor, { granted })).first,
    });
  }

  async run(actor: Actor, { granted }: LocationConsent): Promise<{ first: boolean; value: LocationConsent }> {
    return this.unit.run([], async () => {
      // One word after another, so that two phones do not both write the same revision.
      await this.unit.query('select pg_advisory_xact_lock(hashtextextended($1::text, 20))', [actor.personId]);
      const made = await this.unit.one(
        `insert into location_consent (person_id, revision, granted, given_at)
         select $1::uuid, coalesce(max(revision), 0) + 1, $2::boolean, $3::timestamptz from location_consent where person_id = $1::uuid
         having (array_agg(granted order by revision desc))[1] is distinct from $2::boolean returning revision`,
        [actor.personId, granted, this.unit.now],
      );
      return { first: made !== null, value: { granted } };
    });
  }

  async read(actor: Actor): Promise<LocationConsent> {
    return { granted: (await this.newest(actor.personId))?.granted ?? false };
  }

  private newest(personId: string): Promise<{ granted: boolean; textVersion: number; givenAt: Date } | null> {
    return this.unit.run([], () =>
      this.unit.one(
        'select granted, 1 as text_version, given_at from location_consent where person_id = $1 order by revision desc limit 1',
        [personId],
      ),
    );
  }
}
