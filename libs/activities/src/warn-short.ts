import { Injectable } from '@nestjs/common';
import { ReadBank, ReadPolicy } from '@timebank/banks';
import { UnitOfWork } from '@timebank/database';
import { localDate } from '@timebank/kernel';

/**
 * Tells the desk of activities that lack helpers, policy `activityShortageHours` before them: once for a date, however often it runs, and however many run at
 * once.
 */
@Injectable()
export class WarnShort {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly readPolicy: ReadPolicy,
  ) {}

  /** Of how many it told. */
  async run(bankId: string): Promise<number> {
    return this.unit.run([bankId], async () => {
      const { zone } = await this.readBank.run(bankId);
      const { activityShortageHours } = await this.readPolicy.run(bankId, localDate(this.unit.now, zone));
      const short = await this.unit.query<{ activityId: string; name: string; startsAt: Date; helpers: number }>(
        `update activity a set short_told_at = $2
           from (select o.activity_id, count(p.member_id)::integer as helpers from activity o
                   left join activity_place p on p.bank_id = o.bank_id and p.activity_id = o.activity_id and p.part = 'helper' and p.state = 'placed'
                  where o.bank_id = $1 and o.starts_at > $2 and o.starts_at <= $2::timestamptz + make_interval(hours => $3) group by 1) n
          where a.bank_id = $1 and a.activity_id = n.activity_id and a.short_told_at is null and a.closed_at is null and a.cancelled_at is null
            and n.helpers < a.helper_places
        returning a.activity_id, a.name, a.starts_at, a.helper_places - n.helpers as helpers`,
        [bankId, this.unit.now, activityShortageHours],
      );
      for (const { activityId, name, startsAt, helpers } of short)
        this.unit.tell(bankId, 'activities/short', { activityId, title: name, startsAt: startsAt.toISOString(), helpers });
      return short.length;
    });
  }
}
