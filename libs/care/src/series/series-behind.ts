import { Injectable } from '@nestjs/common';
import { Locator } from '@timebank/access';
import { UnitOfWork } from '@timebank/database';
import { goesOn } from './goes-on.sql';

/** By how many days the series furthest behind was not laid, in any bank; more than one is a fault of background work. */
@Injectable()
export class SeriesBehind {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly locator: Locator,
  ) {}

  async days(): Promise<number> {
    const banks = await this.locator.banks();
    const row = await this.unit.run(banks, () =>
      this.unit.one<{ days: number }>(
        `select coalesce(max(bank_day(s.bank_id, $2) - s.laid_on), 0) as days
           from series s join bank b on b.bank_id = s.bank_id where s.bank_id = any ($1) and b.closed_on is null and ${goesOn}`,
        [banks, this.unit.now],
      ),
    );
    return row?.days ?? 0;
  }
}
