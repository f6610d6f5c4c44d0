import { Injectable } from '@nestjs/common';
import type { DeskHome } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { dayRange, type Zone } from '@timebank/kernel';
import { kindsOfVisits, spansOfVisits, weeksOfRequests } from './home.sql';

type Weeks = NonNullable<DeskHome['weeks']>;
type Week = Weeks['weeks'][number];
type VisitCount = Omit<Week, 'week' | 'requests' | 'filledInADay'> & { place: number };
type RequestCount = Pick<Week, 'requests' | 'filledInADay'> & { place: number };

const lasts = { weeks: 12, kinds: 4 };
const dayMs = 86_400_000;

/** The Mondays on which twelve weeks begin, the last one's week holds `day`. */
function mondaysUntil(day: string): string[] {
  const ms = Date.parse(`${day}T00:00:00Z`);
  const monday = ms - ((new Date(ms).getUTCDay() + 6) % 7) * dayMs;
  return Array.from({ length: lasts.weeks }, (_, place) =>
    new Date(monday - (lasts.weeks - 1 - place) * 7 * dayMs).toISOString().slice(0, 10),
  );
}

/** How a bank's last weeks were: hours, what was entered by hand, how fast requests found a helper, and the kinds of service. */
@Injectable()
export class ShowWeeks {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, day: string, zone: Zone): Promise<Weeks> {
    return this.unit.run([bankId], async () => {
      const mondays = mondaysUntil(day);
      const begins = mondays.map((monday) => dayRange(monday, zone).from);
      const { now } = this.unit;
      const visits = await this.unit.query<VisitCount>(spansOfVisits, [bankId, begins, now]);
      const requests = await this.unit.query<RequestCount>(weeksOfRequests, [bankId, begins, now]);
      const kinds = await this.unit.query<Weeks['kinds'][number]>(kindsOfVisits, [bankId, begins.at(-lasts.kinds), now]);
      const weeks = mondays.map((week, index) => {
        const [found, asked] = [visits.find(({ place }) => place === index + 1), requests.find(({ place }) => place === index + 1)];
        return {
          week,
          visits: found?.visits ?? 0,
          byHand: found?.byHand ?? 0,
          minutes: found?.minutes ?? 0,
          requests: asked?.requests ?? 0,
          filledInADay: asked?.filledInADay ?? 0,
        };
      });
      return { weeks, kinds };
    });
  }
}
