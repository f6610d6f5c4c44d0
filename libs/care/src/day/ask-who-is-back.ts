import { Injectable } from '@nestjs/common';
import { deriveId, UnitOfWork } from '@timebank/database';
import { CallWishes } from '@timebank/visits';
import { BankToday } from '../bank-today';
import { isQuiet } from '../offers/rounds.rules';
import { goesOn } from '../series/goes-on.sql';

type Back = { memberId: string; helps: boolean };

/**
 * On the first day after a pause: is it still needed, and do they still come? The person is told (`people/back`), and the desk has them on its list of calls.
 * Of clients whose series go on, and of regulars. For a job: the call's id comes from person and day, so each is asked once. Never in quiet hours.
 * A client who said it on the day itself is not asked again.
 */
@Injectable()
export class AskWhoIsBack {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly bankToday: BankToday,
    private readonly callWishes: CallWishes,
  ) {}

  async run(bankId: string): Promise<{ asked: number }> {
    return this.unit.run([bankId], async () => {
      const { today, zone, policy } = await this.bankToday.run(bankId);
      if (isQuiet(this.unit.now, policy, zone)) return { asked: 0 };
      let asked = 0;
      for (const { memberId, helps } of await this.back(bankId, today)) {
        const isNew = await this.callWishes.open(bankId, deriveId(memberId, `back ${today}`), memberId);
        if (!isNew) continue;
        this.unit.tell(bankId, 'people/back', { memberId, helps });
        asked += 1;
      }
      return { asked };
    });
  }

  private back(bankId: string, today: string): Promise<Back[]> {
    return this.unit.query<Back>(
      `select member_id, bool_and(helps) as helps from (
         select s.client_id as member_id, false as helps from series s cross join lateral (select series_pauses(s.bank_id, s.series_id) as days) p
          where s.bank_id = $1 and ${goesOn} and p.days @> $3::date - 1 and not p.days @> $3::date
            and not exists (select from series_pause b where b.bank_id = s.bank_id and b.series_id = s.series_id and b.kind = 'back'
              and b.from_day = $3::date and bank_day(b.bank_id, b.asked_at) = $3::date)
         union all
         select a.member_id, true from availability a
          where a.bank_id = $1 and a.pauses @> $3::date - 1 and not a.pauses @> $3::date
            and exists (select from series_regular g join series s on s.bank_id = g.bank_id and s.series_id = g.series_id
              where g.bank_id = a.bank_id and g.member_id = a.member_id and ${goesOn})) back
       group by member_id order by member_id`,
      [bankId, this.unit.now, today],
    );
  }
}
