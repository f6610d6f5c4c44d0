import { Injectable } from '@nestjs/common';
import { type Actor, Locator, SecondPerson } from '@timebank/access';
import { isWaiting, refuse, type PolicyRow, type Waiting } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { PolicyDay } from './policy-day';
import { policyAnswer } from './policy.answer.rules';
import { type LaidPolicy, policyRowsSql } from './policy-rows.sql';
import { PolicyWithdrawalRow } from './policy-withdrawal.entity';
import { RaisedLimit } from './raised-limit';

/**
 * Withdraws a dated policy row of a bank, or of the city when `bankId` is null, that has not begun in any zone it counts in; it then never counts.
 * Where that raises what one hand may grant (`secondPersonAboveMinutes`), two of the bank's admins have to want it (202), as for laying down such a
 * row. Repeating it changes nothing. Refuses `policy/not_found`, `policy/in_the_past`.
 */
@Injectable()
export class WithdrawPolicy {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly locator: Locator,
    private readonly policyDay: PolicyDay,
    private readonly raisedLimit: RaisedLimit,
    private readonly secondPerson: SecondPerson,
  ) {}

  async run(actor: Actor, bankId: string | null, policyId: string): Promise<PolicyRow | Waiting> {
    const bankIds = bankId === null ? await this.locator.banks() : [bankId];
    return this.unit.run(bankIds, async () => {
      if (bankId !== null) await this.secondPerson.hold(bankId, policyId);
      const line = await this.find(bankId, policyId);
      if (line.withdrawnAt !== null) return policyAnswer(line);
      const today = await this.policyDay.run(bankId);
      if (line.validFrom <= today) throw refuse('policy/in_the_past', { today });
      const waits = await this.second(actor, line);
      if (waits) return waits;
      const row = { policyId, bankId, withdrawnBy: actor.personId, withdrawnAt: this.unit.now };
      await this.unit.insertNew(PolicyWithdrawalRow, row, ['policyId']);
      if (bankId !== null) await this.secondPerson.spare(bankId, 'policy_withdrawal', policyId);
      return policyAnswer(await this.find(bankId, policyId));
    });
  }

  private async find(bankId: string | null, policyId: string): Promise<LaidPolicy> {
    const line = await this.unit.one<LaidPolicy>(`${policyRowsSql} where p.policy_id = $1 and p.bank_id is not distinct from $2`, [
      policyId,
      bankId,
    ]);
    if (!line) throw refuse('policy/not_found');
    return line;
  }

  private async second(actor: Actor, { bankId, policyId, key, value, validFrom, source }: LaidPolicy): Promise<Waiting | null> {
    if (bankId === null || key !== 'secondPersonAboveMinutes') return null;
    if (!(await this.raisedLimit.byWithdrawal(bankId, { policyId, validFrom }))) return null;
    const content = { key, value, validFrom, source };
    const act = { bankId, kind: 'policy_withdrawal' as const, subjectId: policyId, content, memberId: null, roles: ['admin'] as const };
    const asked = await this.secondPerson.run(actor, act);
    return isWaiting(asked) ? asked : null;
  }
}
