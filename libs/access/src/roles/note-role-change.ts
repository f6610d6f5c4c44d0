import { Injectable } from '@nestjs/common';
import type { Reason } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { newId } from '@timebank/kernel';
import { RoleChangeRow } from './role-change.entity';
import type { RoleOfPerson } from './grant-role';

export type RoleChange = RoleOfPerson & { change: 'given' | 'taken'; reason: Reason; changedBy: string; firstBy: string | null };

/** Records, in the caller's unit of work, who gave or took a role and why, if a reason was given. */
@Injectable()
export class NoteRoleChange {
  constructor(private readonly unit: UnitOfWork) {}

  async run({ bankId, personId, role, change, reason, changedBy, firstBy }: RoleChange): Promise<void> {
    const { reasonCode = null, note = null } = reason;
    const row = { bankId, personId, role, change, reasonCode, note, changedBy, firstBy };
    await this.unit.run([], () => this.unit.insertRow(RoleChangeRow, { changeId: newId(), ...row, changedAt: this.unit.now }));
  }
}
