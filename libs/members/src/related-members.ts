import { Injectable } from '@nestjs/common';
import type { RelationKind } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { inverseOf } from './member.rules';

export type RelatedMember = { memberId: string; name: string; kind: RelationKind };

/** Whom a member is related to, whichever side it was recorded from: each is the `kind` of the member asked for. */
@Injectable()
export class RelatedMembers {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, memberId: string): Promise<RelatedMember[]> {
    return this.unit.run([bankId], async () => {
      const rows = await this.unit.query<RelatedMember & { forwards: boolean }>(
        `select other.member_id, other.name, relation.kind, relation.member_id = $2 as forwards
           from relation
           join member as other on other.bank_id = relation.bank_id
            and other.member_id = case when relation.member_id = $2 then relation.other_member_id else relation.member_id end
          where relation.bank_id = $1 and $2 in (relation.member_id, relation.other_member_id)
          order by other.name, other.member_id`,
        [bankId, memberId],
      );
      return rows.map(({ forwards, ...other }) => ({ ...other, kind: forwards ? other.kind : inverseOf(other.kind) }));
    });
  }
}
