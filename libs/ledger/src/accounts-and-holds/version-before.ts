import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { recordedInTruth } from '../recorded-in-truth.sql';

/**
 * The entry of account $2 just below one version, by one side. It asks for the first of a range in the order of versions, so that Postgres takes the
 * index of that order, even with a plan made while the table was empty.
 */
const entryAt = (side: 'debit' | 'credit', version: string) => `
  (select ${side}_version as version, ${recordedInTruth('recorded_at', 'transfer.recorded_xid')} as recorded_at, ${side}_balance_after as balance_minutes from transfer
    where bank_id = $1 and ${side}_account_id = $2 and ${side}_version between ${version} and ${version}
    order by ${side}_version limit 1)`;

// Recording times never fall along the versions, but where a wrong clock was repaired, which counts as recorded at the repair. So the border is found by halving: some twenty look-ups in a million entries.
const halving = `
  with recursive search (low, high) as (
    select 0::bigint, version + 1 from account where bank_id = $1 and account_id = $2
    union all
    select case when middle.recorded_at < $3 then middle.version else search.low end,
           case when middle.recorded_at < $3 then search.high else middle.version end
      from search
      cross join lateral (${entryAt('debit', '((search.low + search.high) / 2)')} union all ${entryAt('credit', '((search.low + search.high) / 2)')}) middle
     where search.high - search.low > 1
  )
  select low as version, coalesce(last.balance_minutes, 0) as balance_minutes
    from search
    left join lateral (${entryAt('debit', 'low')} union all ${entryAt('credit', 'low')}) last on true
   where high - low <= 1`;

/** The last entry of an account that was recorded before an instant: its version (0 for none) and the balance in minutes after it. */
@Injectable()
export class VersionBefore {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, accountId: string, instant: Date): Promise<{ version: number; balanceMinutes: number }> {
    const found = await this.unit.run([bankId], () =>
      this.unit.one<{ version: number; balanceMinutes: number }>(halving, [bankId, accountId, instant]),
    );
    return found ?? { version: 0, balanceMinutes: 0 };
  }
}
