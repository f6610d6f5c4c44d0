import { Injectable } from '@nestjs/common';
import { type Actor, hasRole, Locator } from '@timebank/access';
import { ReadBank } from '@timebank/banks';
import { refuse, type BankHome, type DeskHome, type Home, type HomeQuery } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { dayRange, localDate } from '@timebank/kernel';
import { hoursBefore } from '../waiting.sql';
import { banksSideBySide, firstStepsOf, longestWait, spansOfVisits, unfilledRequests, visitsOfToday } from './home.sql';
import { OwnHomePart } from './own-home';
import { ReadQueue } from './read-queue';
import { ShowDuties } from './show-duties';

const lines = { visits: 100, requests: 8 };
/** After two weeks nobody remembers a visit well enough to be called about it. */
const hoursOf = { soon: 72, callBacks: 14 * 24, month: 30 * 24 };
const offices = ['coordinator', 'admin', 'auditor'] as const;

type WithDates<Line, Key extends keyof Line> = Omit<Line, Key> & { [Each in Key]: Line[Each] extends string ? Date : Date | null };
type TodayLine = DeskHome['today']['items'][number];
type UnfilledLine = DeskHome['unfilled']['items'][number];

const text = (instant: Date | null) => instant?.toISOString() ?? null;
const holdsOffice = (actor: Actor, bankId: string) => offices.some((role) => hasRole(actor, role, bankId));

/**
 * What a first screen shows: of the person themself; of the bank that somebody works in, for its staff; and of every bank that goes on, for those
 * with a role in the city. Each part is one statement. Counts are whole, lists hold the first lines. `null` where somebody has no such office, or
 * asked for another part. Refuses `banks/not_found` for a bank that is none of theirs.
 */
@Injectable()
export class ShowHome {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly locator: Locator,
    private readonly readBank: ReadBank,
    private readonly readQueue: ReadQueue,
    private readonly ownHome: OwnHomePart,
    private readonly showDuties: ShowDuties,
  ) {}

  async run(actor: Actor, { bankId, part }: HomeQuery): Promise<Home> {
    if (bankId !== undefined && !holdsOffice(actor, bankId)) throw refuse('banks/not_found');
    const own = bankId === undefined ? await this.ownHome.run(actor) : null;
    if (part === 'own') return { own, desk: null, city: null };
    const inCity = actor.roles.some(({ role, bankId: of }) => of === null && (role === 'admin' || role === 'auditor'));
    const worksIn = bankId ?? actor.roles.find(({ bankId: of }) => of !== null && holdsOffice(actor, of))?.bankId ?? null;
    return { own, desk: worksIn === null ? null : await this.desk(actor, worksIn), city: inCity ? await this.city() : null };
  }

  private async desk(actor: Actor, bankId: string): Promise<DeskHome> {
    const queue = await this.readQueue.run(actor, bankId);
    return this.unit.run([bankId], async () => {
      const { zone } = await this.readBank.run(bankId);
      const { now } = this.unit;
      const day = localDate(now, zone);
      const { from, to } = dayRange(day, zone);
      const visits = await this.unit.query<
        WithDates<TodayLine, 'plannedStart' | 'plannedEnd' | 'capturedIn' | 'capturedOut'> & { ofAll: number }
      >(visitsOfToday, [bankId, from, to, lines.visits]);
      const requests = await this.unit.query<WithDates<UnfilledLine, 'startsAt'> & { ofAll: number }>(unfilledRequests, [
        bankId,
        now,
        hoursBefore(now, -hoursOf.soon),
        lines.requests,
      ]);
      const longest = await this.unit.one<{ callBacks: number; waitingSince: Date | null }>(longestWait, [
        bankId,
        hoursBefore(now, hoursOf.callBacks),
      ]);
      const week = weekUntil(day);
      const begins = week.map((date) => dayRange(date, zone).from);
      const days = await this.unit.query<Omit<DeskHome['week'][number], 'day'> & { place: number }>(spansOfVisits, [bankId, begins, to]);
      return {
        bankId,
        day,
        today: {
          visits: visits[0]?.ofAll ?? 0,
          items: visits.map(({ plannedStart, plannedEnd, capturedIn, capturedOut, ...visit }) => ({
            ...visit,
            plannedStart: plannedStart.toISOString(),
            plannedEnd: plannedEnd.toISOString(),
            capturedIn: text(capturedIn),
            capturedOut: text(capturedOut),
          })),
        },
        unfilled: {
          requests: requests[0]?.ofAll ?? 0,
          items: requests.map(({ startsAt, ...request }) => ({ ...request, startsAt: startsAt.toISOString() })),
        },
        queue: { ...queue, waitingSince: text(longest?.waitingSince ?? null) },
        callBacks: longest?.callBacks ?? 0,
        week: week.map((date, index) => {
          const { visits: count = 0, byHand = 0, minutes = 0 } = days.find(({ place }) => place === index + 1) ?? {};
          return { day: date, visits: count, byHand, minutes };
        }),
        firstSteps: await this.unit.one<NonNullable<DeskHome['firstSteps']>>(firstStepsOf, [bankId]),
        ...(await this.showDuties.run(actor, bankId, day, zone)),
      };
    });
  }

  private async city(): Promise<BankHome[]> {
    const banks = await this.locator.banks();
    return this.unit.run(banks, async () => {
      const { now } = this.unit;
      const values = [banks, now, hoursBefore(now, -hoursOf.soon), hoursBefore(now, hoursOf.month)];
      const rows = await this.unit.query<WithDates<BankHome, 'waitingSince'>>(banksSideBySide, values);
      const collator = new Intl.Collator('zh-Hans');
      return rows
        .map((row) => ({ ...row, waitingSince: text(row.waitingSince) }))
        .sort((left, right) => collator.compare(left.bankName, right.bankName));
    });
  }
}

/** Seven local days, the last one given. */
function weekUntil(day: string): string[] {
  const last = Date.parse(`${day}T00:00:00Z`);
  return Array.from({ length: 7 }, (_, back) => new Date(last - (6 - back) * 86_400_000).toISOString().slice(0, 10));
}
