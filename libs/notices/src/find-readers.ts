import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import type { Draft } from './telling.rules';

type ReaderRow = { side: string; personId: string; forId: string | null };
/** `forId`: the client for whom they are told. */
export type NoticeReader = Omit<ReaderRow, 'side'>;

/** The persons behind members, guests, those who are told for a client, the roles of a bank and those who run the city, if they can sign in: nobody else could read a notice. */
@Injectable()
export class FindReaders {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, sides: readonly Draft['to'][]): Promise<(to: Draft['to']) => NoticeReader[]> {
    const memberIds = sides.flatMap((to) => ('memberId' in to ? [to.memberId] : []));
    const clientIds = sides.flatMap((to) => ('memberId' in to && to.asClient ? [to.memberId] : []));
    const roles = sides.flatMap((to) => ('roles' in to ? to.roles : []));
    const personIds = sides.flatMap((to) => ('personId' in to ? [to.personId] : []));
    const found = await this.unit.query<ReaderRow>(
      `select reader.side, reader.person_id, reader.for_id from (
         select member_id::text as side, person_id, null::uuid as for_id from helper where bank_id = $1 and member_id = any ($2::uuid[])
         union all
         select 'proxies ' || client_id, person_id, client_id from proxy_role
           where bank_id = $1 and client_id = any ($5::uuid[]) and scope = 'be_told' and ends_at > $6
         union all
         select role, person_id, null from role where bank_id = $1 and role = any ($3::text[])
         union all
         select 'city admin', person_id, null from role where bank_id is null and role = 'admin' and 'city admin' = any ($3::text[])
         union all
         select 'person ' || person_id, person_id, null from person where person_id = any ($4::uuid[])
       ) reader
       join person on person.person_id = reader.person_id and person.sign_in_phone is not null and person.disabled_at is null`,
      [bankId, [...new Set(memberIds)], [...new Set(roles)], [...new Set(personIds)], [...new Set(clientIds)], this.unit.now],
    );
    const bySide = Map.groupBy(found, ({ side }) => side);
    return (to) => [
      ...new Map(sidesOf(to).flatMap((side) => (bySide.get(side) ?? []).map((reader) => [reader.personId, reader]))).values(),
    ];
  }
}

function sidesOf(to: Draft['to']): readonly string[] {
  if ('memberId' in to) return to.asClient ? [`proxies ${to.memberId}`, to.memberId] : [to.memberId];
  return 'roles' in to ? to.roles : [`person ${to.personId}`];
}
