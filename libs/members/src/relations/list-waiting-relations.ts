import { Injectable } from '@nestjs/common';
import { type Actor, hasRole, memberIn } from '@timebank/access';
import type { AnswerOf, WaitingRelationQuery } from '@timebank/contract';
import { pageOf, readCursor, UnitOfWork } from '@timebank/database';
import { inverseOf } from '../member.rules';

type Item = AnswerOf<'listWaitingRelations'>['items'][number];
type Row = Omit<Item, 'recordedAt' | 'isOwn' | 'mayConfirm'> & { recordedAt: Date; recordedBy: string; isOurs: boolean };

/** Relations that nobody has confirmed: of those recorded here, neither of the two nor a second person; of those recorded elsewhere, nobody here. */
const waits = `r.confirmed_at is null and r.ended_at is null
  and ((r.bank_id = $1 and r.other_bank_id is null and r.member_said_at is null and r.other_said_at is null) or r.other_bank_id = $1)`;

/**
 * Relations that nobody has confirmed, oldest first, as this bank sees them; `memberId` is of this bank. What one person of the desk recorded waits
 * for another one or for the giver. What another bank recorded waits for somebody here.
 */
@Injectable()
export class ListWaitingRelations {
  constructor(private readonly unit: UnitOfWork) {}

  async run(actor: Actor, bankId: string, query: WaitingRelationQuery): Promise<AnswerOf<'listWaitingRelations'>> {
    const after = readCursor(query.cursor, ['instant', 'uuid', 'uuid']);
    const mine = memberIn(actor, bankId);
    const isCoordinator = hasRole(actor, 'coordinator', bankId);
    return this.unit.run([bankId], async () => {
      const rows = await this.unit.query<Row>(
        `select case when r.bank_id = $1 then r.member_id else r.other_member_id end as member_id,
                case when r.bank_id = $1 then r.other_member_id else r.member_id end as other_member_id,
                r.bank_id = $1 as is_ours, r.kind, r.recorded_by, r.recorded_at, one.name as member_name,
                case when r.bank_id = $1 then other.name else (select n.name from relative_names($1, r.other_member_id) n where n.member_id = r.member_id) end as other_name,
                case when r.bank_id <> $1 then (select b.name from bank_names(array[r.bank_id]) b) end as other_bank_name,
                (select h.name from helper h where h.bank_id = $1 and h.person_id = r.recorded_by limit 1) as recorded_by_name
           from relation r
           join member one on one.bank_id = $1 and one.member_id = case when r.bank_id = $1 then r.member_id else r.other_member_id end
           left join member other on other.bank_id = r.bank_id and other.member_id = r.other_member_id
          where ${waits} and ($2::timestamptz is null or (r.recorded_at, r.member_id, r.other_member_id) > ($2, $3::uuid, $4::uuid))
          order by r.recorded_at, r.member_id, r.other_member_id limit $5`,
        [bankId, after?.[0] ?? null, after?.[1] ?? null, after?.[2] ?? null, query.limit + 1],
      );
      const { items, nextCursor } = pageOf(rows, query.limit, (row) => [
        row.recordedAt.toISOString(),
        ...(row.isOurs ? [row.memberId, row.otherMemberId] : [row.otherMemberId, row.memberId]),
      ]);
      return {
        items: items.map(({ recordedBy, recordedAt, isOurs, kind, ...row }) => ({
          ...row,
          kind: isOurs ? kind : inverseOf(kind),
          recordedAt: recordedAt.toISOString(),
          isOwn: recordedBy === actor.personId,
          mayConfirm: isCoordinator && recordedBy !== actor.personId && mine !== row.memberId && mine !== row.otherMemberId,
        })),
        nextCursor,
      };
    });
  }

  /** How many the actor could confirm now. */
  async count(actor: Actor, bankId: string): Promise<number> {
    if (!hasRole(actor, 'coordinator', bankId)) return 0;
    const counted = await this.unit.run([bankId], () =>
      this.unit.one<{ relations: number }>(
        `select count(*) as relations from relation r where ${waits} and r.recorded_by <> $2 and $3::uuid is distinct from r.member_id and $3::uuid is distinct from r.other_member_id`,
        [bankId, actor.personId, memberIn(actor, bankId)],
      ),
    );
    return counted?.relations ?? 0;
  }
}
