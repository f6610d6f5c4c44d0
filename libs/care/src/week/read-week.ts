import { Injectable } from '@nestjs/common';
import { refuse, type WeekBoard, type WeekQuery } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { dayOn, dayRange, mondayOf } from '@timebank/kernel';
import { BankToday } from '../bank-today';
import { sortRows } from './week.rules';
import { weekSql } from './week.sql';

/** More than a bank plans in a week. */
const most = { visits: 4_000, unfilled: 500 };

type FoundWeek = Pick<WeekBoard, 'visits' | 'rows' | 'people'> & {
  unfilled: Omit<WeekBoard['unfilled'][number], 'isUrgent'>[];
  visitsOfAll: number;
  unfilledOfAll: number;
};

/**
 * A bank's week for staff, in one statement: who has something in it, by name, and what nobody has taken. Refuses `week/not_a_monday`.
 */
@Injectable()
export class ReadWeek {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly bankToday: BankToday,
  ) {}

  async run(bankId: string, { from, by, kind, area, also }: WeekQuery): Promise<WeekBoard> {
    if (mondayOf(from) !== from) throw refuse('week/not_a_monday', {}, 'query.from');
    return this.unit.run([bankId], async () => {
      const { now } = this.unit;
      const { today, zone, policy } = await this.bankToday.run(bankId);
      const days = Array.from({ length: 7 }, (_, day) => dayOn(from, day));
      const midnights = [...days.map((day) => dayRange(day, zone).from), dayRange(days.at(-1) as string, zone).to];
      const wanted = [kind ?? null, area ?? null, also?.split(',') ?? [], by === 'helpers'];
      const row = await this.unit.one<FoundWeek>(weekSql, [bankId, midnights, now, ...wanted, most.visits, most.unfilled, days]);
      const { visitsOfAll, unfilledOfAll, ...found } = row as FoundWeek;
      const urgentUntil = new Date(now.getTime() + policy.urgentWithinMinutes * 60_000).toISOString();
      return {
        from,
        to: days.at(-1) as string,
        today,
        ...found,
        rows: sortRows(found.rows, found.people),
        unfilled: found.unfilled.map((one) => ({ ...one, isUrgent: one.startsAt <= urgentUntil })),
        counts: { visits: visitsOfAll, unfilled: unfilledOfAll },
      };
    });
  }
}
