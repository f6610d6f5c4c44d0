import { Injectable } from '@nestjs/common';
import { hasRole, memberIn, type Actor } from '@timebank/access';
import { refuse, type Series, type Stored } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { helps, Occurrences } from '@timebank/requests';
import { CheckRegular } from './check-regular';
import { ReadSeries } from './read-series';
import { SeriesLock } from './series-lock';
import { SeriesRegularRow } from './series.entity';
import { TakeForRegulars } from './take-for-regulars';

/**
 * Lets a volunteer belong to a series: a coordinator, or the volunteer themselves. The dates that nobody has are reserved for them, and the near ones
 * taken. Repeatable. Refuses whom the gate stops for every date; a volunteer who must not learn why is told that there is no such series.
 */
@Injectable()
export class PutRegular {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly lock: SeriesLock,
    private readonly checkRegular: CheckRegular,
    private readonly occurrences: Occurrences,
    private readonly readSeries: ReadSeries,
    private readonly takeForRegulars: TakeForRegulars,
  ) {}

  async run(actor: Actor, bankId: string, seriesId: string, memberId: string): Promise<Stored<Series>> {
    const isStaff = hasRole(actor, 'coordinator', bankId);
    if (!isStaff && memberIn(actor, bankId) !== memberId) throw refuse('access/not_allowed', {}, 'params.memberId');
    await this.checkRegular.run(actor, bankId, seriesId, memberId, isStaff);
    const first = await this.unit.run([bankId], async () => {
      const { today } = await this.lock.one(bankId, seriesId);
      const by = { addedBy: actor.personId, addedAt: this.unit.now };
      const isNew = await this.unit.insertNew(SeriesRegularRow, { bankId, seriesId, memberId, ...by });
      if (!isNew) return false;
      const free = await this.unit.query<{ requestId: string }>(
        `select r.request_id from request r
          where r.bank_id = $1 and r.series_id = $2 and r.planned_date >= $3 and r.state = 'open' and r.reserved_for is null and r.starts_at > $4
            and not exists (select from visit v where ${helps} and v.volunteer_id = $5)
          order by r.request_id for no key update`,
        [bankId, seriesId, today, this.unit.now, memberId],
      );
      await this.occurrences.reserve(
        bankId,
        free.map(({ requestId }) => requestId),
        memberId,
      );
      return true;
    });
    await this.takeForRegulars.run(bankId, seriesId);
    return { first, value: await this.readSeries.run(actor, bankId, seriesId) };
  }
}
