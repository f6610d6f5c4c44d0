import { Injectable } from '@nestjs/common';
import { SignInTrust } from '@timebank/access';
import type { ApprovalInput, ApprovalResult } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { ApprovalRow } from './approval.entity';
import { payerOf, type DecidedVisit, type Decision } from './decisions.rules';
import { nameOf } from '../name-of.sql';
import { WriteVisit, type Step } from '../write-visit';

export type VisitToDecide = DecidedVisit & {
  requestId: string;
  clientId: string;
  volunteerId: string;
  serviceKind: string;
  class: 'verified' | 'manual';
  plannedStart: Date;
  holdId: string;
  clientAccountId: string;
  volunteerAccountId: string;
  /** A guest's home bank; their account is there. */
  volunteerHomeBankId: string | null;
};
/**
 * Who decides: a person of the bank, or the bank's rule, which is no person. `actorId` goes into the ledger, and is no person's id when a rule
 * decides.
 */
export type Decider = { personId: string | null; memberId: string | null; actorId: string; rule: 'auto_approve' | null };
type Call = { decider: Decider; bankId: string; approvalId: string; input: ApprovalInput; hash: Buffer };
/** A visit and its decision. */
export type VisitWithDecision = { visit: VisitToDecide; decision: Decision; transferId: string | null };

/** The pair's relation as it is now: one recorded after the scans counts as if the scans had found it. It may be recorded in any of their banks. */
const pairRelated = `exists (select from relation p where p.bank_id = any ($5::uuid[])
  and ((p.member_id = v.volunteer_id and p.other_member_id = v.client_id) or (p.member_id = v.client_id and p.other_member_id = v.volunteer_id)))`;

/** Whoever acts for the client is as close as a relative. */
const related = `(exists (select from relation r where r.bank_id = any ($5::uuid[])
  and ((r.member_id = $4 and r.other_member_id in (v.volunteer_id, v.client_id))
    or (r.other_member_id = $4 and r.member_id in (v.volunteer_id, v.client_id))))
  or exists (select from proxy_role a where a.person_id = $3 and a.client_id = v.client_id))`;

/** Scalar subqueries, as for holds. */
const callBackOpen = `coalesce((select d.drawn from call_back_draw d where d.bank_id = v.bank_id and d.visit_id = v.visit_id)
  and (select k.number from call_back k where k.bank_id = v.bank_id and k.visit_id = v.visit_id and k.result = 'confirmed' limit 1) is null, false)`;

/** The decider recorded what the client said: about a drawn visit, or over the client's own no. */
const ownWord = `exists (select from call_back k where k.bank_id = v.bank_id and k.visit_id = v.visit_id and k.called_by = $3
  and ((k.result <> 'not_reached' and exists (select from call_back_draw d where d.bank_id = v.bank_id and d.visit_id = v.visit_id and d.drawn))
    or (k.result = 'confirmed' and exists (select from client_answer n where n.bank_id = v.bank_id and n.visit_id = v.visit_id and n.result = 'not_confirmed'))))`;

const ownTries = `exists (select from call_back k where k.bank_id = v.bank_id and k.visit_id = v.visit_id and k.called_by = $3 and k.result = 'not_reached')`;

/** How a visit that no longer waits was decided or ended. */
const before = `case when v.state in ('approved', 'rejected', 'cancelled', 'no_show') then json_build_object('state', v.state, 'byName', ${nameOf('coalesce(v.decided_by, v.cancelled_by)')},
  'at', to_char(coalesce(v.decided_at, v.cancelled_at) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'reasonCode', v.decision_reason_code) end`;

const unansweredDays = `(select count(distinct bank_day(k.bank_id, k.called_at)) from call_back k
  where k.bank_id = v.bank_id and k.visit_id = v.visit_id and k.result = 'not_reached')`;

/** What `DecideVisits` reads and writes, a statement for any number of visits. Inside its unit of work only. */
@Injectable()
export class DecisionTables {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly writeVisit: WriteVisit,
    private readonly trust: SignInTrust,
  ) {}

  async lock(bankId: string, visitIds: readonly string[]): Promise<void> {
    await this.unit.query('select from visit where bank_id = $1 and visit_id = any($2::uuid[]) order by visit_id for no key update', [
      bankId,
      visitIds,
    ]);
  }

  async stored(bankId: string, approvalId: string): Promise<{ contentHash: Buffer; results: ApprovalResult[] } | null> {
    return this.unit.one('select content_hash, results from approval where bank_id = $1 and approval_id = $2', [bankId, approvalId]);
  }

  /**
   * After locking, so that it sees what others have just decided. A scalar subquery looks a hold up by key under every plan; `exists` may be planned
   * as a walk over all holds of the city.
   */
  async read(
    bankId: string,
    visitIds: readonly string[],
    decider: Pick<Decider, 'personId' | 'memberId'>,
    banks: readonly string[],
  ): Promise<VisitToDecide[]> {
    const visits = await this.unit.query<Omit<VisitToDecide, 'signInByDecider'>>(
      `select v.visit_id, v.request_id, v.client_id, v.volunteer_id, v.service_kind, v.state, v.class, v.planned_start, v.hold_id, v.payer_account_id, coalesce(v.credited_minutes, 0) as credited_minutes, v.lane, v.assurance, ${before} as before, ${callBackOpen} as call_back_open, ${unansweredDays} as unanswered_days,
         c.account_id as client_account_id, case when v.payer_account_id is null then 'client' else 'pool' end as planned_payer, a.balance_minutes - a.held_out_minutes - a.floor_minutes as payer_free_minutes, w.account_id as volunteer_account_id, v.volunteer_home_bank_id, home.closed_on as home_closed_on,
         coalesce(w.person_id = $3 or c.person_id = $3, false) as own, ${related} as related, ${pairRelated} as pair_related,
         coalesce(v.entered_by = $3, false) as entered_by_decider, coalesce(v.planned_by = $3, false) as planned_by_decider,
         ${ownWord} as word_by_decider, ${ownTries} as tried_by_decider,
         coalesce((select e.hold_id is null from hold h left join hold_end e on e.bank_id = h.bank_id and e.hold_id = h.hold_id
           where h.bank_id = v.bank_id and h.hold_id = v.hold_id), false) as is_held,
         coalesce((select json_agg(json_build_object('code', e.code, 'lane', e.lane, 'parameters', e.parameters) order by e.code)
           from visit_exception e where e.bank_id = v.bank_id and e.visit_id = v.visit_id and e.lane in ('yellow', 'red')), '[]') as exceptions
       from visit v
       join bank b on b.bank_id = v.bank_id
       left join bank home on home.bank_id = v.volunteer_home_bank_id
       join member c on c.bank_id = v.bank_id and c.member_id = v.client_id
       join account a on a.bank_id = v.bank_id and a.account_id = coalesce(v.payer_account_id, c.account_id)
       join helper w on w.bank_id = v.bank_id and w.member_id = v.volunteer_id
       where v.bank_id = $1 and v.visit_id = any($2::uuid[]) order by v.visit_id`,
      [bankId, visitIds, decider.personId, decider.memberId, banks],
    );
    // A person carries the id of the membership they were registered with.
    const people = visits.flatMap(({ clientId, volunteerId }) => [clientId, volunteerId]);
    const barred = decider.personId === null ? new Set<string>() : await this.trust.mayNotDecideOn(decider.personId, people);
    return visits.map((visit) => ({ ...visit, signInByDecider: barred.has(visit.clientId) || barred.has(visit.volunteerId) }));
  }

  /** The decided visits and the exceptions that the decision settled. */
  async write({ decider, bankId, approvalId, input }: Call, all: readonly VisitWithDecision[]): Promise<void> {
    const settled = all.filter(({ decision }) => decision.outcome !== 'refused');
    if (settled.length === 0) return;
    const { personId, rule } = decider;
    const decided = {
      approvalId,
      decidedBy: personId,
      decidedRule: rule,
      decidedAt: this.unit.now,
      decisionReasonCode: input.reasonCode ?? null,
    };
    const steps = settled.map(({ visit, decision, transferId }): Step => {
      const { visitId, state: from, creditedMinutes: proposedMinutes } = visit;
      const isApproved = decision.outcome === 'approved';
      const paidBy = payerOf(visit, input.payer);
      const payer = isApproved && transferId !== null && paidBy !== 'client' ? paidBy : null;
      const set = { ...decided, payer, transferId, proposedMinutes, creditedMinutes: isApproved ? decision.minutes : proposedMinutes };
      return { visitId, from, to: isApproved ? 'approved' : 'rejected', set };
    });
    await this.writeVisit.move(bankId, rule === null ? 'coordinator' : 'rules', steps);
    const flagged = settled.filter(({ visit }) => visit.exceptions.length > 0).map(({ visit }) => visit.visitId);
    if (flagged.length === 0) return;
    await this.unit.query(
      `update visit_exception set acknowledged_by = $3, acknowledged_at = $4
       where bank_id = $1 and visit_id = any($2::uuid[]) and lane in ('yellow', 'red')`,
      [bankId, flagged, decider.personId, this.unit.now],
    );
  }

  /** What a person decided about a visit that another decision had reached first: who and why is kept beside that decision. */
  async keepLate({ decider, bankId, approvalId, input }: Call, decided: readonly VisitWithDecision[]): Promise<void> {
    const late = decided.filter(({ decision }) => decision.outcome === 'refused' && decision.code === 'visits/already_decided');
    if (decider.personId === null || late.length === 0) return;
    await this.unit.query(
      `insert into late_decision (bank_id, visit_id, approval_id, decision, reason_code, note, decided_by, decided_at)
       select $1, visit_id, $3, $4, $5, $6, $7, $8 from unnest($2::uuid[]) as late(visit_id)`,
      [
        bankId,
        late.map(({ visit }) => visit.visitId),
        approvalId,
        input.decision,
        input.reasonCode ?? null,
        input.note ?? null,
        decider.personId,
        this.unit.now,
      ],
    );
  }

  async keep({ decider, bankId, approvalId, input, hash }: Call, results: readonly ApprovalResult[]): Promise<void> {
    const { decision, reasonCode = null, note = null } = input;
    const by = { actorId: decider.actorId, decidedAt: this.unit.now, contentHash: hash };
    await this.unit.insertRow(ApprovalRow, { bankId, approvalId, decision, reasonCode, note, results, ...by });
  }
}
