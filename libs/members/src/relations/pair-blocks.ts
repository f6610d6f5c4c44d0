import { Injectable } from '@nestjs/common';
import { type Actor, isOneself } from '@timebank/access';
import { type AnswerOf, type Block, type Stored, refuse } from '@timebank/contract';
import { cutPage, UnitOfWork } from '@timebank/database';
import { PairBlockRow } from './pair-block.entity';

/**
 * Two people of a bank, or one and a guest, whom nobody brings together again. Either may have asked; staff see that it is so and not who did. Visits
 * that are planned stay: staff see to them. Idempotent.
 */
@Injectable()
export class PairBlocks {
  constructor(private readonly unit: UnitOfWork) {}

  /** Refuses `members/relation_to_self` and `members/not_found`. */
  async put(actor: Actor, bankId: string, memberId: string, otherMemberId: string): Promise<Stored<Block>> {
    if (memberId === otherMemberId) throw refuse('members/relation_to_self');
    return this.unit.run([bankId], async () => {
      const found = await this.unit.query('select from helper where bank_id = $1 and member_id in ($2, $3)', [
        bankId,
        memberId,
        otherMemberId,
      ]);
      if (found.length < 2) throw refuse('members/not_found');
      const recorded = { recordedBy: actor.personId, recordedAt: this.unit.now };
      const first = await this.unit.insertNew(PairBlockRow, { bankId, ...inOrder(memberId, otherMemberId), ...recorded });
      return { first, value: { memberId, otherMemberId } };
    });
  }

  /** Nobody ends one that concerns themselves: the other may have asked for it. */
  async end(actor: Actor, bankId: string, memberId: string, otherMemberId: string): Promise<{ done: true }> {
    if (isOneself(actor, memberId) || isOneself(actor, otherMemberId)) throw refuse('access/not_allowed');
    const pair = inOrder(memberId, otherMemberId);
    await this.unit.run([bankId], () =>
      this.unit.query('delete from pair_block where bank_id = $1 and member_id = $2 and other_member_id = $3', [
        bankId,
        pair.memberId,
        pair.otherMemberId,
      ]),
    );
    return { done: true };
  }

  async list(bankId: string, memberId: string, page: { limit: number; cursor?: string | undefined }): Promise<AnswerOf<'listBlocks'>> {
    const blocks = await this.unit.run([bankId], () =>
      this.unit.query<{ memberId: string; name: string | null; recordedAt: Date }>(
        `select o.member_id, (select h.name from helper h where h.bank_id = $1 and h.member_id = o.member_id limit 1) as name, o.recorded_at
           from (select b.other_member_id as member_id, b.recorded_at from pair_block b where b.bank_id = $1 and b.member_id = $2
                 union all
                 select b.member_id, b.recorded_at from pair_block b where b.bank_id = $1 and b.other_member_id = $2) o
          order by o.recorded_at, o.member_id`,
        [bankId, memberId],
      ),
    );
    return cutPage(
      blocks.map((one) => ({ ...one, recordedAt: one.recordedAt.toISOString() })),
      page,
    );
  }
}

const inOrder = (one: string, other: string) =>
  one < other ? { memberId: one, otherMemberId: other } : { memberId: other, otherMemberId: one };
