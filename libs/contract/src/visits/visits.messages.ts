import { z } from 'zod';
import { visitAppeal } from './appeals.messages';
import { furtherPayers } from '../requests/kind-lists';
import { id, instant, json, listOf, note, page, question, reasonCode, search, version } from '../primitives';
import { visitCancelInput, visitCancelled } from './cancels.messages';
import { visitInput } from './gate.messages';

/** What is recorded of a visit that had no plan. */
export { pastVisitInput } from './past-visits.messages';
export { manualReasonCodes, reasonCodes } from './reason-lists';
export { visitCancelInput, visitInput };

export const visitStates = [
  'planned',
  'in_progress',
  'ended',
  'ready',
  'needs_ack',
  'needs_fix',
  'approved',
  'rejected',
  'cancelled',
  'no_show',
] as const;
export const lanes = ['clean', 'yellow', 'red'] as const;
const exceptionLanes = ['red', 'yellow', 'info'] as const;
/** A closed list; who may lift what is in `libs/visits`. */
export const exceptionCodes = [
  'MISSING_IN',
  'MISSING_OUT',
  'CARD_CLIENT_MISMATCH',
  'CARD_REVOKED',
  'UNKNOWN_CODE',
  'OVERLAP',
  'IMPOSSIBLE_TRAVEL',
  'UNSCHEDULED',
  'OVER_CAP',
  'CONFLICT_OF_INTEREST',
  'LOCATION_OFF',
  'FAR',
  'EARLY_IN',
  'LATE_IN',
  'EARLY_OUT',
  'LONGER',
  'TOO_SHORT',
  'LATE_SYNC',
  'CLOCK_SKEW',
  'NEW_DEVICE',
  'SHARED_DEVICE',
  'STATIC_ONLY',
  'MANUAL_ENTRY',
  'REPLACEMENT',
  'UNVOUCHED',
  'UNSIGNED',
  'SENT_TOGETHER',
  'CALL_BACK_DUE',
  'OFFLINE',
] as const;
/** Whose minutes an approval moves. */
export const payers = ['client', 'pool', 'fund'] as const;
/** What a client said on the phone, or that nobody could be reached. */
export const callBackResults = ['confirmed', 'not_confirmed', 'not_reached'] as const;
export const assurances = ['A0', 'A1', 'A2', 'A3'] as const;

export const manualInput = z.strictObject({
  startedAt: instant,
  endedAt: instant,
  reasonCode,
  note: note.optional(),
});

/** What the client says in the app about a finished visit. */
export const clientAnswers = ['confirmed', 'not_confirmed'] as const;
export const clientAnswerInput = z.strictObject({ result: z.enum(clientAnswers), note: note.optional() });
export const callBackInput = z.strictObject({ result: z.enum(callBackResults), note: note.optional() });

const visitException = z.object({
  code: z.enum(exceptionCodes),
  lane: z.enum(exceptionLanes),
  parameters: z.record(z.string(), json),
  acknowledged: z.boolean(),
});

const visitEvent = z.object({
  eventId: id,
  kind: z.enum([
    'in',
    'out',
    'manual',
    'plan',
    'cancel',
    'approve',
    'reject',
    'call_back',
    'client_answer',
    'appeal',
    'appeal_answer',
    'escalate',
    'acknowledge',
    'auto_approve',
  ]),
  at: instant,
  outcome: z.enum(['accepted', 'duplicate', 'refused']),
  /** A refusal's code, a decision's reason, or what a call-back, the client or an appeal gave. */
  code: z.string().nullable(),
  via: z.enum(['card', 'typed', 'rotating', 'hand']).nullable(),
  actorName: z.string().nullable(),
  /** For whom, where somebody acted in the client's place. */
  forName: z.string().optional(),
  /** For an offline scan: the interval that the server can vouch for. */
  earliest: instant.nullable().optional(),
  latest: instant.nullable().optional(),
  /** How far the phone was from the client's home. Only for staff, and only with the person's consent. */
  distanceMeters: z.int().optional(),
  accuracyMeters: z.int().optional(),
  /** What was said with it; of a plan, to staff alone, why a coordinator set aside what stood in the way. */
  note: z.string().nullable(),
  /** What times entered by hand were read from; to staff and the volunteer. */
  evidence: z.string().optional(),
  /** The findings that were acknowledged. */
  codes: z.array(z.enum(exceptionCodes)),
});

/** No beginning was scanned: when its helper was asked, and since when they say that they are on the way. */
export const arrival = z.object({ askedAt: instant, onWayAt: instant.nullable() });

export const visit = z.object({
  visitId: id,
  bankId: id,
  requestId: id,
  clientId: id,
  clientName: z.string(),
  volunteerId: id,
  volunteerName: z.string(),
  /** A guest's home bank. */
  volunteerHomeBankId: id.nullable(),
  serviceKind: z.string(),
  place: z.string().nullable(),
  /** If the request names no place: the client's home, for the client, and for the helper until a day after the visit's end. */
  homeAddress: z.string().nullable(),
  /** What the client wrote when they asked; for the helper until a day after the visit's end. */
  note: z.string().nullable(),
  plannedStart: instant,
  plannedEnd: instant,
  plannedMinutes: z.int(),
  /** On whose account its minutes are held: the client's, or for a further helper the pool's. */
  heldFrom: z.enum(furtherPayers),
  state: z.enum(visitStates),
  cancelled: visitCancelled.nullable(),
  /** Null until the visit has ended. */
  lane: z.enum(lanes).nullable(),
  assurance: z.enum(assurances).nullable(),
  class: z.enum(['verified', 'manual']),
  capturedIn: instant.nullable(),
  capturedOut: instant.nullable(),
  creditedStart: instant.nullable(),
  creditedEnd: instant.nullable(),
  /** What approval would credit, or has credited; null before the visit has ended. */
  creditedMinutes: z.int().nullable(),
  exceptions: z.array(visitException),
  /** Where fewer minutes are the way out of red: the most that an approval with a reason may give within the evidence. For staff. */
  roomMinutes: z.int().nullable(),
  proposedMinutes: z.int().nullable(),
  /**
   * Who could pay how many of its minutes, for a waiting visit without a hold: others only what the client cannot. Null where there is a hold, and
   * for all but staff.
   */
  payers: z.array(z.object({ payer: z.enum(payers), upToMinutes: z.int() })).nullable(),
  /** Whether a call-back was drawn, and what the last one gave; null to whom it is not shown: the volunteer and the client. */
  callBack: z.object({ drawn: z.boolean(), result: z.enum(callBackResults).nullable() }).nullable(),
  /** What the client said in the app; null where they said nothing, and for the volunteer. */
  clientAnswer: z.enum(clientAnswers).nullable(),
  /** Since when it waits for a decision; null before and after, and to the client. */
  waitingSince: instant.nullable(),
  /** When it had waited too long; for staff. */
  escalatedAt: instant.nullable(),
  /** The newest fifty each of scans, calls and late decisions, and always the scans that count. */
  events: z.array(visitEvent),
  /** How many scans are kept, if `events` does not carry all of them: staff read them by `listVisitScans`. */
  scanCount: z.int().optional(),
  decision: z
    .object({
      approvalId: id,
      decision: z.enum(['approve', 'reject']),
      /** A rule that the bank switched on has no name and is no person. */
      by: z.enum(['person', 'rule']),
      byName: z.string().nullable(),
      at: instant,
      reasonCode: z.string().nullable(),
      transferId: id.nullable(),
      payer: z.enum(payers),
      reversed: z.boolean(),
    })
    .nullable(),
  /** The volunteer's objection to the decision; null to the client. */
  appeal: visitAppeal.nullable(),
  /** Until when the volunteer may object; null where there is nothing to object to, or it was done. */
  appealUntil: instant.nullable(),
  /** Set on the answer to a second scan of the same kind within five minutes. */
  duplicate: z.boolean().optional(),
  /** Where nobody began it in time; on one visit's own answer. */
  arrival: arrival.nullable().optional(),
  version,
});

/** A list line: everything but the events and the appeal. */
const visitLine = visit.omit({ events: true, appeal: true, appealUntil: true, duplicate: true, arrival: true });
const idList = z
  .string()
  .regex(/^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(,[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}){0,9}$/);
export const visitQuery = z.strictObject({
  ...page,
  ...search,
  /** By planned start, or by how long they wait: earliest first by default; `next` leaves out what is over. */
  sort: z.enum(['oldest', 'newest', 'next']).optional(),
  state: z.enum(visitStates).optional(),
  lane: z.enum(lanes).optional(),
  /** Only those that wait for a decision, or of these those that waited too long; the longest waiting first. */
  waiting: z.enum(['any', 'escalated']).optional(),
  serviceKind: question(60).optional(),
  /** Drawn for a call-back that nobody has answered yet, decided or not; for staff. */
  callBack: z.enum(['open']).optional(),
  /** Over by plan and not scanned at both ends: somebody has to enter the times before the recording deadline. */
  unrecorded: z.enum(['any']).optional(),
  /** What these approvals refused and still waits for a decision; for staff. Ids with commas between. */
  leftBy: idList.optional(),
  /** Called off by their helper on their own day or later; for staff. */
  late: z.enum(['only']).optional(),
  requestId: id.optional(),
  volunteerId: id.optional(),
  clientId: id.optional(),
  from: instant.optional(),
  to: instant.optional(),
});
export const visits = listOf(visitLine);
export const visitScanQuery = z.strictObject(page);
export const visitScans = listOf(visitEvent);

const cleanLane = z.object({ visits: z.int(), minutes: z.int(), volunteers: z.int() });

/** Counts for the head of the queue, over everything that waits for a decision. */
export const queue = z.object({
  lanes: z.object({ clean: z.int(), yellow: z.int(), red: z.int() }),
  clean: cleanLane.extend({ kinds: z.array(cleanLane.extend({ serviceKind: z.string() })) }),
  /** Waiting since before `overdueBefore`: longer than the bank gives itself. */
  overdue: z.int(),
  overdueBefore: instant,
  escalated: z.int(),
  /** Open ones. */
  appeals: z.int(),
  letters: z.int(),
  /** Requests that begin within policy `urgentWithinMinutes`, and nobody has taken them. */
  urgent: z.int(),
  /** What waits for a second person whom the caller could be. */
  waitingActs: z.int(),
});

export const approvalInput = z.strictObject({
  visitIds: z.array(id).min(1).max(1_000),
  decision: z.enum(['approve', 'reject']),
  reasonCode: reasonCode.optional(),
  note: note.optional(),
  creditedMinutes: z.record(id, z.int().min(0).max(1_440)).optional(),
  acknowledge: z.array(z.enum(exceptionCodes)).max(exceptionCodes.length).optional(),
  /** Who pays if the client has too little and nothing is held: with a reason, and only from what they have. */
  payer: z.enum(payers).optional(),
});
const approvalResult = z.object({
  visitId: id,
  outcome: z.enum(['approved', 'rejected', 'refused']),
  code: z.string().optional(),
  parameters: z.record(z.string(), json).optional(),
  transferId: id.optional(),
});
export const approval = z.object({ approvalId: id, results: z.array(approvalResult) });

export type Payer = (typeof payers)[number];
export type VisitState = (typeof visitStates)[number];
export type Lane = (typeof lanes)[number];
export type ExceptionLane = (typeof exceptionLanes)[number];
export type ExceptionCode = (typeof exceptionCodes)[number];
export type Assurance = (typeof assurances)[number];
export type VisitInput = z.infer<typeof visitInput>;
export type ClientAnswerInput = z.infer<typeof clientAnswerInput>;
export type CallBackInput = z.infer<typeof callBackInput>;
export type ManualInput = z.infer<typeof manualInput>;
export type VisitException = z.infer<typeof visitException>;
export type VisitEvent = z.infer<typeof visitEvent>;
export type Visit = z.infer<typeof visit>;
export type VisitLine = z.infer<typeof visitLine>;
export type VisitScanQuery = z.infer<typeof visitScanQuery>;
export type VisitQuery = z.infer<typeof visitQuery>;
export type Queue = z.infer<typeof queue>;
export type ApprovalInput = z.infer<typeof approvalInput>;
export type ApprovalResult = z.infer<typeof approvalResult>;
export type Approval = z.infer<typeof approval>;
