import { Injectable } from '@nestjs/common';
import { hasRole, memberIn, type Actor } from '@timebank/access';
import { refuse, type Series } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { CancelVisit } from '@timebank/visits';
import { CheckRegular } from './check-regular';
import { HandOn, type ReservedDate } from './hand-on';
import { ReadSeries } from './read-series';
import { SeriesLock } from './series-lock';

type OwnDate = ReservedDate & { visitId: string | null };

/** A regular gives one date away, or belongs to the series no longer: by themselves, or by a coordinator. What they gave goes to the next regular. */
@Injectable()
export class LeaveSeries {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly lock: SeriesLock,
    private readonly handOn: HandOn,
    private readonly cancelVisit: CancelVisit,
    private readonly readSeries: ReadSeries,
    private readonly checkRegular: CheckRegular,
  ) {}

  /** Refuses `series/no_such_date` for a date that is not theirs, or has begun. */
  async giveAway(actor: Actor, bankId: string, seriesId: string, memberId: string, date: string): Promise<Series> {
    await this.check(actor, bankId, seriesId, memberId, date);
    return this.unit.run([bankId], async () => {
      await this.lock.one(bankId, seriesId);
      const [own] = await this.datesOf(bankId, seriesId, memberId, date);
      if (!own) throw refuse('series/no_such_date', {}, 'body.date');
      if (own.visitId !== null) await this.cancelVisit.run(actor, bankId, own.visitId);
      await this.handOn.run(own);
      return this.readSeries.shown(bankId, seriesId);
    });
  }

  /** What they have taken already stays theirs, and can be given away date by date. Repeatable. */
  async run(actor: Actor, bankId: string, seriesId: string, memberId: string): Promise<{ done: true }> {
    await this.check(actor, bankId, seriesId, memberId, null);
    return this.unit.run([bankId], async () => {
      await this.lock.one(bankId, seriesId);
      await this.handOn.leave(bankId, seriesId, memberId);
      return { done: true };
    });
  }

  private async check(actor: Actor, bankId: string, seriesId: string, memberId: string, date: string | null): Promise<void> {
    if (hasRole(actor, 'coordinator', bankId)) return;
    if (memberIn(actor, bankId) !== memberId) throw refuse('access/not_allowed', {}, 'params.memberId');
    await this.checkRegular.visible(actor, bankId, seriesId, memberId, date);
  }

  /** A coming date that is reserved for them, or that they have taken. */
  private datesOf(bankId: string, seriesId: string, memberId: string, date: string): Promise<OwnDate[]> {
    return this.unit.query<OwnDate>(
      `select r.bank_id, r.request_id, r.series_id, r.client_id, r.service_kind, r.starts_at, $3::uuid as reserved_for, v.visit_id
         from request r
         left join visit v on v.bank_id = r.bank_id and v.request_id = r.request_id and v.volunteer_id = $3 and v.state = 'planned'
        where r.bank_id = $1 and r.series_id = $2 and r.starts_at > $4 and r.planned_date = $5
          and (v.visit_id is not null or (r.state = 'open' and r.reserved_for = $3))
        order by r.starts_at`,
      [bankId, seriesId, memberId, this.unit.now, date],
    );
  }
}
