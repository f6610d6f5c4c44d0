import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { type NewOccurrence, Occurrences } from '@timebank/requests';
import { addDays, askedOn, nextToLay, plannedDays } from './rule.rules';
import type { KnownSeries } from './series-lock';
import { SeriesRow } from './series.entity';

/**
 * Lays the dates of a locked series up to policy `seriesDaysAhead` from today, in the caller's unit. What was laid before is not laid again, nor what
 * has begun. The first regular's name stands on each.
 */
@Injectable()
export class LayDates {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly occurrences: Occurrences,
  ) {}

  run(series: KnownSeries): Promise<number> {
    return this.all([series]);
  }

  /** Of several series of one bank: one statement writes their dates, one how far they are laid. */
  async all(series: readonly KnownSeries[]): Promise<number> {
    const [first] = series;
    if (!first) return 0;
    const { bankId, today, policy } = first;
    const wanted = addDays(today, policy.seriesDaysAhead);
    const asked = series.flatMap((one) => {
      const until = wanted > one.generatedUntil ? wanted : one.generatedUntil;
      return this.asked(one, plannedDays(one.plan, nextToLay(one.generatedUntil, today), until));
    });
    const laid = await this.occurrences.lay(asked);
    await this.unit.query(
      'update series set generated_until = greatest(generated_until, $3::date), laid_on = $4 where bank_id = $1 and series_id = any ($2::uuid[])',
      [bankId, series.map(({ seriesId }) => seriesId), wanted, today],
    );
    return laid;
  }

  /** These days, with what the series asks for on each. */
  lay(series: KnownSeries, days: readonly string[]): Promise<number> {
    if (days.length === 0) return Promise.resolve(0);
    const wanted = new Set(days);
    const planned = plannedDays(series.plan, days[0] as string, days.at(-1) as string);
    return this.occurrences.lay(
      this.asked(
        series,
        planned.filter(({ day }) => wanted.has(day)),
      ),
    );
  }

  private asked(series: KnownSeries, planned: ReturnType<typeof plannedDays>): NewOccurrence[] {
    const { bankId, seriesId, clientId, serviceKind, plan, createdBy, firstRegularId: reservedFor } = series;
    return planned
      .map(({ day, terms }) => ({ plannedDate: day, ...askedOn(terms, day, plan.zone) }))
      .filter(({ startsAt }) => startsAt > this.unit.now)
      .map((one) => ({ bankId, seriesId, clientId, serviceKind, createdBy, reservedFor, ...one }));
  }
}

/** What stands about a new series before its first dates are laid. */
export const beforeLaying = (today: string): Pick<SeriesRow, 'generatedUntil' | 'laidOn'> => ({
  generatedUntil: addDays(today, -1),
  laidOn: today,
});
