import { Injectable } from '@nestjs/common';
import type { RoleName } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';

export type PersonOfBank = { personId: string; bankId: string; memberId: string; roles: readonly RoleName[] };

/** Stores many new persons without a way to sign in, and gives what roles they lack to those who are here, by one statement each. */
@Injectable()
export class CreatePeople {
  constructor(private readonly unit: UnitOfWork) {}

  /** Ids that nobody has. */
  async run(personIds: readonly string[]): Promise<void> {
    await this.unit.run([], () =>
      this.unit.query('insert into person (person_id, created_at) select person_id, $2 from unnest($1::uuid[]) as given (person_id)', [
        personIds,
        this.unit.now,
      ]),
    );
  }

  async grant(people: readonly PersonOfBank[]): Promise<void> {
    const given = people.flatMap(({ roles, ...person }) => roles.map((role) => ({ ...person, role })));
    if (given.length === 0) return;
    await this.unit.run([], () =>
      this.unit.query(
        `insert into role (person_id, bank_id, role, member_id, granted_at)
         select person_id, bank_id, role, member_id, $5 from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[]) as given (person_id, bank_id, role, member_id)
         on conflict do nothing`,
        [
          given.map(({ personId }) => personId),
          given.map(({ bankId }) => bankId),
          given.map(({ role }) => role),
          given.map(({ memberId }) => memberId),
          this.unit.now,
        ],
      ),
    );
  }
}
