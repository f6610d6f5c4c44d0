import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { refuse, type CreditLine, type Stored } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { Refusal } from '@timebank/kernel';
import { SetLimits } from '@timebank/ledger';
import { CreditLineRow } from './credit-line.entity';
import { clearingAccountOf } from './clearing-account';
import { OpenClearing } from './open-clearing';
import { ReadBank } from './read-bank';

type Row = { revision: number; creditLineMinutes: number; setAt: Date };

/**
 * Sets how much another bank may owe this one, in minutes: the floor of the clearing account, in one transaction with the row that records who set
 * it. Idempotent: the same minutes again change nothing. Refuses `clearing/own_bank`, `banks/not_found`, `banks/closed`, and
 * `clearing/line_below_use` with `usedMinutes` when it owes more already. The door lets admins only.
 */
@Injectable()
export class PutCreditLine {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly openClearing: OpenClearing,
    private readonly setLimits: SetLimits,
  ) {}

  async run(actor: Actor, bankId: string, otherBankId: string, creditLineMinutes: number): Promise<Stored<CreditLine>> {
    if (bankId === otherBankId) throw refuse('clearing/own_bank');
    return this.unit.run([bankId, otherBankId], async () => {
      const { closedOn } = await this.readBank.run(otherBankId);
      if (closedOn !== null) throw refuse('banks/closed', { closedOn });
      await this.openClearing.run(bankId, otherBankId);
      // This also locks the account, so that the newest row read next is the newest.
      await this.move(bankId, otherBankId, creditLineMinutes);
      const known = await this.newest(bankId, otherBankId);
      if (known?.creditLineMinutes !== creditLineMinutes) {
        const set = { revision: (known?.revision ?? 0) + 1, setBy: actor.personId, setAt: this.unit.now };
        await this.unit.insertRow(CreditLineRow, { bankId, otherBankId, creditLineMinutes, ...set });
      }
      const setAt = (await this.newest(bankId, otherBankId))?.setAt ?? this.unit.now;
      return { first: known === null, value: { bankId, otherBankId, creditLineMinutes, setAt: setAt.toISOString() } };
    });
  }

  private async move(bankId: string, otherBankId: string, creditLineMinutes: number): Promise<void> {
    const limits = { floorMinutes: creditLineMinutes === 0 ? 0 : -creditLineMinutes, ceilingMinutes: null };
    try {
      await this.setLimits.run(bankId, clearingAccountOf(bankId, otherBankId), limits);
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'ledger/limit_passed') throw error;
      throw refuse('clearing/line_below_use', { usedMinutes: -Number(error.parameters['balanceMinutes']) }, 'body.creditLineMinutes');
    }
  }

  private newest(bankId: string, otherBankId: string): Promise<Row | null> {
    return this.unit.one<Row>(
      `select revision, credit_line_minutes, set_at from credit_line where bank_id = $1 and other_bank_id = $2 order by revision desc limit 1`,
      [bankId, otherBankId],
    );
  }
}
