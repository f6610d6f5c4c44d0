import { Injectable } from '@nestjs/common';
import { clearingAccountOf, CreditLineReached, onwardIdOf, ReadBank, ReadPolicy, type KnownBank } from '@timebank/banks';
import type { ApprovalInput, Payer, Policy } from '@timebank/contract';
import { deriveId, UnitOfWork } from '@timebank/database';
import { localDate } from '@timebank/kernel';
import { PostTransfers, ReleaseHolds, type Onward, type Posting } from '@timebank/ledger';
import { payerOf } from './decisions.rules';
import type { VisitWithDecision, Decider, VisitToDecide } from './decision-tables';

type Call = { decider: Decider; bankId: string; approvalId: string; input: ApprovalInput };
/** The bank that a volunteer is at home in, and what it does with minutes above their ceiling. */
type Home = { bank: KnownBank; policy: Policy };

/**
 * The ledger's side of an approval, in its transaction. Credited minutes go from whoever pays to the volunteer; the rest of the hold is free again;
 * what exceeds the volunteer's ceiling goes where policy `overflowTo` of their home bank says. A guest is paid through the clearing accounts, both
 * legs or none; beyond the credit line of the guest's bank the visit is refused with `ledger/credit_line` and can be paid later. All postings are one
 * call. A posting that the ledger refuses refuses only its own visit.
 */
@Injectable()
export class DecisionPostings {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly banks: ReadBank,
    private readonly policies: ReadPolicy,
    private readonly postTransfers: PostTransfers,
    private readonly releaseHolds: ReleaseHolds,
    private readonly creditLineReached: CreditLineReached,
  ) {}

  async run({ decider: { actorId }, bankId, approvalId, input: { payer } }: Call, decided: readonly VisitWithDecision[]): Promise<void> {
    const homeOf = this.homeReader(bankId);
    const paid: VisitWithDecision[] = [];
    const postings: Posting[] = [];
    const freed: string[] = [];
    for (const one of decided) {
      const { decision, visit } = one;
      if (decision.outcome === 'approved' && decision.minutes > 0) {
        paid.push(one);
        postings.push(
          postingOf({
            actorId,
            bankId,
            approvalId,
            visit,
            minutes: decision.minutes,
            home: await homeOf(visit),
            payerAccountId: await this.accountOf(bankId, payerOf(visit, payer), visit),
            at: this.unit.now,
          }),
        );
      } else if (decision.outcome !== 'refused' && visit.isHeld) {
        freed.push(visit.holdId);
      }
    }
    await this.releaseHolds.run(bankId, freed);
    const outcomes = await this.postTransfers.run(postings);
    for (const [index, answered] of outcomes.entries()) {
      const one = paid[index] as VisitWithDecision;
      const outcome = await this.creditLineReached.run(postings[index] as Posting, answered);
      if (outcome.outcome !== 'refused') one.transferId = outcome.transferId;
      else one.decision = { outcome: 'refused', code: outcome.code ?? 'service/fault', parameters: outcome.parameters ?? {} };
    }
  }

  /** Where the minutes come from. Pool and fund give only what they have: issuance covers nothing. */
  private async accountOf(bankId: string, payer: Payer, visit: VisitToDecide): Promise<string> {
    if (payer === 'client') return visit.clientAccountId;
    const bank = await this.banks.run(bankId);
    return payer === 'pool' ? bank.poolAccountId : bank.fundAccountId;
  }

  /** Each bank read once, and its policy once for each day. */
  private homeReader(bankId: string): (visit: VisitToDecide) => Promise<Home> {
    const banks = new Map<string, KnownBank>();
    const policies = new Map<string, Policy>();
    return async (visit) => {
      const homeId = visit.volunteerHomeBankId ?? bankId;
      const bank = banks.get(homeId) ?? (await this.banks.run(homeId));
      banks.set(homeId, bank);
      const day = localDate(visit.plannedStart, bank.zone);
      const policy = policies.get(`${homeId} ${day}`) ?? (await this.policies.run(homeId, day));
      policies.set(`${homeId} ${day}`, policy);
      return { bank, policy };
    };
  }
}

type Payment = {
  actorId: string;
  bankId: string;
  approvalId: string;
  visit: VisitToDecide;
  minutes: number;
  home: Home;
  payerAccountId: string;
  at: Date;
};

function postingOf({ actorId, bankId, approvalId, visit, minutes, home: { bank, policy }, payerAccountId, at }: Payment): Posting {
  const transferId = deriveId(approvalId, visit.visitId);
  const overflow = {
    accountId: policy.overflowTo === 'pool' ? bank.poolAccountId : bank.honourAccountId,
    transferId: deriveId(approvalId, `${visit.visitId} overflow`),
  };
  const onward: Onward | null =
    bank.bankId === bankId
      ? null
      : {
          bankId: bank.bankId,
          transferId: onwardIdOf(transferId),
          debitAccountId: clearingAccountOf(bank.bankId, bankId),
          creditAccountId: visit.volunteerAccountId,
          reversesId: null,
          overflow,
        };
  return {
    bankId,
    transferId,
    debitAccountId: payerAccountId,
    creditAccountId: onward ? clearingAccountOf(bankId, bank.bankId) : visit.volunteerAccountId,
    minutes,
    kind: 'service',
    class: visit.class,
    visitId: visit.visitId,
    reversesId: null,
    memoCode: null,
    actorId,
    // The day of the decision, so that entries and balances have one order; the visit has its own day.
    effectiveAt: at,
    holdId: visit.isHeld ? visit.holdId : null,
    overflow: onward ? null : overflow,
    onward,
    cover: null,
  };
}
