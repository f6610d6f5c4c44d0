import { Injectable } from '@nestjs/common';
import { type Actor, BanksOfMembers, hasRole, memberIn } from '@timebank/access';
import { ReadBank } from '@timebank/banks';
import { type Relation, refuse, type Stored } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { localDate } from '@timebank/kernel';
import { inverseOf } from './member.rules';
import type { RelationRow } from './relation.entity';

/**
 * What is said about a relation that stands on record, from either side: `memberId` is of the caller's bank, `otherMemberId` the other.
 * Confirming one that another bank recorded is for the person here or a coordinator here, and not for who recorded it; ending it for either
 * side's person or coordinators. Both idempotent. Refuses `relations/not_found`, `access/not_allowed`, `relations/day_in_future`.
 */
@Injectable()
export class SpeakOfRelation {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly banksOfMembers: BanksOfMembers,
    private readonly readBank: ReadBank,
  ) {}

  async confirm(actor: Actor, bankId: string, memberId: string, otherMemberId: string): Promise<Stored<Relation>> {
    return this.unit.run(await this.banks(bankId, memberId, otherMemberId), async () => {
      const row = await this.find(actor, bankId, memberId, otherMemberId);
      const isOtherSide = row.otherBankId === null || (row.otherBankId === bankId && row.otherMemberId === memberId);
      if (!isOtherSide || row.recordedBy === actor.personId) throw refuse('access/not_allowed');
      const first = row.confirmedAt === null;
      if (first) {
        await this.unit.query(
          'update relation set confirmed_by = $4, confirmed_at = $5 where bank_id = $1 and member_id = $2 and other_member_id = $3',
          [row.bankId, row.memberId, row.otherMemberId, actor.personId, this.unit.now],
        );
      }
      const kind = row.memberId === memberId ? row.kind : inverseOf(row.kind);
      return { first, value: { memberId, otherMemberId, kind } };
    });
  }

  async end(actor: Actor, bankId: string, memberId: string, otherMemberId: string, on: string): Promise<void> {
    await this.unit.run(await this.banks(bankId, memberId, otherMemberId), async () => {
      const row = await this.find(actor, bankId, memberId, otherMemberId);
      const today = localDate(this.unit.now, (await this.readBank.run(bankId)).zone);
      if (on > today) throw refuse('relations/day_in_future', { today }, 'body.on');
      if (row.endedAt !== null) return;
      await this.unit.query(
        'update relation set ended_on = $4, ended_by = $5, ended_at = $6 where bank_id = $1 and member_id = $2 and other_member_id = $3',
        [row.bankId, row.memberId, row.otherMemberId, on, actor.personId, this.unit.now],
      );
    });
  }

  /** Where it stands is not known beforehand: with either of the two. */
  private async banks(bankId: string, memberId: string, otherMemberId: string): Promise<string[]> {
    return [...new Set([bankId, ...(await this.banksOfMembers.run([memberId, otherMemberId]))])];
  }

  private async find(actor: Actor, bankId: string, memberId: string, otherMemberId: string): Promise<RelationRow> {
    if (!hasRole(actor, 'coordinator', bankId) && memberIn(actor, bankId) !== memberId) throw refuse('access/not_allowed');
    const row = await this.unit.one<RelationRow>(
      `select r.* from relation r
        where r.bank_id = any (timebank_banks()) and (r.member_id, r.other_member_id) in (($2::uuid, $3::uuid), ($3::uuid, $2::uuid))
          and exists (select from member m where m.bank_id = $1 and m.member_id = $2) for no key update of r`,
      [bankId, memberId, otherMemberId],
    );
    if (!row) throw refuse('relations/not_found');
    return row;
  }
}
