import { Injectable } from '@nestjs/common';
import type { RoleName } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';

export type RoleOfPerson = { personId: string; bankId: string | null; role: RoleName };

/**
 * Gives a person a role in a bank (as one of its members, or as a guest from `homeBankId`) or in the city. Idempotent; answers whether it is new. Works
 * from the person's next call on. Who may give what is checked by the caller.
 */
@Injectable()
export class GrantRole {
  constructor(private readonly unit: UnitOfWork) {}

  async run(given: RoleOfPerson & { memberId: string | null; homeBankId?: string }): Promise<boolean> {
    return this.unit.run([], async () => {
      const made = await this.unit.one(
        `insert into role (person_id, bank_id, role, member_id, granted_at, home_bank_id) values ($1, $2, $3, $4, $5, $6)
         on conflict do nothing returning person_id`,
        [given.personId, given.bankId, given.role, given.memberId, this.unit.now, given.homeBankId ?? null],
      );
      return made !== null;
    });
  }
}
