import { Injectable, type OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { MemberPlans } from '@timebank/members';
import { JoinActivity } from './join-activity';

/** Whoever leaves the bank, or is barred, gives their places in activities to those who wait. */
@Injectable()
export class LeaveActivities implements OnModuleInit {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly memberPlans: MemberPlans,
    private readonly joinActivity: JoinActivity,
  ) {}

  onModuleInit(): void {
    this.memberPlans.register({
      end: (_actor, bankId, memberId) => this.run(bankId, memberId),
      count: async () => ({ openRequests: 0, plannedVisits: 0, undecidedVisits: 0, cards: 0 }),
      underWay: async () => null,
    });
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
