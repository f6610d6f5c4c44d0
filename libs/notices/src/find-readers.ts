import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import type { Draft } from './telling.rules';

type Reader = { side: string; personId: string };

/** The persons behind members, guests, the roles of a bank and those who run the city, if they can sign in: nobody else could read a notice. */
@Injectable()
export class FindReaders {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, sides: readonly Draft['to'][]): Promise<(to: Draft['to']) => string[]> {
    const memberIds = sides.flatMap((to) => ('memberId' in to ? [to.memberId] : []));
    const roles = sides.flatMap((to) => ('roles' in to ? to.roles : []));
    const personIds = sides.flatMap((to) => ('personId' in to ? [to.personId] : []));
    const found = await this.unit.query<Reader>(
      `select reader.side, reader.person_id from (
         select member_id::text as side, person_id from helper where bank_id = $1 and member_id = any ($2::uuid[])
         union all
         select role, person_id from role where bank_id = $1 and role = any ($3::text[])
         union all
         select 'city admin', person_id from role where bank_id is null and role = 'admin' and 'city admin' = any ($3::text[])
         union all
         select 'person ' || person_id, person_id from person where person_id = any ($4::uuid[])
       ) reader
       join person on person.person_id = reader.person_id and person.sign_in_phone is not null and person.disabled_at is null`,
      [bankId, [...new Set(memberIds)], [...new Set(roles)], [...new Set(personIds)]],
    );
    const bySide = Map.groupBy(found, ({ side }) => side);
    return (to) => [
      ...new Set(
        sidesOf(to)
          .flatMap((side) => bySide.get(side) ?? [])
          .map(({ personId }) => personId),
      ),
    ];
  }
}

function sidesOf(to: Draft['to']): readonly string[] {
  if ('memberId' in to) return [to.memberId];
  return 'roles' in to ? to.roles : [`person ${to.personId}`];
}
