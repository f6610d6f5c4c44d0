import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { type Bank, refuse, type ReopeningInput, type Waiting } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { ClosingByTwo } from './closing-by-two';
import { ReadBank } from './read-bank';

/**
 * Opens a closed bank again, by two admins of the city (202 first). Everything goes on where it stopped. The same call again gets the same answer.
 * Refuses `banks/not_closed`. The door lets city admins only.
 */
@Injectable()
export class ReopenBank {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly byTwo: ClosingByTwo,
  ) {}

  async run(actor: Actor, bankId: string, input: ReopeningInput): Promise<Bank | Waiting> {
    return this.unit.run([bankId], async () => {
      const bank = await this.readBank.hold(bankId);
      if (bank.closedOn !== null) return this.byTwo.run(actor, bankId, 'reopened', input);
      if (!(await this.byTwo.wasLast(bankId, 'reopened', input))) throw refuse('banks/not_closed');
      return this.readBank.answer(bankId);
    });
  }
}
