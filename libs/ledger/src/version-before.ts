import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';

// Recording times never fall along the versions, so the border is found by halving: some twenty look-ups in a million entries.
const halving = `
  with recursive search (low, high) as (
    select 0::bigint, version + 1 from account where bank_id = $1 and account_id = $2
    union all
    select case when middle.recorded_at < $3 then middle.version else search.low end,
           case when middle.recorded_at < $3 then search.high else middle.version end
      from search
      cross join lateral (
        select debit_version as version, recorded_at from transfer
         where bank_id = $1 and debit_account_id = $2 and debit_version = (search.low + search.high) / 2
        union all
        select credit_version, recorded_at from transfer
         where bank_id = $1 and credit_account_id = $2 and credit_version = (search.low + search.high) / 2
      ) middle
     where search.high - search.low > 1
  )
  select low as version,
         coalesce((select debit_balance_after from transfer where bank_id = $1 and debit_account_id = $2 and debit_version = low),
                  (select credit_balance_after from transfer where bank_id = $1 and credit_account_id = $2 and credit_version = low), 0) as balance_minutes
    from search where high - low <= 1`;

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
