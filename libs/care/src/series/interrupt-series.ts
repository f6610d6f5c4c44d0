import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { refuse, type Series, type SeriesEndInput } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { dayOn } from '@timebank/kernel';
import { ComingDates } from './coming-dates';
import { ReadSeries } from './read-series';
import { plannedDays } from './rule.rules';
import { SeriesPauseRow, SeriesRow } from './series.entity';
import { SeriesLock, type KnownSeries } from './series-lock';

const mostDays = 366;

/** What lasts longer is an end. Both days included. Refuses `series/wrong_order` and `series/pause_too_long`. */
export function checkPause(from: string, to: string): void {
  if (to < from) throw refuse('series/wrong_order', {}, 'body.to');
  if (dayOn(from, mostDays) <= to) throw refuse('series/pause_too_long', { mostDays }, 'body.to');
}

/**
 * Days without: a pause, one date, or all from a day on. By a coordinator, or the client for themselves; nothing of the past changes. What is laid on
 * those days is cancelled, whoever was to come is told, and it stays as cancelled; a visit that has begun goes on. Repeatable.
 */
@Injectable()
export class InterruptSeries {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly lock: SeriesLock,
    private readonly coming: ComingDates,
    private readonly readSeries: ReadSeries,
  ) {}

  /** Both days included. */
  async pause(actor: Actor, bankId: string, seriesId: string, { from, to }: { from: string; to: string }): Promise<Series> {
    checkPause(from, to);
    return this.unit.run([bankId], async () => {
      const series = await this.lock.asked(actor, bankId, seriesId);
      return this.without(actor, series, 'pause', from, to);
    });
  }

  /** Refuses `series/no_such_date` for a day on which the series has no date. */
  async skip(actor: Actor, bankId: string, seriesId: string, { date }: { date: string }): Promise<Series> {
    return this.unit.run([bankId], async () => {
      const series = await this.lock.asked(actor, bankId, seriesId);
      const isSkipped = series.plan.pauses.some(({ from, to }) => from === date && to === date);
      const isPlanned = plannedDays(series.plan, date, date).length > 0;
      if (!isSkipped && !isPlanned) throw refuse('series/no_such_date', {}, 'body.date');
      return this.without(actor, series, 'skip', date, date);
    });
  }

  private async without(actor: Actor, series: KnownSeries, kind: 'pause' | 'skip', from: string, to: string): Promise<Series> {
    const { bankId, seriesId, today } = series;
    const asked = { askedBy: actor.personId, askedAt: this.unit.now };
    const key = { bankId, seriesId, kind, fromDay: from, toDay: to };
    const known = await this.unit.query(
      'select from series_pause where bank_id = $1 and series_id = $2 and kind = $3 and from_day = $4 and to_day = $5',
      Object.values(key),
    );
    if (known.length === 0) {
      if (from < today) throw refuse('series/date_past', { today }, kind === 'skip' ? 'body.date' : 'body.from');
      if (series.endsOn !== null && series.endsOn <= from) throw refuse('series/ended', { endsOn: series.endsOn });
      await this.unit.insertRow(SeriesPauseRow, { ...key, ...asked });
      await this.coming.cancel(actor, bankId, await this.coming[kind === 'pause' ? 'standing' : 'run'](bankId, seriesId, from, to));
    }
    return this.readSeries.run(actor, bankId, seriesId);
  }

  /** `on` is the first day without. An end may be moved to an earlier day, never to a later one (`series/ended`). */
  async end(actor: Actor, bankId: string, seriesId: string, { on, reasonCode }: SeriesEndInput): Promise<Series> {
    return this.unit.run([bankId], async () => {
      const { endsOn, endReason, today } = await this.lock.asked(actor, bankId, seriesId);
      if (endsOn !== on || endReason !== reasonCode) {
        if (endsOn !== null && (endsOn <= today || on > endsOn)) throw refuse('series/ended', { endsOn });
        if (on < today) throw refuse('series/date_past', { today }, 'body.on');
        await this.unit.updateRow(SeriesRow, { bankId, seriesId }, { endsOn: on, endReason: reasonCode, endedBy: actor.personId });
        await this.coming.cancel(actor, bankId, await this.coming.standing(bankId, seriesId, on));
      }
      return this.readSeries.run(actor, bankId, seriesId);
    });
  }
}
