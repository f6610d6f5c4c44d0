import { Injectable } from '@nestjs/common';
import { type Actor, DisablePerson, hasRole } from '@timebank/access';
import { type MergeOutcome, refuse } from '@timebank/contract';
import { deriveId, UnitOfWork } from '@timebank/database';
import { MarkMerged } from '@timebank/members';
import { MergeRow } from './merge.entity';
import { MoveMerged } from './move-merged';
import { outcomeOf, refuseLateUndo } from './merge.rules';
import { MergeSides } from './merge-sides';

/**
 * Makes two members of one again who were merged by mistake, within seven days: roles, sign-in and minutes go back; cards and stays as a guest stay
 * ended. Refuses `merges/not_found`, `merges/too_late`, and `ledger/overdraft` where the minutes have been spent.
 */
@Injectable()
export class UndoMerge {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly sides: MergeSides,
    private readonly move: MoveMerged,
    private readonly disablePerson: DisablePerson,
    private readonly markMerged: MarkMerged,
  ) {}

  async run(actor: Actor, bankId: string, memberId: string, otherMemberId: string): Promise<MergeOutcome> {
    if (!hasRole(actor, 'admin', bankId)) throw refuse('access/not_allowed');
    return this.unit.run([bankId], async () => {
      const { stays, goes } = await this.sides.run(bankId, memberId, otherMemberId);
      const row = await this.unit.one<MergeRow>(
        'select * from merge where bank_id = $1 and member_id = $2 and other_member_id = $3 order by merged_at desc limit 1 for no key update',
        [bankId, memberId, otherMemberId],
      );
      if (!row) throw refuse('merges/not_found');
      if (row.undoneAt !== null) return outcomeOf(row);
      refuseLateUndo(row.mergedAt, this.unit.now);
      const undoTransferId = row.minutes > 0 ? deriveId(row.mergeId, 'undone') : null;
      const back = { bankId, from: stays.accountId, to: goes.accountId, minutes: row.minutes, actorId: actor.personId };
      if (undoTransferId !== null) await this.move.post({ ...back, transferId: undoTransferId, memo: 'merge_undone' });
      await this.markMerged.run(bankId, otherMemberId, null);
      await this.move.take(bankId, stays.personId, row.rolesGiven);
      await this.move.give(bankId, goes, row.roles);
      await this.disablePerson.run(goes.personId, false);
      const undone = { undoneBy: actor.personId, undoneAt: this.unit.now, undoTransferId };
      await this.unit.updateRow(MergeRow, { bankId, mergeId: row.mergeId }, undone);
      return outcomeOf({ ...row, ...undone });
    });
  }
}
