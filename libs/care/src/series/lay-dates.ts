import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { Occurrences } from '@timebank/requests';
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

  async run(series: KnownSeries): Promise<number> {
    const { bankId, seriesId, plan, today, policy } = series;
    const wanted = addDays(today, policy.seriesDaysAhead);
    const until = wanted > series.generatedUntil ? wanted : series.generatedUntil;
    const days = plannedDays(plan, nextToLay(series.generatedUntil, today), until).map(({ day }) => day);
    const laid = await this.lay(series, days);
    await this.unit.query('update series set generated_until = $3, laid_on = $4 where bank_id = $1 and series_id = $2', [
      bankId,
      seriesId,
      until,
      today,
    ]);
    return laid;
  }

  /** These days, with what the series asks for on each. */
  async lay(series: KnownSeries, days: readonly string[]): Promise<number> {
    const { bankId, seriesId, clientId, serviceKind, plan, createdBy, firstRegularId: reservedFor } = series;
    if (days.length === 0) return 0;
    const planned = plannedDays(plan, days[0] as string, days.at(-1) as string).filter(({ day }) => days.includes(day));
    return this.occurrences.lay(
      planned
        .map(({ day, terms }) => ({ plannedDate: day, ...askedOn(terms, day, plan.zone) }))
        .filter(({ startsAt }) => startsAt > this.unit.now)
        .map((asked) => ({ bankId, seriesId, clientId, serviceKind, createdBy, reservedFor, ...asked })),
    );
  }
}

/** What stands about a new series before its first dates are laid. */
export const beforeLaying = (today: string): Pick<SeriesRow, 'generatedUntil' | 'laidOn'> => ({
  generatedUntil: addDays(today, -1),
  laidOn: today,
});
