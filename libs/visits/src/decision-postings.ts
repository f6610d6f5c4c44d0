import { Injectable } from '@nestjs/common';
import { ReadBank, ReadPolicy, type BankRow } from '@timebank/banks';
import type { Policy } from '@timebank/contract';
import { deriveId, UnitOfWork } from '@timebank/database';
import { localDate } from '@timebank/kernel';
import { PostTransfers, ReleaseHolds, type Posting } from '@timebank/ledger';
import type { Decided, VisitToDecide } from './decision-tables';

/**
 * The ledger's side of an approval, in its transaction. Credited minutes go from the client to the volunteer; what the
 * hold has more is free again; what the volunteer's ceiling does not take goes where policy `overflowTo` says. All
 * postings are one call. One that the ledger refuses refuses its visit and no other.
 */
@Injectable()
export class DecisionPostings {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly banks: ReadBank,
    private readonly policies: ReadPolicy,
    private readonly postTransfers: PostTransfers,
    private readonly releaseHolds: ReleaseHolds,
  ) {}

  async run(actorId: string, bankId: string, approvalId: string, decided: readonly Decided[]): Promise<void> {
    const bank = await this.banks.run(bankId);
    const policyOf = this.policyReader(bank);
    const paid: Decided[] = [];
    const postings: Posting[] = [];
    const freed: string[] = [];
    for (const one of decided) {
      const { decision, visit } = one;
      if (decision.outcome === 'approved' && decision.minutes > 0) {
        paid.push(one);
        postings.push(
          postingOf({ actorId, bank, approvalId, visit, minutes: decision.minutes, policy: await policyOf(visit), at: this.unit.now }),
        );
      } else if (decision.outcome !== 'refused' && visit.isHeld) {
        freed.push(visit.holdId);
      }
    }
    await this.releaseHolds.run(bankId, freed);
    const outcomes = await this.postTransfers.run(postings);
    for (const [index, outcome] of outcomes.entries()) {
      const one = paid[index] as Decided;
      if (outcome.outcome !== 'refused') one.transferId = outcome.transferId;
      else one.decision = { outcome: 'refused', code: outcome.code ?? 'service/fault', parameters: outcome.parameters ?? {} };
    }
  }

  /** The policy of a visit's day, each day read once. */
  private policyReader(bank: BankRow): (visit: VisitToDecide) => Promise<Policy> {
    const known = new Map<string, Policy>();
    return async (visit) => {
      const day = localDate(visit.plannedStart, bank.timeZone);
      const policy = known.get(day) ?? (await this.policies.run(bank.bankId, day));
      known.set(day, policy);
      return policy;
    };
  }
}

type Payment = { actorId: string; bank: BankRow; approvalId: string; visit: VisitToDecide; minutes: number; policy: Policy; at: Date };

function postingOf({ actorId, bank, approvalId, visit, minutes, policy, at }: Payment): Posting {
  return {
    bankId: bank.bankId,
    transferId: deriveId(approvalId, visit.visitId),
    debitAccountId: visit.clientAccountId,
    creditAccountId: visit.volunteerAccountId,
    minutes,
    kind: 'service',
    class: visit.class,
    visitId: visit.visitId,
    reversesId: null,
    memoCode: null,
    actorId,
    // The day of the decision, so that entries stand in the order of their balances; the visit tells its own day.
    effectiveAt: at,
    holdId: visit.isHeld ? visit.holdId : null,
    overflow: {
      accountId: policy.overflowTo === 'pool' ? bank.poolAccountId : bank.honourAccountId,
      transferId: deriveId(approvalId, `${visit.visitId} overflow`),
    },
    cover: null,
  };
}
