import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { Refusal } from '@timebank/kernel';
import { LayDates } from './lay-dates';
import { goesOn } from './goes-on.sql';
import { SeriesLock } from './series-lock';

/** So many in one transaction: a run that is killed loses no more than these, and nobody waits long for a lock. */
const batch = 100;
const read = 50 * batch;
const mostNamed = 10;

type Laid = { dates: number; faults: { seriesId: string; fault: unknown }[] };

/**
 * Lays the dates of every series of a bank that was not laid today. For a job: some series are a unit together, so that a run that is killed has done
 * what it has done; two at once, or one after the other, lay nothing twice. A series that cannot be laid keeps no other from it: once all are gone
 * through, a fault names it, and the next round tries again.
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
    const faults: Laid['faults'] = [];
    for (let after: string | null = '00000000-0000-0000-0000-000000000000'; after !== null;) {
      const due = await this.due(bankId, after);
      for (let from = 0; from < due.length; from += batch) {
        const seriesIds = due.slice(from, from + batch);
        const laid = await this.lay(bankId, seriesIds);
        done.series += seriesIds.length - laid.faults.length;
        done.dates += laid.dates;
        faults.push(...laid.faults);
      }
      after = due.at(-1) ?? null;
    }
    const [first] = faults;
    if (first) {
      const some = faults.slice(0, mostNamed).map(({ seriesId }) => seriesId);
      throw new Error(`${faults.length} series could not be laid, as ${some.join(', ')}`, { cause: first.fault });
    }
    return done;
  }

  /** Some series in one transaction; where that fails, each in one of its own. */
  private async lay(bankId: string, seriesIds: readonly string[]): Promise<Laid> {
    const [only] = seriesIds;
    if (only === undefined) return { dates: 0, faults: [] };
    try {
      return { dates: await this.unit.run([bankId], async () => this.layDates.all(await this.lock.many(bankId, seriesIds))), faults: [] };
    } catch (fault) {
      // Of a database that is away no series can do anything, nor of a bank that closed meanwhile.
      if (fault instanceof Refusal) throw fault;
      if (seriesIds.length === 1) return { dates: 0, faults: [{ seriesId: only, fault }] };
    }
    const sum: Laid = { dates: 0, faults: [] };
    for (const seriesId of seriesIds) {
      const { dates, faults } = await this.lay(bankId, [seriesId]);
      sum.dates += dates;
      sum.faults.push(...faults);
    }
    return sum;
  }

  /** The next that are due. Many at once: to look for them takes as long as to lay a batch. */
  private async due(bankId: string, after: string): Promise<string[]> {
    const rows = await this.unit.run([bankId], () =>
      this.unit.query<{ seriesId: string }>(
        `select s.series_id from series s join bank b on b.bank_id = s.bank_id
          where s.bank_id = $1 and s.series_id > $3 and s.laid_on < (select bank_day($1, $2)) and b.closed_on is null and ${goesOn}
          order by s.series_id limit ${read}`,
        [bankId, this.unit.now, after],
      ),
    );
    return rows.map(({ seriesId }) => seriesId);
  }
}
