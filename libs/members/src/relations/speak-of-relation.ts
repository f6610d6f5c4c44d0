import { Injectable } from '@nestjs/common';
import { type Actor, BanksOfMembers, hasRole, memberIn } from '@timebank/access';
import { ReadBank } from '@timebank/banks';
import { type Relation, refuse, type Stored } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { localDate } from '@timebank/kernel';
import { inverseOf } from '../member.rules';
import { RelationRow } from './relation.entity';

type Word = 'member_said_at' | 'other_said_at' | 'confirmed_at';

/**
 * Confirms, denies or ends a recorded relation, from either side: `memberId` is of the caller's bank, `otherMemberId` the other. Whoever recorded it
 * never confirms it. A relation from another bank: the person here or a coordinator here confirms. One recorded here: each of the two confirms for
 * themselves, and may give from then on; a coordinator who is neither of them confirms for both. Either side's person or coordinators end it. All
 * idempotent. Refuses `relations/not_found`, `access/not_allowed`, `relations/day_in_future`.
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
      const word = wordOf(actor, row, { bankId, memberId, otherMemberId });
      if (word === null || row.recordedBy === actor.personId) throw refuse('access/not_allowed');
      const first =
        (
          await this.unit.query(
            `update relation set ${setting(word)}
          where bank_id = $1 and member_id = $2 and other_member_id = $3 and ${word} is null returning member_id`,
            valuesOf(word, row, actor, this.unit.now),
          )
        ).length > 0;
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
      const key = { bankId: row.bankId, memberId: row.memberId, otherMemberId: row.otherMemberId };
      await this.unit.updateRow(RelationRow, key, { endedOn: on, endedBy: actor.personId, endedAt: this.unit.now });
    });
  }

  /** It is not known beforehand which bank recorded it: either of the two. */
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

type Path = { bankId: string; memberId: string; otherMemberId: string };

/** What the caller's confirmation would count for: themselves, or both. Null where it is not theirs to give. */
function wordOf(actor: Actor, row: RelationRow, { bankId, memberId, otherMemberId }: Path): Word | null {
  const mine = memberIn(actor, bankId);
  if (row.otherBankId !== null) return row.otherBankId === bankId && row.otherMemberId === memberId ? 'confirmed_at' : null;
  if (mine === memberId) return row.memberId === memberId ? 'member_said_at' : 'other_said_at';
  return mine === otherMemberId ? null : 'confirmed_at';
}

const setting = (word: Word) => (word === 'confirmed_at' ? 'confirmed_at = $4, confirmed_by = $5' : `${word} = $4`);
const valuesOf = (word: Word, row: RelationRow, { personId }: Actor, now: Date) => [
  row.bankId,
  row.memberId,
  row.otherMemberId,
  now,
  ...(word === 'confirmed_at' ? [personId] : []),
];
