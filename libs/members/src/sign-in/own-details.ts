import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';

export type PersonDetails = { names: string[]; birthDates: string[]; isStaff: boolean };
type RoleRow = { bankId: string | null; role: string };

/** What others know of a person, at every bank of theirs: a password must not be made of it. And whether it opens a desk. */
@Injectable()
export class OwnDetails {
  constructor(private readonly unit: UnitOfWork) {}

  async run(personId: string): Promise<PersonDetails> {
    const roles = await this.unit.glance<RoleRow>('select bank_id, role from role where person_id = $1', [personId]);
    const bankIds = [...new Set(roles.flatMap(({ bankId }) => bankId ?? []))];
    const rows = await this.unit.run(bankIds, () =>
      this.unit.query<{ name: string; birthDate: string }>('select name, birth_date from member where person_id = $1', [personId]),
    );
    return {
      names: [...new Set(rows.map(({ name }) => name))],
      birthDates: [...new Set(rows.map(({ birthDate }) => birthDate))],
      isStaff: roles.some(({ role }) => ['coordinator', 'admin', 'auditor'].includes(role)),
    };
  }

  /** The banks where a person gets notices: where they are a member. */
  async banks(personId: string): Promise<{ bankId: string; memberId: string }[]> {
    return this.unit.glance(
      'select distinct bank_id, member_id from role where person_id = $1 and bank_id is not null and member_id is not null and home_bank_id is null',
      [personId],
    );
  }
}
