import { Injectable } from '@nestjs/common';
import { type Actor, memberIn } from '@timebank/access';
import { ReadBank } from '@timebank/banks';
import type { OwnHome } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { dayRange, localDate, monthRange } from '@timebank/kernel';
import { UnreadMessages } from '@timebank/members';
import { readerOf } from './get-visit';
import { hoursBefore } from '../waiting.sql';
import { ownAccount, ownMinutes, ownVisits } from './own-home.sql';
import { lineOf, type VisitLineRow } from './visit-view';

const aheadHours = 14 * 24;
const mostVisits = 200;

type Minutes = { givenEver: number; given: number; toNeighbours: number; received: number; byNeighbours: number };
const none: Minutes = { givenEver: 0, given: 0, toNeighbours: 0, received: 0, byNeighbours: 0 };

/**
 * What the first screen shows a member of themself: visits at home and wherever they help, their account, the month, and unread messages. Each part
 * is one statement, in each of their banks. `null` for people who are no member anywhere.
 */
@Injectable()
export class OwnHomePart {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly unread: UnreadMessages,
  ) {}

  async run(actor: Actor): Promise<OwnHome | null> {
    const home = actor.roles.find(({ bankId, memberId, homeBankId }) => bankId !== null && memberId !== null && !homeBankId)?.bankId;
    if (!home) return null;
    const banks = [...new Set(actor.roles.flatMap(({ bankId, memberId }) => (bankId !== null && memberId !== null ? [bankId] : [])))];
    const unread = await this.unread.run(actor);
    return this.unit.run(banks, async () => {
      const { zone } = await this.readBank.run(home);
      const { now } = this.unit;
      const today = localDate(now, zone);
      const { from } = dayRange(today, zone);
      const month = monthRange(today.slice(0, 7), zone).from;
      const [account, visits, minutes] = await this.unit.together(
        this.unit.one<OwnHome['account']>(ownAccount, [home, memberIn(actor, home)]),
        this.unit.together(...banks.map((bankId) => this.visitsIn(actor, bankId, from))),
        this.unit.together(...banks.map((bankId) => this.unit.one<Minutes>(ownMinutes, [bankId, memberIn(actor, bankId), month]))),
      );
      if (account === null) return null;
      const sum = (key: keyof Minutes) => minutes.reduce((all, inOne) => all + (inOne ?? none)[key], 0);
      return {
        visits: visits.flat().sort((one, other) => one.plannedStart.localeCompare(other.plannedStart)),
        account,
        given: { minutes: sum('given'), neighbours: sum('toNeighbours') },
        received: { minutes: sum('received'), neighbours: sum('byNeighbours') },
        givenEver: sum('givenEver'),
        unread,
      };
    });
  }

  private async visitsIn(actor: Actor, bankId: string, today: Date): Promise<OwnHome['visits']> {
    const { now } = this.unit;
    const me = memberIn(actor, bankId);
    const values = [bankId, me, hoursBefore(today, 24), hoursBefore(today, -aheadHours), today, mostVisits];
    const rows = await this.unit.query<VisitLineRow & Pick<OwnHome['visits'][number], 'arrival' | 'remindedAt'>>(ownVisits, values);
    return rows.map(({ arrival, remindedAt, ...row }) => ({
      ...lineOf(row, readerOf(actor, row) ?? 'client', now),
      remindedAt,
      arrival: row.state === 'planned' ? arrival : null,
      side: row.volunteerId === me ? ('volunteer' as const) : ('client' as const),
    }));
  }
}
