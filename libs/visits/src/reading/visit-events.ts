import type { VisitEvent, VisitLine } from '@timebank/contract';
import { deriveId } from '@timebank/database';
import type { AppealColumns } from '../appeals/appeal-view';
import { cancelledAs } from './leaving';
import { actedForName, clientSideNameOf, nameOf } from '../name-of.sql';

/** Who reads a visit: the people who run the bank, or one of its two people. */
export type Reader = 'staff' | 'volunteer' | 'client';

/**
 * How many of the newest an answer carries of each: other scans, calls, and decisions that came too late. All are kept; staff read scans in pages.
 */
const mostOfEach = 50;
const newest = (table: string, order: string) =>
  `(select * from ${table} e where e.bank_id = v.bank_id and e.visit_id = v.visit_id order by ${order} limit ${mostOfEach})`;

/** The two scans that count, and the newest of those that changed nothing; up to scan `$3` where an event is answered again. */
const scansUpTo = (upTo: string) => `(
    select s.* from scan_event s where s.bank_id = v.bank_id and s.visit_id = v.visit_id and s.outcome = 'accepted' ${upTo}
    union all
    (select s.* from scan_event s where s.bank_id = v.bank_id and s.visit_id = v.visit_id and s.outcome <> 'accepted' ${upTo}
      order by s.received_at desc, s.event_id desc limit ${mostOfEach}))`;

export const scanJson = `json_build_object('eventId', s.event_id, 'kind', s.kind, 'at', s.at, 'outcome', s.outcome, 'code', s.code, 'via', s.via,
    'earliest', s.earliest, 'distanceMeters', s.distance_meters, 'accuracyMeters', s.accuracy_meters, 'latest', s.latest, 'actorName', ${nameOf('s.actor_id')})`;

const scansOf = (upTo: string) => `coalesce((
  select json_agg(${scanJson} order by s.received_at, s.event_id) from ${scansUpTo(upTo)} s), '[]')`;

const scanCount = (upTo: string) => `(select count(*) from scan_event s where s.bank_id = v.bank_id and s.visit_id = v.visit_id ${upTo})`;

const callBacks = `coalesce((
  select json_agg(json_build_object('eventId', k.call_back_id, 'kind', 'call_back', 'at', k.called_at, 'code', k.result, 'note', k.note,
    'actorName', ${nameOf('k.called_by')}) order by k.number)
  from ${newest('call_back', 'e.number desc')} k), '[]')`;

const clientAnswer = `(select json_build_object('eventId', n.answer_id, 'kind', 'client_answer', 'at', n.answered_at, 'code', n.result, 'note', n.note,
    'actorName', ${clientSideNameOf('n.answered_by')}, 'forName', ${actedForName('n.answered_by')}) from client_answer n where n.bank_id = v.bank_id and n.visit_id = v.visit_id)`;

/** Who acknowledged which exceptions. A rejection acknowledges nothing. */
const acknowledged = `coalesce((
  select json_agg(json_build_object('eventId', v.approval_id, 'kind', 'acknowledge', 'at', f.at, 'codes', f.codes, 'actorName', ${nameOf('f.by')}))
  from (select e.acknowledged_by as by, e.acknowledged_at as at, json_agg(e.code order by e.code) as codes from visit_exception e
    where e.bank_id = v.bank_id and e.visit_id = v.visit_id and e.lane = 'yellow' and e.acknowledged_at is not null and v.state = 'approved'
    group by e.acknowledged_by, e.acknowledged_at) f), '[]')`;

/** Decisions that came too late and changed nothing. */
const lateDecisions = `coalesce((
  select json_agg(json_build_object('eventId', l.approval_id, 'kind', l.decision, 'at', l.decided_at, 'outcome', 'refused', 'code', l.reason_code, 'note', l.note,
    'actorName', ${nameOf('l.decided_by')}) order by l.decided_at, l.approval_id)
  from ${newest('late_decision', 'e.decided_at desc, e.approval_id desc')} l), '[]')`;

/** What the events of visit `v` are made of. */
const columnsWith = (
  upTo: string,
) => `v.created_at, v.entered_at, v.manual_reason_code, v.manual_note, v.evidence, v.cancelled_at, v.cancel_note, v.payer_note,
  ${nameOf('v.planned_by')} as planned_by_name, ${nameOf('v.entered_by')} as entered_by_name, ${clientSideNameOf('v.cancelled_by')} as cancelled_by_name,
  case when v.cancelled_side = 'by_client' then ${actedForName('v.cancelled_by')} end as cancelled_for_name,
  ${scansOf(upTo)} as scans, ${callBacks} as call_backs, ${clientAnswer} as client_answer_event, ${acknowledged} as acknowledged,
  ${lateDecisions} as late_decisions, (select o.note from gate_overrule o where o.bank_id = v.bank_id and o.visit_id = v.visit_id) as overrule_note, ${scanCount(upTo)} as scan_count`;
export const eventColumns = columnsWith('');
/** Scans up to one by its id, as its first answer listed them; all of them where it is not kept. */
export const eventColumnsUpToScan = columnsWith(`and coalesce((s.received_at, s.event_id) <= (
  select k.received_at, k.event_id from scan_event k where k.bank_id = v.bank_id and k.event_id = $3), true)`);

/** What a scan does not have is null here, and left out of its event. */
export type StoredEvent = Pick<VisitEvent, 'eventId' | 'kind' | 'at' | 'actorName'> & Partial<VisitEvent>;
export type EventColumns = {
  createdAt: Date;
  enteredAt: Date | null;
  manualReasonCode: string | null;
  manualNote: string | null;
  evidence: string | null;
  cancelledAt: Date | null;
  cancelNote: string | null;
  payerNote: string | null;
  plannedByName: string | null;
  enteredByName: string | null;
  cancelledByName: string | null;
  cancelledForName: string | null;
  scans: StoredEvent[];
  callBacks: StoredEvent[];
  clientAnswerEvent: StoredEvent | null;
  acknowledged: StoredEvent[];
  lateDecisions: StoredEvent[];
  scanCount: number;
  overruleNote: string | null;
};
type DecisionColumns = AppealColumns & {
  cancelled: VisitLine['cancelled'];
  plannedEnd: Date;
  escalatedAt: Date | null;
  visitId: string;
  state: string;
  decidedAt: Date | null;
  decidedByName: string | null;
  decidedRule: 'auto_approve' | null;
  decisionReasonCode: string | null;
};

const utc = (instant: string) => new Date(instant).toISOString();
const eventOf = ({ earliest, latest, distanceMeters, accuracyMeters, forName, ...stored }: StoredEvent): VisitEvent => ({
  outcome: 'accepted',
  code: null,
  via: null,
  note: null,
  codes: [],
  ...stored,
  at: utc(stored.at),
  ...(forName ? { forName } : {}),
  ...(earliest && latest ? { earliest: utc(earliest), latest: utc(latest) } : {}),
  ...(typeof distanceMeters === 'number' && typeof accuracyMeters === 'number' ? { distanceMeters, accuracyMeters } : {}),
});

/** One approval may have been too late for many visits. */
const lateEvent = (late: StoredEvent) => eventOf({ ...late, eventId: deriveId(late.eventId, `late ${late.at}`) });

/** Why times were entered by hand and from what: for staff and the volunteer. */
function byHand({ manualReasonCode: code, manualNote: note, evidence }: EventColumns): Partial<VisitEvent> {
  return { code, note, ...(evidence === null ? {} : { evidence }) };
}

/** How far a phone was from a home is for staff only. */
export function scanEvents(kept: StoredEvent[], reader: Reader): VisitEvent[] {
  return kept.map((scan) => {
    const { distanceMeters: _distance, accuracyMeters: _accuracy, ...rest } = scan;
    return eventOf(reader === 'staff' ? scan : rest);
  });
}

function appealEvents(row: AppealColumns): VisitEvent[] {
  const { appealId, answerId, answeredAt } = row;
  if (appealId === null) return [];
  const made = {
    eventId: appealId,
    kind: 'appeal',
    at: row.appealedAt.toISOString(),
    actorName: row.appealerName,
    note: row.appealNote,
  } as const;
  if (answerId === null || answeredAt === null) return [eventOf(made)];
  const answer = { eventId: answerId, kind: 'appeal_answer', at: answeredAt.toISOString(), actorName: row.answererName } as const;
  return [eventOf(made), eventOf({ ...answer, code: row.outcome, note: row.answerNote })];
}

/**
 * A visit's history: planned first, then scans in the order they arrived, then everything else by time. Only staff see what was said on the phone;
 * what the client said in the app, also the client. The volunteer must learn of neither. Staff and the volunteer see an appeal.
 */
export function eventsOf(row: EventColumns & DecisionColumns, reader: Reader): VisitEvent[] {
  const at = (kind: VisitEvent['kind'], time: Date | null, actorName: string | null, more: Partial<VisitEvent> = {}): VisitEvent[] =>
    time ? [eventOf({ eventId: deriveId(row.visitId, kind), kind, at: time.toISOString(), actorName, ...more })] : [];
  const decision = row.decidedRule ?? (row.state === 'rejected' ? 'reject' : 'approve');
  const later = [
    ...at('manual', row.enteredAt, row.enteredByName, { via: 'hand', ...(reader === 'client' ? {} : byHand(row)) }),
    ...at('cancel', row.cancelledAt, row.cancelledByName, {
      code: cancelledAs(row.cancelled, reader)?.reasonCode ?? null,
      note: reader === 'staff' ? row.cancelNote : null,
      forName: row.cancelledForName ?? undefined,
    }),
    ...(reader === 'staff' ? row.callBacks.map(eventOf) : []),
    ...(reader !== 'volunteer' && row.clientAnswerEvent ? [eventOf(row.clientAnswerEvent)] : []),
    ...(reader === 'staff' ? at('escalate', row.escalatedAt, null) : []),
    ...row.acknowledged.map((seen) => eventOf({ ...seen, eventId: deriveId(seen.eventId, `acknowledge ${row.visitId}`) })),
    ...(reader === 'staff' ? row.lateDecisions.map(lateEvent) : []),
    ...at(decision, row.decidedAt, row.decidedByName, { code: row.decisionReasonCode }),
    ...(reader === 'client' ? [] : appealEvents(row)),
  ];
  later.sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
  // One that was recorded when it was over was never planned.
  const notes = [row.overruleNote, row.payerNote].filter((said) => said !== null);
  const note = reader === 'staff' && notes.length > 0 ? notes.join('\n') : null;
  const plan = row.createdAt < row.plannedEnd ? at('plan', row.createdAt, row.plannedByName, { note }) : [];
  return [...plan, ...scanEvents(row.scans, reader), ...later];
}
