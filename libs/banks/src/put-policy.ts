import { Injectable } from '@nestjs/common';
import { type Actor, Locator, SecondPerson } from '@timebank/access';
import { isWaiting, refuse, type PolicyInput, type PolicyRow, type Stored, type Waiting } from '@timebank/contract';
import { contentHash, isRepeat, once, UnitOfWork } from '@timebank/database';
import { PolicyDay } from './policy-day';
import { type LaidPolicy, policyRowsSql } from './policy-rows.sql';
import { policyAnswer } from './policy.answer.rules';
import { PolicyLine } from './policy.entity';
import { RaisedLimit } from './raised-limit';
import { policyProblem } from './policy.rules';

/**
 * Stores a dated policy row for a bank, or for the city when `bankId` is null. It begins today at the earliest, in every zone it counts in, so no
 * past day is judged anew. Raising what one hand may grant (`secondPersonAboveMinutes`) needs two of the bank's admins (202): else one could lift the
 * limit and grant past it. Idempotent by id. Refuses `policy/id_reused`, `policy/unknown_key`, `policy/bad_value`, `policy/in_the_past`.
 */
@Injectable()
export class PutPolicy {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly locator: Locator,
    private readonly policyDay: PolicyDay,
    private readonly raisedLimit: RaisedLimit,
    private readonly secondPerson: SecondPerson,
  ) {}

  async run(actor: Actor, bankId: string | null, policyId: string, input: PolicyInput): Promise<Stored<PolicyRow> | Waiting> {
    const sent = { hash: contentHash({ bankId, ...input }), reused: 'policy/id_reused' } as const;
    const bankIds = bankId === null ? await this.locator.banks() : [bankId];
    return this.unit.run(bankIds, async () => {
      if (bankId !== null) await this.secondPerson.hold(bankId, policyId);
      if (!(await isRepeat(this.unit, PolicyLine, { policyId }, sent))) {
        await this.refuseUnsound(bankId, input);
        const waits = await this.second(actor, bankId, policyId, input);
        if (waits) return waits;
      }
      const first = await once(this.unit, PolicyLine, { policyId }, sent, () => this.lay(actor, bankId, policyId, input, sent.hash));
      const line = await this.unit.one<LaidPolicy>(`${policyRowsSql} where p.policy_id = $1`, [policyId]);
      return { first, value: policyAnswer(line as LaidPolicy) };
    });
  }

  private async second(actor: Actor, bankId: string | null, policyId: string, input: PolicyInput): Promise<Waiting | null> {
    if (bankId === null || input.key !== 'secondPersonAboveMinutes') return null;
    const { validFrom, value } = input;
    if (!(await this.raisedLimit.byRow(bankId, { policyId, validFrom, value: Number(value) }))) return null;
    const act = { bankId, kind: 'policy' as const, subjectId: policyId, content: input, memberId: null, roles: ['admin'] as const };
    const asked = await this.secondPerson.run(actor, { ...act, reused: 'policy/id_reused' });
    return isWaiting(asked) ? asked : null;
  }

  private async refuseUnsound(bankId: string | null, input: PolicyInput): Promise<void> {
    const problem = policyProblem(input.key, input.value);
    if (problem !== null) throw refuse(problem, { key: input.key }, problem === 'policy/unknown_key' ? 'body.key' : 'body.value');
    const today = await this.policyDay.run(bankId);
    if (input.validFrom < today) throw refuse('policy/in_the_past', { today }, 'body.validFrom');
  }

  /** False when another call with this id came first, or when another bank has it. */
  private async lay(actor: Actor, bankId: string | null, policyId: string, input: PolicyInput, hash: Buffer): Promise<boolean> {
    const { key, value, validFrom, source } = input;
    const by = { recordedBy: actor.personId, recordedAt: this.unit.now, contentHash: hash };
    if (bankId !== null) await this.secondPerson.spare(bankId, 'policy', policyId);
    return this.unit.insertNew(PolicyLine, { policyId, bankId, key, value, validFrom, source, ...by }, ['policyId']);
  }
}
