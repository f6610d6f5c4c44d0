import { Injectable } from '@nestjs/common';
import type { RoleName } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';

export type MemberRow = {
  memberId: string;
  personId: string;
  name: string;
  accountId: string;
  birthDate: string;
  memberNumber: string;
  /** The roles the person has in this bank. */
  roles: RoleName[];
  disabled: boolean;
};

/** Members of a bank by their ids, in the order of ids; an id that is not there is left out. */
@Injectable()
export class FindMembers {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, memberIds: readonly string[]): Promise<MemberRow[]> {
    return this.unit.run([bankId], () =>
      this.unit.query<MemberRow>(
        `select member_id, person_id, name, account_id, birth_date, member_number, person.disabled_at is not null as disabled,
                array(select role.role from role where role.person_id = member.person_id and role.bank_id = member.bank_id order by role.role) as roles
           from member join person using (person_id)
          where member.bank_id = $1 and member.member_id = any ($2) order by member_id`,
        [bankId, memberIds],
      ),
    );
  }
}
