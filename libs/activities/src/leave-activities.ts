import { Injectable, type OnModuleInit } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import type { Refusal } from '@timebank/kernel';
import { MemberPlans } from '@timebank/members';
import { JoinActivity } from './join-activity';

/**
 * Whoever leaves the bank, or is barred, gives their places in activities to those who wait. Who helped at one that is not closed leaves after it
 * (`settlements/activity_not_closed`): their account closes with them, and what they earned could not be paid any more.
 */
@Injectable()
export class LeaveActivities implements OnModuleInit {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly memberPlans: MemberPlans,
    private readonly joinActivity: JoinActivity,
  ) {}

  onModuleInit(): void {
    this.memberPlans.register({
      end: async (_actor, bankId, memberId, underWay) => {
        const earned = underWay === 'refuse' ? await this.underWay(memberId) : null;
        if (earned) throw earned;
        await this.run(bankId, memberId);
      },
      count: async () => ({ openRequests: 0, plannedVisits: 0, undecidedVisits: 0, cards: 0 }),
      underWay: (memberId) => this.underWay(memberId),
    });
  }

  /** Over, where a colleague may still write them down from paper, or still going on, where they said that they are there. */
  private async underWay(memberId: string): Promise<Refusal | null> {
    const activity = await this.unit.one<{ activityId: string }>(
      `select a.activity_id from activity_place p join activity a on a.bank_id = p.bank_id and a.activity_id = p.activity_id
        where p.bank_id = any (timebank_banks()) and p.member_id = $1 and p.part = 'helper' and p.state = 'placed'
          and a.closed_at is null and a.cancelled_at is null
          and (a.ends_at <= $2 or exists (select from activity_attendance t
            where t.bank_id = p.bank_id and t.activity_id = p.activity_id and t.member_id = p.member_id))
        order by a.ends_at limit 1`,
      [memberId, this.unit.now],
    );
    return activity && refuse('settlements/activity_not_closed', activity);
  }

  private async run(bankId: string, memberId: string): Promise<void> {
    const places = await this.unit.query<{ activityId: string }>(
      `select p.activity_id from activity_place p join activity a on a.bank_id = p.bank_id and a.activity_id = p.activity_id
        where p.bank_id = $1 and p.member_id = $2 and p.state <> 'withdrawn' and a.closed_at is null and a.cancelled_at is null and a.ends_at > $3
          and not exists (select from activity_attendance t where t.bank_id = $1 and t.activity_id = p.activity_id and t.member_id = $2)
        order by p.activity_id`,
      [bankId, memberId, this.unit.now],
    );
    for (const { activityId } of places) await this.joinActivity.leave(bankId, activityId, memberId);
  }
}
