import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { OwnMember as OwnMemberAnswer } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';

/** The member a person is at their home bank, the one they joined first; null for a city role without membership. */
@Injectable()
export class OwnMember {
  constructor(private readonly unit: UnitOfWork) {}

  async run(actor: Actor): Promise<OwnMemberAnswer | null> {
    const bankIds = [...new Set(actor.roles.flatMap(({ bankId }) => (bankId === null ? [] : [bankId])))];
    if (bankIds.length === 0) return null;
    return this.unit.run(bankIds, () =>
      this.unit.one<OwnMemberAnswer>(
        'select member_id, bank_id, name, member_number, account_id from member where person_id = $1 order by created_at, bank_id limit 1',
        [actor.personId],
      ),
    );
  }
}
