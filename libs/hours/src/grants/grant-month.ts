import { Injectable } from '@nestjs/common';
import { type KnownBank, ReadBank, ReadPolicy } from '@timebank/banks';
import { type Policy, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { localMonth, monthRange } from '@timebank/kernel';
import { grantBands } from './eligibility.rules';

/**
 * The priority elders of a bank among who joined before a month was over and are still here, each once with their first
 * reason; `rank` is the order of reasons. Arguments: bank, end of the month, then the bands as three arrays.
 */
export const eligibleMembers = `
  select member.member_id, member.member_number, member.name, member.birth_date, member.account_id, band.reason, band.rank::integer as rank,
         account.ceiling_minutes - account.balance_minutes as room_minutes
    from member
    join person using (person_id)
    join account on account.bank_id = member.bank_id and account.account_id = member.account_id and account.closed_at is null
    cross join lateral (
      select given.reason, given.rank from unnest($3::text[], $4::text[], $5::date[]) with ordinality as given (reason, circumstance, born_by, rank)
       where member.birth_date <= given.born_by and given.circumstance = any (member.circumstances) order by given.rank limit 1
    ) band
   where member.bank_id = $1 and member.created_at < $2 and member.left_on is null and person.disabled_at is null`;

export type GrantMonthFound = { bank: KnownBank; policy: Policy; eligible: readonly unknown[] };

/**
 * A month that grants may be given for, with the policy of its first day and the arguments of `eligibleMembers`. Refuses
 * `grants/month_in_future`, and `grants/month_before_bank` for one in which the bank was not open yet.
 */
@Injectable()
export class GrantMonth {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly readPolicy: ReadPolicy,
  ) {}

  async run(bankId: string, month: string, path: string): Promise<GrantMonthFound> {
    return this.unit.run([bankId], async () => {
      const bank = await this.readBank.run(bankId);
      const thisMonth = localMonth(this.unit.now, bank.zone);
      const firstMonth = localMonth(bank.createdAt, bank.zone);
      if (month > thisMonth) throw refuse('grants/month_in_future', { month: thisMonth }, path);
      if (month < firstMonth) throw refuse('grants/month_before_bank', { month: firstMonth }, path);
      const policy = await this.readPolicy.run(bankId, `${month}-01`);
      const bands = grantBands(month, policy);
      const eligible = [
        bankId,
        monthRange(month, bank.zone).to,
        bands.map((band) => band.reason),
        bands.map((band) => band.circumstance),
        bands.map((band) => band.bornBy),
      ];
      return { bank, policy, eligible };
    });
  }
}
