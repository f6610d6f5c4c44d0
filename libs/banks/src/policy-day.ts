import { Injectable } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { localDate, type Zone } from '@timebank/kernel';

/** Today where a policy row counts: a row may begin on it at the earliest, and has begun if it names it. */
@Injectable()
export class PolicyDay {
  constructor(private readonly unit: UnitOfWork) {}

  /** The latest today of any zone of the bank, or of all banks for the city. Inside a unit that sees them. Refuses `banks/not_found`. */
  async run(bankId: string | null): Promise<string> {
    const zones = await this.unit.query<{ zone: Zone }>('select zones_of(bank_id) as zone from bank');
    if (bankId !== null && zones.length === 0) throw refuse('banks/not_found');
    const days = zones.map(({ zone }) => localDate(this.unit.now, zone)).sort();
    return days.at(-1) ?? localDate(this.unit.now, 'UTC');
  }
}
