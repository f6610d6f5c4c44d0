import { Injectable, type OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { type OtherPlan, OtherPlans } from '@timebank/visits';

/** Who helps at an activity, or waits to, takes no visit at its time: the gate of visits asks here. Of one that is over, who was there. */
@Injectable()
export class PromisedHelp implements OnModuleInit {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly otherPlans: OtherPlans,
  ) {}

  onModuleInit(): void {
    this.otherPlans.register(({ banks, memberIds, from, to }) =>
      this.unit.query<OtherPlan>(
        `select p.bank_id, p.member_id, a.activity_id, a.starts_at, a.ends_at
           from activity_place p join activity a on a.bank_id = p.bank_id and a.activity_id = p.activity_id
          where p.bank_id = any ($1::uuid[]) and p.member_id = any ($2::uuid[]) and p.part = 'helper' and p.state <> 'withdrawn'
            and a.cancelled_at is null and a.starts_at < $4 and a.ends_at > $3
            and (a.ends_at > $5 or exists (select from activity_attendance t
              where t.bank_id = p.bank_id and t.activity_id = p.activity_id and t.member_id = p.member_id))
          order by a.starts_at, a.activity_id`,
        [banks, memberIds, from, to, this.unit.now],
      ),
    );
  }
}
