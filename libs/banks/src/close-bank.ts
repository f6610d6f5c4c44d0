import { Injectable } from '@nestjs/common';
import { type Actor, Locator } from '@timebank/access';
import { type Bank, type ClosingInput, refuse, type Waiting } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { HoldBooks } from '@timebank/ledger';
import { closingDays } from './closing.rules';
import { ClosingByTwo } from './closing-by-two';
import { FindObstacles } from './find-obstacles';
import { ReadBank } from './read-bank';

/**
 * Closes a bank that has ended its work, by two admins of the city (202 first). From then on it can be read for ever and is not written until it is
 * opened again. Roles stay, for reading. The same call again gets the same answer. Refuses `banks/work_left` with the counts of unfinished work,
 * `banks/closing_day` outside the days of the bank, `banks/closed` when it was closed in another way. The door lets city admins only.
 */
@Injectable()
export class CloseBank {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly locator: Locator,
    private readonly readBank: ReadBank,
    private readonly holdBooks: HoldBooks,
    private readonly findObstacles: FindObstacles,
    private readonly byTwo: ClosingByTwo,
  ) {}

  async run(actor: Actor, bankId: string, input: ClosingInput): Promise<Bank | Waiting> {
    // Every bank: volunteers of this one may be under way at any other.
    return this.unit.run(await this.locator.banks(), async () => {
      const bank = await this.readBank.hold(bankId);
      if (bank.closedOn !== null) {
        if (!(await this.byTwo.wasLast(bankId, 'closed', input))) throw refuse('banks/closed', { closedOn: bank.closedOn });
        return this.readBank.answer(bankId);
      }
      await this.holdBooks.run(bankId);
      const days = closingDays(bank, this.unit.now);
      if (input.on < days.from || input.on > days.to) throw refuse('banks/closing_day', days, 'body.on');
      const { members: _members, guests: _guests, ...obstacles } = await this.findObstacles.run(bankId);
      const left = Object.entries(obstacles).filter(([, count]) => count > 0);
      if (left.length > 0) throw refuse('banks/work_left', Object.fromEntries(left));
      return this.byTwo.run(actor, bankId, 'closed', input);
    });
  }
}
