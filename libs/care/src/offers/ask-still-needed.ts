import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { StillNeeded } from '@timebank/requests';
import { BankToday } from '../bank-today';
import { isQuiet } from './rounds.rules';

/**
 * A day before (policy `askAgainMinutes`; 0 is never) its client and the desk are asked whether a request that nobody has taken is still needed. In quiet
 * hours nobody is. Repeatable, and safe when two do it at once: a request is asked about once, and once more after it was moved.
 */
@Injectable()
export class AskStillNeeded {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly bankToday: BankToday,
    private readonly stillNeeded: StillNeeded,
  ) {}

  async run(bankId: string): Promise<{ asked: number }> {
    return this.unit.run([bankId], async () => {
      const { policy, zone } = await this.bankToday.run(bankId);
      if (policy.askAgainMinutes === 0 || isQuiet(this.unit.now, policy, zone)) return { asked: 0 };
      const asked = await this.stillNeeded.ask(bankId, policy.askAgainMinutes);
      for (const { startsAt, ...request } of asked)
        this.unit.tell(bankId, 'requests/still_needed', { ...request, startsAt: startsAt.toISOString() });
      return { asked: asked.length };
    });
  }
}
