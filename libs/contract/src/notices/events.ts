import type { WaitingActKind } from '../access/acts.messages';
import type { AppealAnswerInput } from '../visits/appeals.messages';
import type { LetterAnswerInput } from '../visits/letters.messages';
import type { ActRole } from '../access/roles';
import type { CallBackInput, ClientAnswerInput, Payer } from '../visits/visits.messages';

/** In every event about a visit: whose it is, what was planned and for when (ISO 8601, UTC). Ids and codes, no names. */
export type VisitParties = {
  visitId: string;
  requestId: string;
  clientId: string;
  volunteerId: string;
  serviceKind: string;
  startsAt: string;
};
/** Whose own action it was: they get no notice of it. */
type By = { actorId: string };
type MemberBy = By & { memberId: string };

/** How a visit was decided; minutes and payer if it was approved. */
export type DecidedVisit = VisitParties & { payer: Payer; reasonCode?: string } & (
    | { outcome: 'approved'; minutes: number }
    | { outcome: 'rejected' }
  );

/**
 * The events that rooms tell, by kind, in the transaction that causes them. Only ids, codes, minutes and times: an event outlives its subject, and
 * its deliverer reads it. A telling that needs something its event lacks does not compile.
 */
export type Events = {
  /** `moved`: it was theirs before, at another time. */
  'visits/planned': VisitParties & By & { moved?: true };
  'visits/cancelled': VisitParties & By & { withRequest: boolean };
  /** A helper's place at a request that is still to come is free again. */
  'visits/place_free': Pick<VisitParties, 'requestId' | 'clientId' | 'serviceKind' | 'startsAt'>;
  /** The state that the visit is in since. */
  'visits/scanned': VisitParties & By & { kind: 'in' | 'out'; at: string; state: string };
  'visits/entered': VisitParties & By & { reasonCode: string };
  'visits/recorded': VisitParties & By & { reasonCode: string };
  /** `rule`: the bank's own rule decided, no person. */
  'visits/decided': { approvalId: string; visits: readonly DecidedVisit[]; actorId: string | null; rule: string | null };
  /** The first or the second reminder that an end was not scanned. */
  'visits/scan_out_due': VisitParties & { reminder: 1 | 2 };
  /** The evening before. */
  'visits/tomorrow': VisitParties;
  /** The first day after a pause: of a helper, or of a client. */
  'people/back': { memberId: string; helps: boolean };
  'calls/wished': MemberBy & { wishId: string; visitId?: string };
  /** No beginning was scanned in time; its helper is asked. */
  'visits/nobody_came': VisitParties;
  'visits/on_my_way': VisitParties & By;
  'visits/closed': VisitParties;
  'visits/no_show': VisitParties;
  'visits/escalated': { visitId: string; waitingSince: string };
  'visits/client_answered': VisitParties & By & { result: ClientAnswerInput['result'] };
  'visits/called_back': VisitParties & By & { callBackId: string; result: CallBackInput['result'] };
  'visits/appealed': VisitParties & By & { appealId: string };
  'visits/appeal_answered': { visitId: string; appealId: string; volunteerId: string; outcome: AppealAnswerInput['outcome'] } & By;
  /** The visit it is about, when that is the volunteer's own. */
  'letters/closed': { letterId: string; volunteerId: string; visitId?: string; at: string; outcome: LetterAnswerInput['outcome'] } & By;
  'cards/issued': { cardId: string; clientId: string };
  'cards/revoked': { cardId: string; clientId: string };
  'displays/opened': { displayId: string; clientId: string | null };
  'requests/opened': { requestId: string; clientId: string; serviceKind: string; startsAt: string };
  'requests/changed': { requestId: string };
  'requests/cancelled': By & { requestId: string; clientId: string; serviceKind: string; startsAt: string; note?: string };
  /** A colleague whom its helper named has it now. */
  'visits/handed_over': VisitParties & By;
  /** Its helper stays and is told. */
  'visits/moved': VisitParties & By;
  /** A regular was to take a date that the client's minutes do not reach for. */
  'series/short': { requestId: string; clientId: string; serviceKind: string; startsAt: string };
  /** No regular can take a date. */
  'series/unfilled': { requestId: string; clientId: string; serviceKind: string; startsAt: string };
  /** A volunteer is asked whether they would take a request. `actorId`: the coordinator who asks; none where a round does. */
  'offers/made': Omit<VisitParties, 'visitId'> & Partial<By>;
  /** Who stood by has it now. */
  'offers/promoted': VisitParties;
  /** Nobody has said yes, and nobody else is asked by itself. */
  'offers/exhausted': { requestId: string; clientId: string; serviceKind: string; startsAt: string };
  /** A day before, and nobody has taken it. */
  'requests/still_needed': { requestId: string; clientId: string; serviceKind: string; startsAt: string };
  /** A qualification ends before what somebody has promised: so many visits and dates, from `startsAt` on. */
  'qualifications/ending': {
    memberId: string;
    requestId: string;
    serviceKind: string;
    startsAt: string;
    qualification: string;
    until: string | null;
    visits: number;
  };
  /** A place in a course is theirs: by the draw, or because somebody left it. */
  'courses/placed': { memberId: string; courseId: string; startsAt: string };
  'courses/waiting': { memberId: string; courseId: string; startsAt: string };
  'courses/cancelled': By & { memberId: string; courseId: string; startsAt: string };
  /** Another time or place than they signed up for; the next of its sessions. */
  'courses/changed': By & { memberId: string; courseId: string; startsAt: string };
  /** That somebody was at the session that began then. */
  'courses/attendance_taken_back': By & { memberId: string; courseId: string; startsAt: string };
  /** Somebody passed; through which day they are qualified, if the course gives that. */
  'courses/passed': By & { memberId: string; courseId: string; startsAt: string; until: string | null };
  /** A place in an activity is theirs: somebody gave it back, or there are more. */
  'activities/placed': { memberId: string; activityId: string; startsAt: string; title: string };
  /** Another time or place than they signed up for. */
  'activities/changed': By & { memberId: string; activityId: string; startsAt: string; title: string };
  'activities/cancelled': By & { memberId: string; activityId: string; startsAt: string; title: string };
  /** So many helpers are lacking, and it is near. */
  'activities/short': { activityId: string; startsAt: string; title: string; helpers: number };
  /** A helper was given its minutes. */
  'activities/credited': By & { memberId: string; activityId: string; startsAt: string; title: string; minutes: number };
  'banks/closed': By & { bankId: string; askedBy: string };
  'banks/reopened': By & { bankId: string; askedBy: string };
  /** `roles`: who may confirm it. */
  'acts/waits': By & { actId: string; actKind: WaitingActKind; roles: readonly ActRole[] };
  'acts/done': By & { actId: string; actKind: WaitingActKind; askedBy: string };
  /** At the other bank, and at the same one. */
  'relations/recorded': MemberBy;
  'relations/recorded_here': MemberBy;
  'hours/member_left': MemberBy & { settlementId: string; reason: string };
  'members/reset_started': MemberBy;
  'members/phone_moved': MemberBy;
  /** Nobody is left out: it is news because the person may not have done it themselves. */
  'members/password_changed': { memberId: string; personId: string };
  /** Somebody may act for a client, or may no longer; null where a rule ended it. */
  'proxies/begun': By & { proxyId: string; clientId: string; personId: string };
  'proxies/ended': { proxyId: string; clientId: string; personId: string; actorId: string | null };
  /** A call of theirs became a request; who comes is not settled. */
  'phone_calls/noted': By & { requestId: string; clientId: string; serviceKind: string; startsAt: string };
  /** Somebody without an account told of an elder. */
  'findings/told': { findingId: string };
  'guests/asked': MemberBy & { homeBankId: string };
  'guests/confirmed': MemberBy & { homeBankId: string };
  'guests/ended': { memberId: string; homeBankId: string };
};

export type EventKind = keyof Events;
