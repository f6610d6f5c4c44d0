import { Injectable } from '@nestjs/common';
import { hasRole, memberIn, type Actor } from '@timebank/access';
import { refuse, type Series } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { CancelVisit } from '@timebank/visits';
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
  ) {}

  /** Refuses `series/no_such_date` for a date that is not theirs, or has begun. */
  async giveAway(actor: Actor, bankId: string, seriesId: string, memberId: string, date: string): Promise<Series> {
    this.check(actor, bankId, memberId);
    return this.unit.run([bankId], async () => {
      await this.lock.one(bankId, seriesId);
      const [own] = await this.datesOf(bankId, seriesId, memberId, date);
      if (!own) throw refuse('series/no_such_date', {}, 'body.date');
      if (own.visitId !== null) await this.cancelVisit.run(actor, bankId, own.visitId);
      await this.handOn.run(own);
      return this.readSeries.run(actor, bankId, seriesId);
    });
  }

  /** What they have taken already stays theirs, and can be given away date by date. Repeatable. */
  async run(actor: Actor, bankId: string, seriesId: string, memberId: string): Promise<{ done: true }> {
    this.check(actor, bankId, memberId);
    return this.unit.run([bankId], async () => {
      await this.lock.one(bankId, seriesId);
      const reserved = (await this.datesOf(bankId, seriesId, memberId, null)).filter(({ visitId }) => visitId === null);
      for (const date of reserved) await this.handOn.run(date);
      await this.unit.query('delete from series_regular where bank_id = $1 and series_id = $2 and member_id = $3', [
        bankId,
        seriesId,
        memberId,
      ]);
      return { done: true };
    });
  }

  private check(actor: Actor, bankId: string, memberId: string): void {
    const mayLeave = hasRole(actor, 'coordinator', bankId) || memberIn(actor, bankId) === memberId;
    if (!mayLeave) throw refuse('access/not_allowed', {}, 'params.memberId');
  }

  /** Coming dates that are reserved for them, or that they have taken. */
  private datesOf(bankId: string, seriesId: string, memberId: string, date: string | null): Promise<OwnDate[]> {
    return this.unit.query<OwnDate>(
      `select r.bank_id, r.request_id, r.series_id, r.client_id, r.service_kind, r.starts_at, $3::uuid as reserved_for, v.visit_id
         from request r
         left join visit v on v.bank_id = r.bank_id and v.request_id = r.request_id and v.volunteer_id = $3 and v.state = 'planned'
        where r.bank_id = $1 and r.series_id = $2 and r.starts_at > $4 and coalesce(r.planned_date = $5::date, $5::date is null)
          and (v.visit_id is not null or (r.state = 'open' and r.reserved_for = $3))
        order by r.starts_at`,
      [bankId, seriesId, memberId, this.unit.now, date],
    );
  }
}
