import { Injectable } from '@nestjs/common';
import { type Actor, banksOf, hasRole, SecondPerson } from '@timebank/access';
import { isWaiting, type MergeOutcome, refuse, type Stored, type Waiting } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { newId } from '@timebank/kernel';
import { EndLeaving } from './end-leaving';
import { MergeRow } from './merge.entity';
import { MoveMerged } from './move-merged';
import { outcomeOf, refuseMerge } from './merge.rules';
import { MergeSides } from './merge-sides';

/**
 * Makes one member of two who are one person, by two admins (202 first), neither of whom they are. Who stays gets the roles of the other and, through
 * the ledger, their minutes; the other's roles, cards, stays as a guest and sign-in end. What was written of either stays where it is. Can be undone
 * for seven days. Refuses `merges/oneself`, `members/not_found`, `merges/waits` while another merge of either waits, and what `refuseMerge` says.
 */
@Injectable()
export class MergeMembers {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly secondPerson: SecondPerson,
    private readonly sides: MergeSides,
    private readonly leaving: EndLeaving,
    private readonly move: MoveMerged,
  ) {}

  async run(actor: Actor, bankId: string, memberId: string, otherMemberId: string): Promise<Stored<MergeOutcome> | Waiting> {
    if (!hasRole(actor, 'admin', bankId)) throw refuse('access/not_allowed');
    const banks = await this.leaving.banks(bankId, otherMemberId);
    return this.unit.run([...new Set([...banks, ...banksOf(actor, bankId)])], async () => {
      const { stays, goes, obstacles } = await this.sides.run(bankId, memberId, otherMemberId);
      const before = await this.standing(bankId, memberId, otherMemberId);
      if (before) return { first: false, value: outcomeOf(before) };
      if ([stays, goes].some(({ personId }) => personId === actor.personId)) throw refuse('access/not_allowed');
      refuseMerge(stays, goes, obstacles);
      await this.refuseAnotherWaiting(bankId, memberId, otherMemberId);
      const act = {
        bankId,
        kind: 'merging' as const,
        subjectId: memberId,
        content: { otherMemberId },
        memberId,
        roles: ['admin'] as const,
      };
      const asked = await this.secondPerson.run(actor, act);
      if (isWaiting(asked)) return asked;
      await this.leaving.plans(actor, banks, otherMemberId);
      const mergeId = newId();
      const moved = await this.move.run(actor, bankId, mergeId, stays, goes);
      await this.leaving.signIn(goes.personId);
      const row = {
        bankId,
        mergeId,
        memberId,
        otherMemberId,
        ...moved,
        askedBy: asked.askedBy,
        mergedBy: actor.personId,
        mergedAt: this.unit.now,
        undoneBy: null,
        undoneAt: null,
        undoTransferId: null,
      };
      await this.unit.insertRow(MergeRow, row);
      return { first: true, value: outcomeOf(row) };
    });
  }

  private standing(bankId: string, memberId: string, otherMemberId: string): Promise<MergeRow | null> {
    return this.unit.one<MergeRow>(
      'select * from merge where bank_id = $1 and member_id = $2 and other_member_id = $3 and undone_at is null',
      [bankId, memberId, otherMemberId],
    );
  }

  private async refuseAnotherWaiting(bankId: string, memberId: string, otherMemberId: string): Promise<void> {
    const waits = await this.unit.one(
      `select from waiting_act where bank_id = $1 and kind = 'merging' and state = 'waits' and waits_until > $4
          and (subject_id = any ($2::uuid[]) or content ->> 'otherMemberId' = any ($3::text[]))
          and not (subject_id = ($2::uuid[])[1] and content ->> 'otherMemberId' = ($3::text[])[2]) limit 1`,
      [bankId, [memberId, otherMemberId], [memberId, otherMemberId], this.unit.now],
    );
    if (waits) throw refuse('merges/waits');
  }
}
