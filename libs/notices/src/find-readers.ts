import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import type { Draft } from './telling.rules';

type Reader = { memberId: string | null; personId: string };

/** The persons behind members, guests and the coordinators of a bank, as far as they can sign in: nobody else could read a notice. */
@Injectable()
export class FindReaders {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, sides: readonly Draft['to'][]): Promise<(to: Draft['to']) => string[]> {
    const memberIds = [...new Set(sides.flatMap((to) => (to === 'coordinators' ? [] : [to.memberId])))];
    const found = await this.unit.query<Reader>(
      `select reader.member_id, reader.person_id from (
         select member_id, person_id from helper where bank_id = $1 and member_id = any ($2::uuid[])
         union all
         select null, person_id from role where bank_id = $1 and role = 'coordinator' and $3
       ) reader
       join person on person.person_id = reader.person_id and person.sign_in_phone is not null and person.disabled_at is null`,
      [bankId, memberIds, sides.includes('coordinators')],
    );
    const byMember = Map.groupBy(found, ({ memberId }) => memberId);
    return (to) => (byMember.get(to === 'coordinators' ? null : to.memberId) ?? []).map(({ personId }) => personId);
  }
}
