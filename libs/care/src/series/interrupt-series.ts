import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { refuse, type Series, type SeriesEndInput } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { dayOn } from '@timebank/kernel';
import { Occurrences } from '@timebank/requests';
import { type ComingDate, ComingDates } from './coming-dates';
import { LayDates } from './lay-dates';
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
 * those days is cancelled, whoever was to come is told, and it stays as cancelled; a visit that has begun goes on. A pause can end early. Repeatable.
 */
@Injectable()
export class InterruptSeries {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly lock: SeriesLock,
    private readonly coming: ComingDates,
    private readonly readSeries: ReadSeries,
    private readonly occurrences: Occurrences,
    private readonly layDates: LayDates,
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
    if (!(await this.isKnown(bankId, seriesId, kind, from, to))) {
      if (from < today) throw refuse('series/date_past', { today }, kind === 'skip' ? 'body.date' : 'body.from');
      if (series.endsOn !== null && series.endsOn <= from) throw refuse('series/ended', { endsOn: series.endsOn });
      const dates = await this.coming[kind === 'pause' ? 'standing' : 'run'](bankId, seriesId, from, to);
      await this.write(actor, series, kind, from, to, dates);
      await this.coming.cancel(actor, bankId, dates);
    }
    return this.readSeries.run(actor, bankId, seriesId);
  }

  private async isKnown(bankId: string, seriesId: string, kind: 'pause' | 'skip', from: string, to: string): Promise<boolean> {
    const asked =
      kind === 'pause'
        ? `series_pauses($1, $2) @> daterange($3, $4, '[]')`
        : `exists (select from series_pause where bank_id = $1 and series_id = $2 and kind = 'skip' and from_day = $3 and to_day = $4)`;
    return (await this.unit.one<{ known: boolean }>(`select ${asked} as known`, [bankId, seriesId, from, to]))?.known ?? false;
  }

  private write(
    { personId }: Actor,
    series: KnownSeries,
    kind: SeriesPauseRow['kind'],
    fromDay: string,
    toDay: string,
    dates: readonly ComingDate[] = [],
  ) {
    const calledOff = dates.map(({ requestId }) => requestId);
    const asked = { askedBy: personId, askedAt: this.unit.now };
    return this.unit.insertRow(SeriesPauseRow, {
      bankId: series.bankId,
      seriesId: series.seriesId,
      kind,
      fromDay,
      toDay,
      calledOff,
      ...asked,
    });
  }

  /**
   * Somebody is back earlier: the pause on this day ends the day before, and what it had called off from then on is laid anew, each day once. What was
   * called off by itself, beside the pause, stays so. Refuses `series/not_paused`.
   */
  async back(actor: Actor, bankId: string, seriesId: string, { on }: { on: string }): Promise<Series> {
    return this.unit.run([bankId], async () => {
      const series = await this.lock.asked(actor, bankId, seriesId);
      if (!(await this.isBack(bankId, seriesId, on))) {
        if (on < series.today) throw refuse('series/date_past', { today: series.today }, 'body.on');
        const pause = await this.pauseOn(bankId, seriesId, on);
        if (!pause) throw refuse('series/not_paused', {}, 'body.on');
        await this.write(actor, series, 'back', on, pause.to);
        await this.layAgain(series, on, pause.to);
      }
      return this.readSeries.run(actor, bankId, seriesId);
    });
  }

  private async isBack(bankId: string, seriesId: string, on: string): Promise<boolean> {
    const said = await this.unit.query(
      `select from series_pause where bank_id = $1 and series_id = $2 and kind = 'back' and from_day = $3 and not series_pauses($1, $2) @> $3::date`,
      [bankId, seriesId, on],
    );
    return said.length > 0;
  }

  private pauseOn(bankId: string, seriesId: string, day: string): Promise<{ to: string } | null> {
    return this.unit.one<{ to: string }>(`select upper(p) - 1 as "to" from unnest(series_pauses($1, $2)) p where p @> $3::date`, [
      bankId,
      seriesId,
      day,
    ]);
  }

  private async layAgain({ bankId, seriesId }: KnownSeries, from: string, to: string): Promise<void> {
    const calledOff = await this.unit.query<{ requestId: string; plannedDate: string }>(
      `select r.request_id, r.planned_date from request r
        where r.bank_id = $1 and r.series_id = $2 and r.state = 'cancelled' and r.planned_date is not null
          and (r.planned_date between $3 and $4 or bank_day(r.bank_id, r.starts_at) between $3 and $4)
          and exists (select from series_pause p where p.bank_id = r.bank_id and p.series_id = r.series_id and r.request_id = any (p.called_off) and p.kind = 'pause')`,
      [bankId, seriesId, from, to],
    );
    for (const { requestId } of calledOff) await this.occurrences.release(bankId, requestId);
    const series = await this.lock.one(bankId, seriesId);
    const moved = calledOff.map(({ plannedDate }) => plannedDate).filter((day) => day < from || day > to);
    const last = to < series.generatedUntil ? to : series.generatedUntil;
    const days = plannedDays(series.plan, from, last).map(({ day }) => day);
    await this.layDates.lay(series, [...days, ...moved].toSorted());
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
