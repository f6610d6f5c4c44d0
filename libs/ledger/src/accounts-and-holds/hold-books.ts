import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';

/**
 * Locks every account of a bank until the caller's unit ends: postings in progress are over then, and later ones wait. For callers who end a bank's
 * work and have to see that nothing is left.
 */
@Injectable()
export class HoldBooks {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string): Promise<void> {
    await this.unit.run([bankId], () => this.unit.query('select hold_books($1)', [bankId]));
  }
}
