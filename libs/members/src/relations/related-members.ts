import { Injectable } from '@nestjs/common';
import type { RelationKind } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { inverseOf } from '../member.rules';

export type RelatedMember = {
  memberId: string;
  name: string | null;
  kind: RelationKind;
  otherBankId: string | null;
  /** Whether the member in question may give to them: by their own word, a second person's here, or the other bank's. */
  confirmed: boolean;
};
export type RelationOnRecord = RelatedMember & {
  /** By this bank; else by the other one. */
  isOurs: boolean;
  recordedBy: string;
  confirmedAt: Date | null;
  confirmedByName: string | null;
  /** When the member in question confirmed it themselves. */
  saidAt: Date | null;
  endedOn: string | null;
};

type Row = RelationOnRecord & { forwards: boolean };

/**
 * The relatives of a member, whichever side recorded them: each is the `kind` of the member in question. A member of another bank is named as a guest
 * here, to those who are asked to confirm the relation, and once it is confirmed.
 */
@Injectable()
export class RelatedMembers {
  constructor(private readonly unit: UnitOfWork) {}

  /** Those that have not ended. */
  async run(bankId: string, memberId: string): Promise<RelationOnRecord[]> {
    return (await this.all(bankId, memberId)).filter(({ endedOn }) => endedOn === null);
  }

  async all(bankId: string, memberId: string): Promise<RelationOnRecord[]> {
    return this.unit.run([bankId], async () => {
      const rows = await this.unit.query<Row>(
        `select related.*, coalesce(other.name, (select n.name from relative_names($1, $2) n where n.member_id = related.member_id)) as name,
                (select h.name from helper h where h.bank_id = $1 and h.person_id = related.confirmed_by limit 1) as confirmed_by_name,
                related.confirmed_at is not null or (related.other_bank_id is null and related.said_at is not null) as confirmed
           from (
             select case when member_id = $2 then other_member_id else member_id end as member_id, kind, member_id = $2 as forwards,
                    case when bank_id = $1 then other_bank_id else bank_id end as other_bank_id, bank_id = $1 as is_ours,
                    recorded_by, confirmed_by, confirmed_at, case when member_id = $2 then member_said_at else other_said_at end as said_at, ended_on
               from relation
              where (bank_id = $1 and $2 in (member_id, other_member_id)) or (other_bank_id = $1 and other_member_id = $2)
           ) related
           left join helper other on other.bank_id = $1 and other.member_id = related.member_id
          order by name, related.member_id`,
        [bankId, memberId],
      );
      return rows.map(({ forwards, ...other }) => ({ ...other, kind: forwards ? other.kind : inverseOf(other.kind) }));
    });
  }
}
