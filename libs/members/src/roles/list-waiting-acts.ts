import { Injectable } from '@nestjs/common';
import { type Actor, askerStands, hasRole, isCityAdmin } from '@timebank/access';
import type { ActRole, AnswerOf, RoleName, WaitingActQuery } from '@timebank/contract';
import { byName, pageOf, readCursor, UnitOfWork } from '@timebank/database';

type Line = Omit<AnswerOf<'listWaitingActs'>['items'][number], 'askedAt' | 'until' | 'isOwn' | 'mayConfirm' | 'member'> & {
  askedAt: Date;
  waitsUntil: Date;
  askedBy: string;
  roles: ActRole[];
  memberId: string | null;
  memberName: string | null;
};

/** What waits and counts in a bank; `$2` is now. A request of somebody who has lost the role since, or was barred, does not count. */
const stillWaits = `a.bank_id = $1 and a.state = 'waits' and a.waits_until > $2 and ${askerStands('a')}`;
const staff: readonly RoleName[] = ['coordinator', 'admin', 'auditor'];
const rolesOf = (actor: Actor, bankId: string): ActRole[] => [
  ...staff.filter((role) => hasRole(actor, role, bankId)),
  ...(isCityAdmin(actor) ? (['city admin'] as const) : []),
];

/**
 * What waits for a second person in a bank, oldest first: all of it for admins and auditors; for coordinators what they may confirm or asked for
 * themselves. Names are read now, so a corrected or erased name never shows its old form.
 */
@Injectable()
export class ListWaitingActs {
  constructor(private readonly unit: UnitOfWork) {}

  async run(actor: Actor, bankId: string, query: WaitingActQuery): Promise<AnswerOf<'listWaitingActs'>> {
    const after = readCursor(query.cursor, ['instant', 'uuid']);
    const own = rolesOf(actor, bankId);
    const seesAll = own.some((role) => role !== 'coordinator');
    return this.unit.run([bankId], async () => {
      const rows = await this.unit.query<Line>(
        `select a.act_id, a.kind, a.subject_id, a.content, a.asked_by, a.asked_at, a.waits_until, a.roles, a.member_id,
                (select name from helper h where h.bank_id = a.bank_id and h.member_id = a.member_id) as member_name,
                (select name from helper h where h.bank_id = a.bank_id and h.person_id = a.asked_by limit 1) as asked_by_name,
                array(select h.name from helper h where h.bank_id = a.bank_id and h.member_id::text in (
                  select heir ->> 'memberId' from jsonb_array_elements(coalesce(a.content -> 'heirs', '[]')) heir) order by ${byName('h.name')}) as heir_names
           from waiting_act a
          where ${stillWaits} and ($3 or a.roles && $4::text[] or a.asked_by = $5)
            and ($6::timestamptz is null or (a.asked_at, a.act_id) > ($6, $7::uuid))
          order by a.asked_at, a.act_id limit $8`,
        [bankId, this.unit.now, seesAll, own, actor.personId, after?.[0] ?? null, after?.[1] ?? null, query.limit + 1],
      );
      const { items, nextCursor } = pageOf(rows, query.limit, ({ askedAt, actId }) => [askedAt.toISOString(), actId]);
      return { items: items.map((row) => answerOf(actor, own, row)), nextCursor };
    });
  }

  /** How much of it the actor could confirm now: what the desk's navigation counts. */
  async count(actor: Actor, bankId: string): Promise<number> {
    const own = rolesOf(actor, bankId);
    const counted = await this.unit.run([bankId], () =>
      this.unit.one<{ acts: number }>(
        `select count(*) as acts from waiting_act a where ${stillWaits} and a.roles && $3::text[] and a.asked_by <> $4`,
        [bankId, this.unit.now, own, actor.personId],
      ),
    );
    return counted?.acts ?? 0;
  }
}

function answerOf(
  actor: Actor,
  own: readonly ActRole[],
  { askedBy, askedAt, waitsUntil, roles, memberId, memberName, ...line }: Line,
): AnswerOf<'listWaitingActs'>['items'][number] {
  const isOwn = askedBy === actor.personId;
  return {
    ...line,
    member: memberId === null || memberName === null ? null : { memberId, name: memberName },
    askedAt: askedAt.toISOString(),
    until: waitsUntil.toISOString(),
    isOwn,
    mayConfirm: !isOwn && roles.some((role) => own.includes(role)),
  };
}
