import { exceptionCodes, type Visit, type VisitException, type VisitLine } from '@timebank/contract';
import { cancelledAs, leftLate } from './leaving';
import { homeOf } from './at-home.rules';
import { answerJoin, appealColumns, visitAppealOf, type AppealColumns } from '../appeals/appeal-view';
import { payersOf, shorteningOf, type Payable } from '../decisions/decisions.rules';
import { nameOf } from '../name-of.sql';
import { eventColumns, eventColumnsUpToScan, eventsOf, type EventColumns, type Reader } from './visit-events';
import { decidableStates } from '../visit-states.rules';
import { waits, waitsSince } from '../waiting.sql';

/** The exceptions of visit `v` as JSON. */
const exceptions = `coalesce((
  select json_agg(json_build_object('code', e.code, 'lane', e.lane, 'parameters', e.parameters, 'acknowledged', e.acknowledged_at is not null))
  from visit_exception e where e.bank_id = v.bank_id and e.visit_id = v.visit_id), '[]')`;

/** Whether a call-back was drawn, and the result of calls: the last answer, else that nobody was reached. */
const callBack = `json_build_object(
  'drawn', coalesce((select d.drawn from call_back_draw d where d.bank_id = v.bank_id and d.visit_id = v.visit_id), false),
  'result', (select k.result from call_back k where k.bank_id = v.bank_id and k.visit_id = v.visit_id
    order by k.result = 'not_reached', k.number desc limit 1))`;

/** What client, pool and fund could spend, where a visit waits for which nothing is set aside. Scalar subqueries: each is a look-up by key. */
const freeOf = (account: string) =>
  `(select a.balance_minutes - a.held_out_minutes - a.floor_minutes from account a where a.bank_id = v.bank_id and a.account_id = ${account})`;
const bankAccount = (kind: 'pool' | 'fund') => `(select b.${kind}_account_id from bank b where b.bank_id = v.bank_id)`;
const payableColumn = `case when ${waits} and not coalesce((select e.hold_id is null from hold h left join hold_end e on e.bank_id = h.bank_id and e.hold_id = h.hold_id
    where h.bank_id = v.bank_id and h.hold_id = v.hold_id), false)
  then json_build_object('client', ${freeOf('c.account_id')}, 'pool', ${freeOf(bankAccount('pool'))}, 'fund', ${freeOf(bankAccount('fund'))}) end as payable`;

const heldFrom = `case when v.payer_account_id is null then 'client' else 'pool' end as held_from`;
const cancelled = `case when v.cancelled_side is not null
  then json_build_object('side', v.cancelled_side, 'reasonCode', v.cancel_reason_code, 'isLate', ${leftLate}) end as cancelled`;

const columns = `v.visit_id, v.bank_id, v.request_id, v.client_id, c.name as client_name, v.volunteer_id, v.volunteer_home_bank_id, w.name as volunteer_name, v.service_kind,
  r.place, c.home_address, r.note, v.planned_start, v.planned_end, v.planned_minutes, ${heldFrom}, ${cancelled}, v.state, v.lane, v.assurance, v.class, v.captured_in, v.captured_out,
  v.credited_start, v.credited_end, v.credited_minutes, v.version, v.approval_id, v.decided_at, v.decided_rule, v.decision_reason_code, v.transfer_id, v.payer,
  ${nameOf('v.decided_by')} as decided_by_name,
  exists (select from transfer t where t.bank_id = v.bank_id and t.reverses_id = v.transfer_id) as reversed,
  ${exceptions} as exceptions, ${callBack} as call_back, ${payableColumn},
  (select n.result from client_answer n where n.bank_id = v.bank_id and n.visit_id = v.visit_id) as client_answer, case when ${waits} then ${waitsSince} end as waiting_since,
  (select x.escalated_at from visit_escalation x where x.bank_id = v.bank_id and x.visit_id = v.visit_id) as escalated_at`;

const tables = `from visit v
  join member c on c.bank_id = v.bank_id and c.member_id = v.client_id
  join helper w on w.bank_id = v.bank_id and w.member_id = v.volunteer_id
  join request r on r.bank_id = v.bank_id and r.request_id = v.request_id`;
const appealJoin = `left join appeal a on a.bank_id = v.bank_id and a.visit_id = v.visit_id ${answerJoin}`;

export const visitLineSelectWith = (more: string) => `select ${columns}, ${more} ${tables} where v.bank_id = $1`;
export const visitLineSelect = `select ${columns} ${tables} where v.bank_id = $1`;
const utc = (instant: string) => `to_char(${instant} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
/** Of visit `v`: when its helper was asked where they are; null where nobody asked. */
export const arrivalColumn = `(select jsonb_build_object('askedAt', ${utc('p.asked_at')}, 'onWayAt', ${utc('p.answered_at')})
  from visit_prompt p where p.bank_id = v.bank_id and p.visit_id = v.visit_id and p.kind = 'arrival') as arrival`;
/** When both sides of visit `v` were reminded on the evening before. */
export const remindedColumn = `(select ${utc('p.asked_at')} from visit_prompt p
  where p.bank_id = v.bank_id and p.visit_id = v.visit_id and p.kind = 'evening') as reminded_at`;

const selectWith = (events: string) =>
  `select ${columns}, v.proposed_minutes, ${arrivalColumn}, ${events}, ${appealColumns} ${tables} ${appealJoin} where v.bank_id = $1`;
export const visitSelect = selectWith(eventColumns);
/** With scans up to scan `$3` of visit `$2`: what its answer carries, whenever it is asked again. */
export const visitSelectUpToScan = `${selectWith(eventColumnsUpToScan)} and v.visit_id = $2`;

type Moment =
  | 'waitingSince'
  | 'escalatedAt'
  | 'plannedStart'
  | 'plannedEnd'
  | 'capturedIn'
  | 'capturedOut'
  | 'creditedStart'
  | 'creditedEnd';
export type VisitLineRow = Omit<VisitLine, Moment | 'decision' | 'roomMinutes' | 'proposedMinutes' | 'payers'> & {
  [Key in Moment]: VisitLine[Key] extends string ? Date : Date | null;
} & {
  approvalId: string | null;
  decidedAt: Date | null;
  decidedByName: string | null;
  decidedRule: 'auto_approve' | null;
  decisionReasonCode: string | null;
  transferId: string | null;
  payer: 'pool' | 'fund' | null;
  payable: Payable | null;
  reversed: boolean;
  exceptions: VisitException[];
};
export type VisitViewRow = VisitLineRow & EventColumns & AppealColumns & { proposedMinutes: number | null; arrival: Visit['arrival'] };

const text = (instant: Date | null) => instant?.toISOString() ?? null;

const placeOf = new Map(exceptionCodes.map((code, place) => [code, place]));

/** A line of a list. Whether a call was drawn, and what it gave, is for staff. */
export function lineOf(row: VisitLineRow, reader: Reader, now: Date): VisitLine {
  const {
    approvalId,
    decidedAt,
    decidedByName: byName,
    decidedRule,
    decisionReasonCode: reasonCode,
    transferId,
    payer,
    payable,
    reversed,
    ...line
  } = row;
  return {
    ...line,
    ...homeOf(row, reader, now),
    exceptions: row.exceptions.sort((left, right) => (placeOf.get(left.code) ?? 0) - (placeOf.get(right.code) ?? 0)),
    ...(reader === 'staff' && decidableStates.includes(row.state) && row.creditedMinutes !== null
      ? shorteningOf({ creditedMinutes: row.creditedMinutes, exceptions: row.exceptions })
      : { roomMinutes: null, proposedMinutes: null }),
    cancelled: cancelledAs(row.cancelled, reader),
    payers: reader === 'staff' && payable ? payersOf(payable, row.creditedMinutes ?? 0) : null,
    callBack: reader === 'staff' ? row.callBack : null,
    clientAnswer: reader === 'volunteer' ? null : row.clientAnswer,
    waitingSince: reader === 'client' ? null : text(row.waitingSince),
    escalatedAt: reader === 'staff' ? text(row.escalatedAt) : null,
    plannedStart: row.plannedStart.toISOString(),
    plannedEnd: row.plannedEnd.toISOString(),
    capturedIn: text(row.capturedIn),
    capturedOut: text(row.capturedOut),
    creditedStart: text(row.creditedStart),
    creditedEnd: text(row.creditedEnd),
    decision:
      approvalId && decidedAt
        ? {
            approvalId,
            decision: row.state === 'rejected' ? 'reject' : 'approve',
            by: decidedRule === null ? 'person' : 'rule',
            byName,
            at: decidedAt.toISOString(),
            reasonCode,
            transferId,
            payer: payer ?? 'client',
            reversed,
          }
        : null,
  };
}

/** A visit with its events and the appeal; `until` is when an appeal would come too late. */
export function visitOf(row: VisitViewRow, reader: Reader, now: Date, until: Date | null = null): Visit {
  const {
    scans,
    scanCount,
    overruleNote: _overrule,
    callBacks: _calls,
    clientAnswerEvent: _answerEvent,
    acknowledged: _acknowledged,
    lateDecisions: _late,
    createdAt: _created,
    enteredAt: _entered,
    manualReasonCode: _reason,
    manualNote: _manualNote,
    evidence: _evidence,
    cancelledAt: _cancelledAt,
    cancelNote: _cancelNote,
    payerNote: _payerNote,
    plannedByName: _planner,
    enteredByName: _typist,
    cancelledByName: _canceller,
    cancelledForName: _cancelledFor,
    proposedMinutes: _proposed,
    arrival,
    appealId,
    appealNote: _appealNote,
    appealedAt: _appealed,
    appealerName: _appealer,
    answerId: _answer,
    outcome: _outcome,
    answerNote: _answerNote,
    answeredAt: _answered,
    answererName: _answerer,
    ...line
  } = row;
  return {
    ...lineOf(line, reader, now),
    events: eventsOf(row, reader),
    ...(arrival && row.state === 'planned' ? { arrival } : {}),
    ...(scanCount > scans.length ? { scanCount } : {}),
    appeal: reader === 'client' ? null : visitAppealOf(row),
    appealUntil: reader === 'client' || appealId !== null ? null : text(until),
  };
}
