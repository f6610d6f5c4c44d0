import type { ActRole, DecidedVisit, EventKind, Events, NoticeKind } from '@timebank/contract';

/** A member, and whoever is to be told for a client; a person; or everybody with a role in the bank or in the city. */
type Readers = { memberId: string; asClient?: true } | { personId: string } | { roles: readonly ActRole[] };
type Telling = { to: Readers; kind: NoticeKind; about: object };

/** What to say to whom; never to the person whose own action it was. */
export type Draft = Omit<Telling, 'about'> & { exceptPersonId: string | null; subjectId: string; parameters: Record<string, unknown> };

const member = (kind: NoticeKind, about: { memberId: string }): Telling => ({ to: { memberId: about.memberId }, kind, about });
const volunteer = (kind: NoticeKind, about: { volunteerId: string }): Telling => ({ to: { memberId: about.volunteerId }, kind, about });
const client = (kind: NoticeKind, about: { clientId: string }): Telling => ({
  to: { memberId: about.clientId, asClient: true },
  kind,
  about,
});
const holders = (roles: readonly ActRole[], kind: NoticeKind, about: object): Telling => ({ to: { roles }, kind, about });
const coordinators = (kind: NoticeKind, about: object): Telling => holders(['coordinator'], kind, about);

/** The one table of who is told what: every event, with nobody where nothing is to be done about it. Of one thing a person is told what comes first here. */
const tellings: { readonly [Kind in EventKind]: (event: Events[Kind]) => readonly Telling[] } = {
  'visits/planned': (visit) => [volunteer(visit.moved ? 'visit_moved' : 'visit_assigned', visit), client('visit_planned', visit)],
  // With the request, the client is told about the request itself.
  'visits/cancelled': (visit) => [volunteer('visit_cancelled', visit), ...(visit.withRequest ? [] : [client('helper_cancelled', visit)])],
  'visits/handed_over': (visit) => [volunteer('visit_handed_over', visit)],
  'visits/moved': (visit) => [volunteer('visit_moved', visit)],
  'series/short': (date) => [coordinators('series_short', date)],
  'series/unfilled': (date) => [coordinators('series_unfilled', date)],
  'offers/made': (offer) => [volunteer('offer_made', offer)],
  'offers/promoted': (visit) => [volunteer('offer_promoted', visit)],
  'offers/exhausted': (request) => [coordinators('offers_exhausted', request)],
  'requests/still_needed': (request) => [client('still_needed', request), coordinators('request_unanswered', request)],
  'qualifications/ending': (ending) => [member('qualification_ending', ending)],
  'courses/placed': (course) => [member('course_placed', course)],
  'courses/waiting': (course) => [member('course_waiting', course)],
  'courses/cancelled': (course) => [member('course_cancelled', course)],
  'courses/changed': (course) => [member('course_changed', course)],
  'courses/attendance_taken_back': (course) => [member('course_taken_back', course)],
  'courses/passed': (course) => [member('course_passed', course)],
  'activities/placed': (activity) => [member('activity_placed', activity)],
  'activities/changed': (activity) => [member('activity_changed', activity)],
  'activities/cancelled': (activity) => [member('activity_cancelled', activity)],
  'activities/short': (activity) => [coordinators('activity_short', activity)],
  'activities/credited': (activity) => [member('activity_credited', activity)],
  'visits/scanned': (visit) => [client(visit.kind === 'in' ? 'visit_begun' : 'visit_ended', visit)],
  'visits/decided': ({ visits = [] }) => visits.flatMap(decided),
  'visits/recorded': (visit) => [volunteer('visit_recorded', visit), client('help_recorded', visit)],
  'visits/scan_out_due': (visit) => [volunteer(visit.reminder === 1 ? 'scan_out_due' : 'scan_out_overdue', visit)],
  'visits/tomorrow': (visit) => [volunteer('tomorrow_helper', visit), client('tomorrow_client', visit)],
  'people/back': (person) =>
    person.helps
      ? [member('helper_back', person)]
      : [{ to: { memberId: person.memberId, asClient: true }, kind: 'client_back', about: person }],
  'calls/wished': (wish) => [coordinators('call_wished', wish)],
  'visits/nobody_came': (visit) => [
    volunteer('arrival_asked', visit),
    client('helper_not_seen', visit),
    coordinators('nobody_came', visit),
  ],
  'visits/on_my_way': (visit) => [client('helper_on_way', visit)],
  'visits/closed': (visit) => [volunteer('scan_out_missing', visit)],
  'visits/no_show': (visit) => [volunteer('visit_missed', visit), client('help_missed', visit)],
  'visits/client_answered': (visit) => (visit.result === 'not_confirmed' ? [coordinators('visit_denied', visit)] : []),
  'visits/appealed': (visit) => [coordinators('appeal_made', visit)],
  'visits/appeal_answered': (appeal) => [volunteer(`appeal_${appeal.outcome}`, appeal)],
  'letters/closed': (letter) => [volunteer(`letter_${letter.outcome}`, letter)],
  'requests/cancelled': (request) => [client('request_cancelled', request)],
  'acts/waits': (act) => [holders(act.roles, 'act_waits', act)],
  'acts/done': (act) => [{ to: { personId: act.askedBy }, kind: 'act_done', about: act }],
  'banks/closed': (bank) => [holders(['coordinator', 'admin'], 'bank_closed', bank)],
  'banks/reopened': (bank) => [holders(['coordinator', 'admin'], 'bank_reopened', bank)],
  'relations/recorded': (relative) => [member('relation_recorded', relative), coordinators('relation_recorded', relative)],
  'relations/recorded_here': (relative) => [member('relation_here', relative)],
  'hours/member_left': (leaver) => [coordinators('member_left', leaver)],
  'members/reset_started': (told) => [member('sign_in_reset', told)],
  'members/phone_moved': (told) => [member('sign_in_phone_moved', told)],
  'members/password_changed': (told) => [member('password_changed', told)],
  'guests/asked': (guest) => [coordinators('guest_asked', guest)],
  'guests/confirmed': (guest) => [member('guest_confirmed', guest)],
  'guests/ended': () => [],
  'proxies/begun': (proxy) => [{ to: { personId: proxy.personId }, kind: 'acts_begun', about: proxy }, client('proxy_begun', proxy)],
  'proxies/ended': (proxy) => [{ to: { personId: proxy.personId }, kind: 'acts_ended', about: proxy }, client('proxy_ended', proxy)],
  'phone_calls/noted': (request) => [client('request_noted', request)],
  'findings/told': (finding) => [coordinators('finding_told', finding)],
  'visits/place_free': () => [],
  'visits/entered': () => [],
  'visits/called_back': () => [],
  'visits/escalated': () => [],
  'cards/issued': () => [],
  'cards/revoked': () => [],
  'displays/opened': () => [],
  'requests/opened': () => [],
  'requests/changed': () => [],
};

/** What the client is told besides, where somebody did it in their place. */
const tellingsOfProxies: { readonly [Kind in EventKind]?: (event: Events[Kind]) => readonly Telling[] } = {
  'requests/opened': (request) => [client('proxy_asked', request)],
  'visits/client_answered': (visit) => [client('proxy_answered', visit)],
};

/** Another than the client pays: nothing of theirs was used. */
function decided(visit: DecidedVisit): Telling[] {
  if (visit.outcome === 'rejected') return [volunteer('visit_rejected', visit), client('help_rejected', visit)];
  return [volunteer('visit_approved', visit), client(visit.payer === 'client' ? 'help_approved' : 'help_paid', visit)];
}

/** All that a notice keeps about its subject. */
const kept = [
  'visitId',
  'requestId',
  'memberId',
  'serviceKind',
  'actKind',
  'startsAt',
  'at',
  'minutes',
  'reasonCode',
  'qualification',
  'until',
  'visits',
  'courseId',
  'activityId',
  'title',
  'helpers',
] as const;
type NoticeFacts = Partial<Record<(typeof kept)[number] | 'letterId' | 'actId' | 'bankId' | 'proxyId' | 'findingId', string>>;

/** Ids by which names are found when it is read: who acts for the client, and for whom the reader does. */
function actingIn(kind: EventKind, to: Readers, payload: object): { byId?: string; forId?: string } {
  const { byProxy, clientId, personId } = payload as { byProxy?: string; clientId?: string; personId?: string };
  if (kind === 'proxies/begun' || kind === 'proxies/ended') return 'personId' in to ? { forId: clientId } : { byId: personId };
  return byProxy !== undefined && 'asClient' in to ? { byId: byProxy } : {};
}

const isNamed = (to: Readers) => Object.values(to).every((reader) => reader !== undefined);

/**
 * What an event of the outbox says to whom. One decision tells about each of its visits. An older program may have written the event: if its kind no
 * longer exists, or it lacks somebody whom the table needs, it tells nobody.
 */
export function noticesOf<Kind extends EventKind>({ kind, payload }: { kind: Kind; payload: Events[Kind] }): Draft[] {
  const tell = tellings[kind] as ((event: Events[Kind]) => readonly Telling[]) | undefined;
  const { actorId, byProxy } = payload as { actorId?: string | null; byProxy?: string };
  const exceptPersonId = actorId ?? byProxy ?? null;
  const besides = byProxy !== undefined ? (tellingsOfProxies[kind] as typeof tell) : undefined;
  return [...(tell?.(payload) ?? []), ...(besides?.(payload) ?? [])].flatMap(({ about, ...told }): Draft[] => {
    const from = about as NoticeFacts;
    const subjectId =
      from.visitId ??
      from.requestId ??
      from.courseId ??
      from.activityId ??
      from.memberId ??
      from.letterId ??
      from.actId ??
      from.proxyId ??
      from.findingId ??
      from.bankId;
    if (subjectId === undefined || !isNamed(told.to)) return [];
    const parameters = Object.fromEntries(kept.flatMap((name) => ((from[name] ?? undefined) === undefined ? [] : [[name, from[name]]])));
    return [{ ...told, exceptPersonId, subjectId, parameters: { ...parameters, ...actingIn(kind, told.to, payload) } }];
  });
}
