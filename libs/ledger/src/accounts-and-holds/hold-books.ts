import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';

/**
 * Holds every account of a bank until the caller's unit ends: what is being posted is over then, and what comes later waits. For whoever ends a
 * bank's work and has to see that nothing is left.
 */
@Injectable()
export class HoldBooks {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string): Promise<void> {
    await this.unit.run([bankId], () => this.unit.query('select hold_books($1)', [bankId]));
  }
}
