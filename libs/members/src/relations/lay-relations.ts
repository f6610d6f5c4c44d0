import { Injectable } from '@nestjs/common';
import type { RelationKind } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';

export type ManyRelation = { memberId: string; otherMemberId: string; kind: RelationKind };

/**
 * Records many relations between members of one bank at once, to be confirmed as those that are recorded one by one; nobody is told. The caller has made
 * sure that no pair stands here already.
 */
@Injectable()
export class LayRelations {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, recordedBy: string, relations: readonly ManyRelation[]): Promise<void> {
    await this.unit.run([bankId], () =>
      this.unit.query(
        `insert into relation (bank_id, member_id, other_member_id, kind, recorded_by, recorded_at)
         select $1, member_id, other_member_id, kind, $5, $6 from unnest($2::uuid[], $3::uuid[], $4::text[]) as given (member_id, other_member_id, kind)`,
        [
          bankId,
          relations.map(({ memberId }) => memberId),
          relations.map(({ otherMemberId }) => otherMemberId),
          relations.map(({ kind }) => kind),
          recordedBy,
          this.unit.now,
        ],
      ),
    );
  }
}
