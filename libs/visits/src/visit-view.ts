import { exceptionCodes, type Visit, type VisitEvent, type VisitException, type VisitLine } from '@timebank/contract';
import { deriveId } from '@timebank/database';

/** The exceptions of visit `v` as JSON. */
const exceptions = `coalesce((
  select json_agg(json_build_object('code', e.code, 'lane', e.lane, 'parameters', e.parameters, 'acknowledged', e.acknowledged_at is not null))
  from visit_exception e where e.bank_id = v.bank_id and e.visit_id = v.visit_id), '[]')`;

const nameOf = (person: string) => `(select p.name from helper p where p.bank_id = v.bank_id and p.person_id = ${person})`;

const scans = `coalesce((
  select json_agg(json_build_object('eventId', s.event_id, 'kind', s.kind, 'at', s.at, 'outcome', s.outcome, 'code', s.code, 'via', s.via, 'earliest', s.earliest, 'latest', s.latest,
    'actorName', ${nameOf('s.actor_id')}) order by s.received_at, s.event_id)
  from scan_event s where s.bank_id = v.bank_id and s.visit_id = v.visit_id), '[]')`;

const columns = `v.visit_id, v.bank_id, v.request_id, v.client_id, c.name as client_name, v.volunteer_id, v.volunteer_home_bank_id, w.name as volunteer_name, v.service_kind,
  r.place, v.planned_start, v.planned_end, v.planned_minutes, v.state, v.lane, v.assurance, v.class, v.captured_in, v.captured_out,
  v.credited_start, v.credited_end, v.credited_minutes, v.version, v.approval_id, v.decided_at, v.decision_reason_code, v.transfer_id,
  ${nameOf('v.decided_by')} as decided_by_name,
  exists (select from transfer t where t.bank_id = v.bank_id and t.reverses_id = v.transfer_id) as reversed,
  ${exceptions} as exceptions`;

const joins = `from visit v
  join member c on c.bank_id = v.bank_id and c.member_id = v.client_id
  join helper w on w.bank_id = v.bank_id and w.member_id = v.volunteer_id
  join request r on r.bank_id = v.bank_id and r.request_id = v.request_id
  where v.bank_id = $1`;

export const visitLineSelect = `select ${columns} ${joins}`;
export const visitSelect = `select ${columns}, v.created_at, v.entered_at, v.cancelled_at, ${nameOf('v.planned_by')} as planned_by_name,
  ${nameOf('v.entered_by')} as entered_by_name, ${nameOf('v.cancelled_by')} as cancelled_by_name, ${scans} as scans ${joins}`;

type Moment = 'plannedStart' | 'plannedEnd' | 'capturedIn' | 'capturedOut' | 'creditedStart' | 'creditedEnd';
export type VisitLineRow = Omit<VisitLine, Moment | 'decision'> & {
  [Key in Moment]: VisitLine[Key] extends string ? Date : Date | null;
} & {
  approvalId: string | null;
  decidedAt: Date | null;
  decidedByName: string | null;
  decisionReasonCode: string | null;
  transferId: string | null;
  reversed: boolean;
  exceptions: VisitException[];
};
export type VisitViewRow = VisitLineRow & {
  createdAt: Date;
  enteredAt: Date | null;
  cancelledAt: Date | null;
  plannedByName: string | null;
  enteredByName: string | null;
  cancelledByName: string | null;
  scans: (VisitEvent & { at: string })[];
};

const utc = (instant: string) => new Date(instant).toISOString();
const text = (instant: Date | null) => instant?.toISOString() ?? null;

const placeOf = new Map(exceptionCodes.map((code, place) => [code, place]));

export function lineOf(row: VisitLineRow): VisitLine {
  const { approvalId, decidedAt, decidedByName: byName, decisionReasonCode: reasonCode, transferId, reversed, ...line } = row;
  return {
    ...line,
    exceptions: row.exceptions.sort((left, right) => (placeOf.get(left.code) ?? 0) - (placeOf.get(right.code) ?? 0)),
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
            byName,
            at: decidedAt.toISOString(),
            reasonCode,
            transferId,
            reversed,
          }
        : null,
  };
}

/** What happened to a visit besides scans, from the visit's own row. */
function milestones(row: VisitViewRow): VisitEvent[] {
  const event = (kind: VisitEvent['kind'], at: Date | null, actorName: string | null, code: string | null = null): VisitEvent[] => {
    const via = kind === 'manual' ? 'hand' : null;
    return at ? [{ eventId: deriveId(row.visitId, kind), kind, at: at.toISOString(), outcome: 'accepted', code, via, actorName }] : [];
  };
  return [
    ...event('manual', row.enteredAt, row.enteredByName),
    ...event('cancel', row.cancelledAt, row.cancelledByName),
    ...event(row.state === 'rejected' ? 'reject' : 'approve', row.decidedAt, row.decidedByName, row.decisionReasonCode),
  ];
}

/** A visit with its events: planned first, then scans as they arrived, then what was decided. */
export function visitOf(row: VisitViewRow): Visit {
  const planned: VisitEvent = {
    eventId: deriveId(row.visitId, 'plan'),
    kind: 'plan',
    at: row.createdAt.toISOString(),
    outcome: 'accepted',
    code: null,
    via: null,
    actorName: row.plannedByName,
  };
  const {
    scans: kept,
    createdAt: _created,
    enteredAt: _entered,
    cancelledAt: _cancelled,
    plannedByName: _planner,
    enteredByName: _typist,
    cancelledByName: _canceller,
    ...line
  } = row;
  const scanned = kept.map((scan) => ({
    ...scan,
    at: utc(scan.at),
    earliest: scan.earliest && utc(scan.earliest),
    latest: scan.latest && utc(scan.latest),
  }));
  return { ...lineOf(line), events: [planned, ...scanned, ...milestones(row)] };
}
