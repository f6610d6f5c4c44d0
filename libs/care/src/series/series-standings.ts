import { Injectable } from '@nestjs/common';
import type { SeriesStanding } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { goesOn } from './goes-on.sql';

/** How far the dates of a bank's series are laid, for its desk. */
@Injectable()
export class SeriesStandings {
  constructor(private readonly unit: UnitOfWork) {}

  async ofBank(bankId: string): Promise<SeriesStanding> {
    const row = await this.unit.run([bankId], () =>
      this.unit.one<SeriesStanding>(
        `select count(*) as active, count(*) filter (where bank_day(s.bank_id, $2) - s.laid_on > 1) as behind, min(s.generated_until) as generated_until,
                count(*) filter (where s.short_from >= bank_day(s.bank_id, $2)) as short
           from series s where s.bank_id = $1 and ${goesOn}`,
        [bankId, this.unit.now],
      ),
    );
    return row as SeriesStanding;
  }
}
