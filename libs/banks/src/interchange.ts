import { Injectable } from '@nestjs/common';
import { policyDefaults, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { stands } from './policy-rows.sql';

/** Banks that let their volunteers help each other's clients: policy `interchange`, in force on each bank's own today. A closed bank does not. */
@Injectable()
export class Interchange {
  constructor(private readonly unit: UnitOfWork) {}

  /** Which of the banks take part, in the order they were opened. Inside a unit that sees them. */
  async open(bankIds: readonly string[]): Promise<{ bankId: string; name: string; phone: string }[]> {
    return this.unit.run(bankIds, () =>
      this.unit.query<{ bankId: string; name: string; phone: string }>(
        `select b.bank_id, b.name, b.phone from bank b
          where b.bank_id = any ($1) and b.closed_on is null and coalesce((
            select p.value from policy p
             where (p.bank_id = b.bank_id or p.bank_id is null) and p.key = 'interchange'
               and p.valid_from <= bank_day(b.bank_id, $2::timestamptz) and ${stands('p')}
             order by p.bank_id nulls last, p.valid_from desc, p.policy_number desc limit 1), $3::jsonb) = 'true'
          order by b.bank_number`,
        [bankIds, this.unit.now, JSON.stringify(policyDefaults.interchange.value)],
      ),
    );
  }

  async isOpen(bankIds: readonly string[]): Promise<boolean> {
    return (await this.open(bankIds)).length === bankIds.length;
  }

  /**
   * Nobody closes any of the banks until the unit ends, so a closing sees what this unit begins. Refuses `banks/closed` with the last day, and
   * `banks/interchange_off` with the bank that does not take part.
   */
  async holdOpen(bankIds: readonly string[]): Promise<void> {
    const held = await this.unit.run(bankIds, () =>
      this.unit.query<{ closedOn: string | null }>('select closed_on from bank where bank_id = any ($1) order by bank_id for key share', [
        bankIds,
      ]),
    );
    const closedOn = held.find((bank) => bank.closedOn !== null)?.closedOn;
    if (closedOn) throw refuse('banks/closed', { closedOn });
    const open = new Set((await this.open(bankIds)).map(({ bankId }) => bankId));
    const off = bankIds.find((bankId) => !open.has(bankId));
    if (off !== undefined) throw refuse('banks/interchange_off', { bankId: off });
  }
}
