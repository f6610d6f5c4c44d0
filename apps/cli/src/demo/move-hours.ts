import { newId } from '@timebank/kernel';
import type { Calendar } from './calendar';
import type { Client, DemoBank, Someone } from './found-bank';
import type { Hands } from './hands';
import type { VisitPlay } from './play-visit';
import type { Step } from './walk';

const firstGrantMinutes = 600;
const secondGrantMinutes = 240;
/** The eighth client has too little for a doctor's visit. */
const smallGrantMinutes = 120;
/** Brings the fourth volunteer of the third bank, where the cap is 1,800, to where the next hour flows over. */
const almostFullMinutes = 1_700;

/** Grants, a gift to a husband, a donation and a reversal: what people do with minutes besides serving and being served. */
export class MoveHours {
  constructor(
    private readonly hands: Hands,
    private readonly demo: DemoBank,
    private readonly calendar: Calendar,
    private readonly plays: readonly VisitPlay[],
  ) {}

  steps(): Step[] {
    const { accounts } = this.demo.bank;
    const giver = this.demo.volunteers[0] as Someone;
    const donor = this.demo.volunteers[4] as Someone;
    const steps = [
      this.step(14, '08:00', () => this.grantAll((place) => (place === 7 ? smallGrantMinutes : firstGrantMinutes))),
      this.step(7, '08:00', () => this.grantAll((place) => (place === 7 ? 0 : secondGrantMinutes))),
      this.step(1, '11:30', () => this.grantWeekly()),
      this.step(4, '17:30', () => this.reverseOne()),
      this.step(2, '20:00', () => this.move(giver, 'gift', giver.accountId, (this.demo.clients[0] as Client).accountId, 45)),
      this.step(2, '20:10', () => this.move(donor, 'donation', donor.accountId, accounts.pool, 30)),
    ];
    if (this.demo.index === 2) {
      const full = this.demo.volunteers[3] as Someone;
      steps.push(this.step(14, '08:10', () => this.move(this.demo.admin, 'grant', accounts.fund, full.accountId, almostFullMinutes)));
    }
    return steps;
  }

  private step(daysAgo: number, time: string, run: () => Promise<unknown>): Step {
    return { at: this.calendar.at(daysAgo, time), bank: this.demo.index, run };
  }

  private async move(
    by: Someone,
    kind: 'grant' | 'gift' | 'donation',
    fromAccountId: string,
    toAccountId: string,
    minutes: number,
  ): Promise<void> {
    await this.hands.transferHours.run(by.actor, this.demo.bank.bankId, newId(), {
      kind,
      fromAccountId,
      toAccountId,
      minutes,
      ...(kind === 'grant' && { reasonCode: 'welcome' }),
    });
  }

  /** So that somebody's Thursdays are covered for weeks. */
  private grantWeekly(): Promise<void> {
    const { accounts } = this.demo.bank;
    return this.move(this.demo.admin, 'grant', accounts.fund, (this.demo.clients[1] as Client).accountId, secondGrantMinutes);
  }

  private async grantAll(minutesOf: (place: number) => number): Promise<void> {
    for (const [place, client] of this.demo.clients.entries()) {
      if (minutesOf(place) > 0) await this.move(this.demo.admin, 'grant', this.demo.bank.accounts.fund, client.accountId, minutesOf(place));
    }
  }

  /** An hour that turned out to be booked twice: the admin takes its posting back. */
  private async reverseOne(): Promise<void> {
    const reversed = this.plays.find((play) => play.transferId !== null && play.plan.daysAgo === 6 && play.plan.story !== 'overlapping');
    if (!reversed?.transferId) throw new Error('no visit of the demo city to reverse');
    const input = {
      kind: 'reversal' as const,
      reversesId: reversed.transferId,
      fromAccountId: reversed.volunteer.accountId,
      toAccountId: reversed.client.accountId,
      minutes: reversed.approvedMinutes,
      reasonCode: 'correction',
    };
    await this.hands.transferHours.run(this.demo.admin.actor, this.demo.bank.bankId, newId(), input);
  }
}
