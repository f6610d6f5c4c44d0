import { Injectable } from '@nestjs/common';
import { type Actor, isOneself } from '@timebank/access';
import { ReadBank, ReadPolicy } from '@timebank/banks';
import { refuse } from '@timebank/contract';
import { deriveId, UnitOfWork } from '@timebank/database';
import { localDate, minutesBetween } from '@timebank/kernel';
import { type Posting, PostTransfers } from '@timebank/ledger';
import { ClosePeople } from '@timebank/members';
import { aboutOf, type LockedActivity } from './activity-lock';
import { ActivityPlaceRow } from './activity.entity';

type Helper = { memberId: string; accountId: string; minutes: number; writtenByActor: boolean };

/**
 * Gives helpers who were there the minutes of an activity, from what policy `activityHoursFrom` names on its day: what was donated, or the fund, which
 * issuance covers. In the caller's unit of work. What exceeds the savings cap is not given, as with grants. Nobody gives to themselves or a relative
 * (`access/not_allowed`), nor to whom they wrote down from paper (`activities/second_closes`): hours that no screen saw need two people. A pool that has too
 * little refuses all of it.
 */
@Injectable()
export class PayHelpers {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly readPolicy: ReadPolicy,
    private readonly closePeople: ClosePeople,
    private readonly postTransfers: PostTransfers,
  ) {}

  async run(actor: Actor, activity: LockedActivity): Promise<void> {
    const helpers = await this.helpers(actor, activity);
    if (helpers.length === 0) return;
    const people = helpers.map(({ memberId }) => memberId);
    const isOwn = people.some((memberId) => isOneself(actor, memberId));
    if (isOwn || (await this.closePeople.run(actor, people)) !== null) throw refuse('access/not_allowed');
    if (helpers.some(({ writtenByActor }) => writtenByActor)) throw refuse('activities/second_closes');
    const paid = helpers.filter(({ minutes }) => minutes > 0);
    const { payer, postings } = await this.draft(actor, activity, paid);
    const outcomes = postings.length === 0 ? [] : await this.postTransfers.run(postings);
    for (const [index, { outcome, code, parameters }] of outcomes.entries())
      if (outcome === 'refused') throw refuse(code ?? 'service/fault', { ...parameters, payer, memberId: paid[index]?.memberId });
    const { bankId, activityId } = activity;
    for (const { memberId, minutes } of helpers) {
      await this.unit.updateRow(ActivityPlaceRow, { bankId, activityId, memberId }, { minutes });
      this.unit.tell(bankId, 'activities/credited', { memberId, minutes, ...aboutOf(activity), actorId: actor.personId });
    }
  }

  private helpers(actor: Actor, { bankId, activityId, startsAt, endsAt }: LockedActivity): Promise<Helper[]> {
    return this.unit.query<Helper>(
      `select m.member_id, m.account_id, a.display_id is null and a.recorded_by = $3 as written_by_actor,
              least($4::bigint, greatest(0, coalesce(c.ceiling_minutes - c.balance_minutes, $4::bigint)))::integer as minutes
         from activity_place p
         join activity_attendance a on a.bank_id = p.bank_id and a.activity_id = p.activity_id and a.member_id = p.member_id
         join member m on m.bank_id = p.bank_id and m.member_id = p.member_id
         join account c on c.bank_id = m.bank_id and c.account_id = m.account_id and c.closed_at is null
        where p.bank_id = $1 and p.activity_id = $2 and p.part = 'helper' and p.state = 'placed' and m.left_on is null order by m.member_id`,
      [bankId, activityId, actor.personId, minutesBetween(startsAt, endsAt)],
    );
  }

  private async draft(actor: Actor, activity: LockedActivity, helpers: readonly Helper[]): Promise<{ payer: string; postings: Posting[] }> {
    const { bankId, activityId, startsAt } = activity;
    const bank = await this.readBank.run(bankId);
    const { activityHoursFrom: payer, issueLimitMinutes } = await this.readPolicy.run(bankId, localDate(startsAt, bank.zone));
    const cover = { accountId: bank.issuanceAccountId, limitMinutes: issueLimitMinutes };
    const postings = helpers.map(({ memberId, accountId, minutes }): Posting => {
      const transferId = deriveId(activityId, `activity ${memberId}`);
      return {
        bankId,
        transferId,
        debitAccountId: payer === 'pool' ? bank.poolAccountId : bank.fundAccountId,
        creditAccountId: accountId,
        minutes,
        kind: 'activity',
        class: null,
        visitId: null,
        reversesId: null,
        memoCode: null,
        actorId: actor.personId,
        effectiveAt: this.unit.now,
        holdId: null,
        overflow: null,
        cover: payer === 'fund' ? { ...cover, transferId: deriveId(transferId, 'issue') } : null,
      };
    });
    return { payer, postings };
  }
}
