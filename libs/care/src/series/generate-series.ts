import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { LayDates } from './lay-dates';
import { goesOn } from './goes-on.sql';
import { SeriesLock } from './series-lock';

/** So many in one transaction: a run that is killed loses no more than these, and nobody waits long for a lock. */
const batch = 100;

/**
 * Lays the dates of every series of a bank that was not laid today. For a job: some series are a unit together, so that a run that is killed has done
 * what it has done; two at once, or one after the other, lay nothing twice.
 */
@Injectable()
export class GenerateSeries {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly lock: SeriesLock,
    private readonly layDates: LayDates,
  ) {}

  async run(bankId: string): Promise<{ series: number; dates: number }> {
    const done = { series: 0, dates: 0 };
    for (let after: string | null = '00000000-0000-0000-0000-000000000000'; after !== null;) {
      const seriesIds = await this.due(bankId, after);
      if (seriesIds.length > 0)
        done.dates += await this.unit.run([bankId], async () => this.layDates.all(await this.lock.many(bankId, seriesIds)));
      done.series += seriesIds.length;
      after = seriesIds.at(-1) ?? null;
    }
    return done;
  }

  private async due(bankId: string, after: string): Promise<string[]> {
    const rows = await this.unit.run([bankId], () =>
      this.unit.query<{ seriesId: string }>(
        `select s.series_id from series s join bank b on b.bank_id = s.bank_id
          where s.bank_id = $1 and s.series_id > $3 and s.laid_on < bank_day(s.bank_id, $2) and b.closed_on is null and ${goesOn}
          order by s.series_id limit ${batch}`,
        [bankId, this.unit.now, after],
      ),
    );
    return rows.map(({ seriesId }) => seriesId);
  }
}
