import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { type Relation, type RelationKind, type Stored, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { inverseOf } from './member.rules';

/**
 * Records that `otherMemberId` is the `kind` of `memberId`: of A's relations, B as `parent` means that B is A's parent.
 * A pair has one relation; sending it again, or the same seen from the other side, is a repeat. Refuses
 * `members/relation_to_self`, `members/not_found`, `relations/id_reused`.
 */
@Injectable()
export class PutRelation {
  constructor(private readonly unit: UnitOfWork) {}

  async run(actor: Actor, bankId: string, memberId: string, otherMemberId: string, kind: RelationKind): Promise<Stored<Relation>> {
    if (memberId === otherMemberId) throw refuse('members/relation_to_self');
    return this.unit.run([bankId], async () => {
      await this.lockBoth(bankId, [memberId, otherMemberId]);
      const known = await this.knownKind(bankId, memberId, otherMemberId);
      if (known !== null && known !== kind) throw refuse('relations/id_reused', { kind: known }, 'body.kind');
      if (known === null) {
        await this.unit.query(
          'insert into relation (bank_id, member_id, other_member_id, kind, recorded_by, recorded_at) values ($1, $2, $3, $4, $5, $6)',
          [bankId, memberId, otherMemberId, kind, actor.personId, this.unit.now],
        );
      }
      return { first: known === null, value: { memberId, otherMemberId, kind } };
    });
  }

  private async lockBoth(bankId: string, memberIds: string[]): Promise<void> {
    const rows = await this.unit.query(
      'select 1 from member where bank_id = $1 and member_id = any ($2) order by member_id for no key update',
      [bankId, memberIds],
    );
    if (rows.length < 2) throw refuse('members/not_found');
  }

  private async knownKind(bankId: string, memberId: string, otherMemberId: string): Promise<RelationKind | null> {
    const row = await this.unit.one<{ kind: RelationKind; forwards: boolean }>(
      `select kind, member_id = $2 as forwards from relation
        where bank_id = $1 and (member_id, other_member_id) in (($2, $3), ($3, $2))`,
      [bankId, memberId, otherMemberId],
    );
    if (!row) return null;
    return row.forwards ? row.kind : inverseOf(row.kind);
  }
}
