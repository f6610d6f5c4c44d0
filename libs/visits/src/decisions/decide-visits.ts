import { Injectable } from '@nestjs/common';
import { memberIn, type Actor } from '@timebank/access';
import { refuse, type Approval, type ApprovalInput, type ApprovalResult, type DecidedVisit, type Stored } from '@timebank/contract';
import { contentHash, deriveId, isSame, UnitOfWork, violates } from '@timebank/database';
import { RequestLock } from '@timebank/requests';
import { BanksOfVisits } from '../banks-of-visits';
import { DecisionPostings } from './decision-postings';
import { DecisionTables, type VisitWithDecision, type Decider, type VisitToDecide } from './decision-tables';
import { decideByRule, decideVisit, type Decision, payerOf } from './decisions.rules';
import { partiesOf } from '../told.rules';

type Call = {
  decider: Decider;
  bankId: string;
  approvalId: string;
  input: ApprovalInput;
  hash: Buffer;
  decide: (visit: VisitToDecide) => Decision;
};

/**
 * Approves or rejects 1 to 1,000 visits of a bank in one transaction. It locks them in id order, decides by the pure rules, posts by one call of the
 * ledger and writes by one statement a table. Each visit gets its own answer; a refused one leaves its neighbours approved. Idempotent under the
 * caller's id: the stored results again, other content is `approvals/id_reused`. Of two different approvals of a visit at once exactly one wins; the
 * other's reason is kept with its refusal, which names the result and the person. A visit's transfer id comes from the approval's and the visit's, so
 * another approval can still pay a visit whose posting the ledger refused. Refuses whole calls that list a visit twice (`visits/listed_twice`), give
 * minutes for a visit not listed, or reject without a reason (`visits/reason_needed`). Whole minutes.
 */
@Injectable()
export class DecideVisits {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly tables: DecisionTables,
    private readonly postings: DecisionPostings,
    private readonly requests: RequestLock,
    private readonly banksOfVisits: BanksOfVisits,
  ) {}

  async run(actor: Actor, bankId: string, approvalId: string, input: ApprovalInput): Promise<Stored<Approval>> {
    checkCall(input);
    const { personId } = actor;
    const decider = { personId, memberId: memberIn(actor, bankId), actorId: personId, rule: null };
    return this.all({ decider, bankId, approvalId, input, hash: contentHash(input), decide: (visit) => decideVisit(visit, input) });
  }

  /** The same for the bank's rule, which is no person: what it may not approve is refused to it and left to people. */
  async byRule(bankId: string, approvalId: string, visitIds: string[]): Promise<Stored<Approval>> {
    const input: ApprovalInput = { visitIds, decision: 'approve' };
    const rule = 'auto_approve';
    const decider = { personId: null, memberId: null, actorId: deriveId(bankId, rule), rule } as const;
    return this.all({ decider, bankId, approvalId, input, hash: contentHash({ ...input, rule }), decide: decideByRule });
  }

  private async all(call: Call): Promise<Stored<Approval>> {
    const { bankId, input } = call;
    const banks = await this.banksOfVisits.run(bankId, input.visitIds);
    const decide = () => this.unit.run(banks, () => this.decide(call, banks));
    try {
      return await decide();
    } catch (error) {
      // The same call came twice at once and had no visit to wait for; now the first one's results are there.
      if (violates(error, 'approval_pkey')) return decide();
      throw error;
    }
  }

  private async decide(call: Call, banks: readonly string[]): Promise<Stored<Approval>> {
    const { decider, bankId, approvalId, input } = call;
    await this.tables.lock(bankId, input.visitIds);
    const stored = await this.tables.stored(bankId, approvalId);
    if (stored && isSame(stored.contentHash, { hash: call.hash, reused: 'approvals/id_reused' })) {
      return { first: false, value: { approvalId, results: stored.results } };
    }
    const visits = await this.tables.read(bankId, input.visitIds, decider, banks);
    const decided = visits.map((visit): VisitWithDecision => ({ visit, decision: call.decide(visit), transferId: null }));
    await this.postings.run(call, decided);
    await this.tables.write(call, decided);
    await this.requests.cancel(bankId, requestsOfRejected(decided));
    const results = resultsOf(input.visitIds, decided);
    await this.tables.keep(call, results);
    await this.tables.keepLate(call, decided);
    this.unit.tell(bankId, 'visits/decided', {
      approvalId,
      visits: toldOf(decided, input),
      actorId: decider.personId,
      rule: decider.rule,
    });
    return { first: true, value: { approvalId, results } };
  }
}

function checkCall(input: ApprovalInput): void {
  const listed = new Set(input.visitIds);
  if (listed.size !== input.visitIds.length) throw refuse('visits/listed_twice', {}, 'body.visitIds');
  const stranger = Object.keys(input.creditedMinutes ?? {}).find((visitId) => !listed.has(visitId));
  if (stranger !== undefined) throw refuse('request/malformed', { problem: 'not_listed' }, `body.creditedMinutes.${stranger}`);
  if (input.decision === 'reject' && input.reasonCode === undefined) throw refuse('visits/reason_needed', {}, 'body.reasonCode');
}

/** The request of an approved visit is served by that: nothing of it is written. One whose only visit was rejected ends. */
function requestsOfRejected(decided: readonly VisitWithDecision[]): string[] {
  return decided.filter(({ decision }) => decision.outcome === 'rejected').map(({ visit }) => visit.requestId);
}

/** What became of the visits that were decided; one refused is no news. */
function toldOf(decided: readonly VisitWithDecision[], { payer, reasonCode }: ApprovalInput): DecidedVisit[] {
  return decided.flatMap(({ visit, decision }) =>
    decision.outcome === 'refused' ? [] : [{ ...partiesOf(visit), ...decision, payer: payerOf(visit, payer), reasonCode }],
  );
}

/** In the requested order; a visit that is not in the bank is refused like any other. */
function resultsOf(visitIds: readonly string[], decided: readonly VisitWithDecision[]): ApprovalResult[] {
  const byId = new Map(decided.map((one) => [one.visit.visitId, one]));
  return visitIds.map((visitId): ApprovalResult => {
    const one = byId.get(visitId);
    if (!one) return { visitId, outcome: 'refused', code: 'visits/not_found' };
    const { decision, transferId } = one;
    if (decision.outcome !== 'refused') return { visitId, outcome: decision.outcome, ...(transferId ? { transferId } : {}) };
    const parameters = JSON.parse(JSON.stringify(decision.parameters)) as ApprovalResult['parameters'];
    return { visitId, outcome: 'refused', code: decision.code, parameters };
  });
}
