import { Injectable } from '@nestjs/common';
import { SecondPerson } from '@timebank/access';
import { policyDefaults } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { isRaised, type LimitRow } from './limit-raise.rules';
import { stands } from './policy-rows.sql';

const key = 'secondPersonAboveMinutes';

/**
 * Whether a bank's row that is to be laid down or withdrawn raises what one hand may grant, on its first day or any later one. Holds the rule of the
 * bank until the unit ends: of two changes at once the second one sees the first.
 */
@Injectable()
export class RaisedLimit {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly secondPerson: SecondPerson,
  ) {}

  async byRow(bankId: string, row: { policyId: string; validFrom: string; value: number }): Promise<boolean> {
    const rows = await this.rows(bankId);
    const laid = { ...row, bankId, policyNumber: Number.MAX_SAFE_INTEGER };
    return isRaised(rows, [...rows, laid], row.validFrom, policyDefaults[key].value);
  }

  async byWithdrawal(bankId: string, { policyId, validFrom }: { policyId: string; validFrom: string }): Promise<boolean> {
    const rows = await this.rows(bankId);
    const left = rows.filter((row) => row.policyId !== policyId);
    return isRaised(rows, left, validFrom, policyDefaults[key].value);
  }

  private async rows(bankId: string): Promise<LimitRow[]> {
    await this.secondPerson.hold(bankId, key);
    return this.unit.query<LimitRow>(
      `select policy_id, bank_id, valid_from, value, policy_number from policy p
        where key = $2 and (bank_id = $1 or bank_id is null) and ${stands('p')}`,
      [bankId, key],
    );
  }
}
