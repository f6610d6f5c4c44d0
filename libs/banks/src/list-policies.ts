import { Injectable } from '@nestjs/common';
import type { Policies } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { localDate } from '@timebank/kernel';
import { policyAnswer } from './policy.answer.rules';
import { type LaidPolicy, policyRowsSql } from './policy-rows.sql';
import { ReadBank } from './read-bank';
import { ReadPolicy } from './read-policy';

type People = { recordedBy: string; withdrawnBy: string | null };
type NamelessPolicies = Omit<Policies, 'rows'> & { rows: (ReturnType<typeof policyAnswer> & People)[] };

/** A bank's policies in force on a day (default: today in its zone), and every row behind them with the persons, newest first. */
@Injectable()
export class ListPolicies {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly readPolicy: ReadPolicy,
  ) {}

  async run(bankId: string, askedDay?: string): Promise<NamelessPolicies> {
    return this.unit.run([bankId], async () => {
      const { zone } = await this.readBank.run(bankId);
      const day = askedDay ?? localDate(this.unit.now, zone);
      const inForce = await this.readPolicy.run(bankId, day);
      const rows = await this.unit.query<LaidPolicy>(`${policyRowsSql} order by p.valid_from desc, p.policy_number desc`);
      return {
        day,
        inForce,
        rows: rows.map((line) => ({ ...policyAnswer(line), recordedBy: line.recordedBy, withdrawnBy: line.withdrawnBy })),
      };
    });
  }
}
