import { Injectable } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';

/** Refuses `banks/closed`, with the bank's last day, where a bank is closed. Asked at the door, before a bank's rows are in sight. */
@Injectable()
export class RefuseInClosed {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string): Promise<void> {
    const [bank] = await this.unit.glance<{ closedOn: string | null }>('select bank_closed_on($1) as closed_on', [bankId]);
    if (bank?.closedOn) throw refuse('banks/closed', { closedOn: bank.closedOn });
  }
}
