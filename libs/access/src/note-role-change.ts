import { Injectable } from '@nestjs/common';
import type { Reason } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { newId } from '@timebank/kernel';
import type { RoleOfPerson } from './grant-role';

export type RoleChange = RoleOfPerson & { change: 'given' | 'taken'; reason: Reason; changedBy: string; firstBy: string | null };

/** Keeps who gave or took a role, and why, in the caller's unit of work; a change without a reason is kept without one. */
@Injectable()
export class NoteRoleChange {
  constructor(private readonly unit: UnitOfWork) {}

  async run({ bankId, personId, role, change, reason, changedBy, firstBy }: RoleChange): Promise<void> {
    await this.unit.run([], () =>
      this.unit.query(
        `insert into role_change (change_id, bank_id, person_id, role, change, reason_code, note, changed_by, first_by, changed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [newId(), bankId, personId, role, change, reason.reasonCode ?? null, reason.note ?? null, changedBy, firstBy, this.unit.now],
      ),
    );
  }
}
