import { Injectable } from '@nestjs/common';
import type { RelationKind } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { inverseOf } from './member.rules';

export type RelatedMember = { memberId: string; name: string | null; kind: RelationKind; otherBankId: string | null; confirmed: boolean };

/**
 * Whom a member is related to now, whichever side it was recorded from: each is the `kind` of the member asked for. Who is a
 * member of another bank has a name here only as its guest.
 */
@Injectable()
export class RelatedMembers {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, memberId: string): Promise<RelatedMember[]> {
    return this.unit.run([bankId], async () => {
      const rows = await this.unit.query<RelatedMember & { forwards: boolean }>(
        `select related.*, other.name
           from (
             select case when member_id = $2 then other_member_id else member_id end as member_id, kind, member_id = $2 as forwards, other_bank_id, other_bank_id is null or confirmed_at is not null as confirmed
               from relation where bank_id = $1 and $2 in (member_id, other_member_id) and ended_at is null
           ) related
           left join helper other on other.bank_id = $1 and other.member_id = related.member_id
          order by other.name, related.member_id`,
        [bankId, memberId],
      );
      return rows.map(({ forwards, ...other }) => ({ ...other, kind: forwards ? other.kind : inverseOf(other.kind) }));
    });
  }
}
