import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { Interchange } from '@timebank/banks';
import { type Relation, type RelationKind, type Stored, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { RelationRow } from './relation.entity';
import { inverseOf } from '../member.rules';

type Pair = { bankId: string; memberId: string; otherMemberId: string; otherBankId: string };

/**
 * Records that `otherMemberId` is the `kind` of `memberId`: B as `parent` of A means that B is A's parent. B may be a member of another bank while
 * both have policy `interchange` on (`banks/interchange_off`), since relatives may live in another part of the city. That bank is told, and has to
 * confirm it before anything can be given. For two members here both are told, and nothing can be given before the giver or a second person of the
 * desk confirms (`SpeakOfRelation`). A pair has one relation; the same again, or seen from the other side, is a repeat. Refuses
 * `members/relation_to_self`, `members/not_found`, `relations/id_reused`.
 */
@Injectable()
export class PutRelation {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly interchange: Interchange,
  ) {}

  async run(
    actor: Actor,
    bankId: string,
    memberId: string,
    otherMemberId: string,
    kind: RelationKind,
    otherBankId = bankId,
  ): Promise<Stored<Relation>> {
    if (memberId === otherMemberId) throw refuse('members/relation_to_self');
    const pair: Pair = { bankId, memberId, otherMemberId, otherBankId };
    return this.unit.run([...new Set([bankId, otherBankId])], async () => {
      if ((await this.knownKind(pair)) === null) {
        if (otherBankId !== bankId) await this.interchange.holdOpen([bankId, otherBankId]);
        await this.lockBoth(pair);
      }
      const known = await this.knownKind(pair);
      if (known !== null && known !== kind) throw refuse('relations/id_reused', { kind: known }, 'body.kind');
      if (known === null && !(await this.renew(actor, pair, kind))) {
        const recorded = { recordedBy: actor.personId, recordedAt: this.unit.now };
        const elsewhere = otherBankId === bankId ? null : otherBankId;
        await this.unit.insertRow(RelationRow, { bankId, memberId, otherMemberId, kind, otherBankId: elsewhere, ...recorded });
      }
      if (known === null) this.tell(pair, actor.personId);
      return { first: known === null, value: { memberId, otherMemberId, kind } };
    });
  }

  /** Everybody who has to say whether it is so. */
  private tell({ bankId, memberId, otherMemberId, otherBankId }: Pair, actorId: string): void {
    if (otherBankId !== bankId) this.unit.tell(otherBankId, 'relations/recorded', { memberId: otherMemberId, actorId });
    else for (const one of [memberId, otherMemberId]) this.unit.tell(bankId, 'relations/recorded_here', { memberId: one, actorId });
  }

  /** A pair that was related before and is again, perhaps in another way: the same row, to be confirmed again. */
  private async renew(actor: Actor, { bankId, memberId, otherMemberId, otherBankId }: Pair, kind: RelationKind): Promise<boolean> {
    const rows = await this.unit.query(
      `update relation set kind = case when member_id = $2 then $5 else $6 end, recorded_by = $7, recorded_at = $8,
              confirmed_by = null, confirmed_at = null, member_said_at = null, other_said_at = null, ended_on = null, ended_by = null, ended_at = null
        where bank_id in ($1, $4) and ended_at is not null and (member_id, other_member_id) in (($2::uuid, $3::uuid), ($3::uuid, $2::uuid))
        returning member_id`,
      [bankId, memberId, otherMemberId, otherBankId, kind, inverseOf(kind), actor.personId, this.unit.now],
    );
    return rows.length > 0;
  }

  private async lockBoth({ bankId, memberId, otherMemberId, otherBankId }: Pair): Promise<void> {
    const rows = await this.unit.query(
      `select 1 from member where (bank_id, member_id) in (($1::uuid, $2::uuid), ($3::uuid, $4::uuid)) order by member_id for no key update`,
      [bankId, memberId, otherBankId, otherMemberId],
    );
    if (rows.length < 2) throw refuse('members/not_found');
  }

  private async knownKind({ bankId, memberId, otherMemberId, otherBankId }: Pair): Promise<RelationKind | null> {
    const row = await this.unit.one<{ kind: RelationKind; forwards: boolean }>(
      `select kind, member_id = $2 as forwards from relation
        where bank_id in ($1, $4) and ended_at is null and (member_id, other_member_id) in (($2::uuid, $3::uuid), ($3::uuid, $2::uuid))`,
      [bankId, memberId, otherMemberId, otherBankId],
    );
    if (!row) return null;
    return row.forwards ? row.kind : inverseOf(row.kind);
  }
}
