import { Injectable } from '@nestjs/common';
import { type Actor, GrantRole, RevokeRole } from '@timebank/access';
import { refuse, type RoleName } from '@timebank/contract';
import { deriveId, UnitOfWork } from '@timebank/database';
import { PostTransfers } from '@timebank/ledger';
import { MarkMerged } from '@timebank/members';
import type { MergePart } from './merge-sides';

type Move = {
  bankId: string;
  transferId: string;
  from: string;
  to: string;
  minutes: number;
  actorId: string;
  memo: 'merged' | 'merge_undone';
};
type MovedMerge = { roles: string[]; rolesGiven: string[]; minutes: number; transferId: string | null };
const given: readonly string[] = ['volunteer', 'client'];

/** Moves roles and minutes of a member to the one that stays, and back, in the caller's unit of work. Refuses what the ledger refuses. */
@Injectable()
export class MoveMerged {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly grantRole: GrantRole,
    private readonly revokeRole: RevokeRole,
    private readonly postTransfers: PostTransfers,
    private readonly markMerged: MarkMerged,
  ) {}

  async run(actor: Actor, bankId: string, mergeId: string, stays: MergePart, goes: MergePart): Promise<MovedMerge> {
    const rolesGiven = goes.roles.filter((role) => given.includes(role) && !stays.roles.includes(role));
    for (const role of goes.roles) await this.revokeRole.run({ personId: goes.personId, bankId, role: role as RoleName });
    await this.give(bankId, stays, rolesGiven);
    const { balanceMinutes: minutes } = goes;
    const transferId = minutes > 0 ? deriveId(mergeId, 'merged') : null;
    if (transferId !== null)
      await this.post({ bankId, transferId, from: goes.accountId, to: stays.accountId, minutes, actorId: actor.personId, memo: 'merged' });
    await this.markMerged.run(bankId, goes.memberId, stays.memberId);
    return { roles: goes.roles, rolesGiven, minutes, transferId };
  }

  async give(bankId: string, { personId, memberId }: Pick<MergePart, 'personId' | 'memberId'>, roles: readonly string[]): Promise<void> {
    for (const role of roles) await this.grantRole.run({ personId, bankId, role: role as RoleName, memberId });
  }

  async take(bankId: string, personId: string, roles: readonly string[]): Promise<void> {
    for (const role of roles) await this.revokeRole.run({ personId, bankId, role: role as RoleName });
  }

  /** One transfer of kind `settlement`; a refusal is thrown and undoes the whole. */
  async post({ bankId, transferId, from, to, minutes, actorId, memo }: Move): Promise<void> {
    const [outcome] = await this.postTransfers.run([
      {
        bankId,
        transferId,
        debitAccountId: from,
        creditAccountId: to,
        minutes,
        kind: 'settlement',
        class: null,
        visitId: null,
        reversesId: null,
        memoCode: memo,
        actorId,
        effectiveAt: this.unit.now,
        holdId: null,
        overflow: null,
        cover: null,
      },
    ]);
    if (outcome?.code !== undefined) throw refuse(outcome.code, outcome.parameters);
  }
}
