import { describe, expect, it } from '@jest/globals';
import { noticeKinds, type DecidedVisit, type EventKind, type Events } from '@timebank/contract';
import { type Draft, noticesOf } from './telling.rules';

const parties = {
  visitId: 'visit',
  requestId: 'request',
  clientId: 'client',
  volunteerId: 'volunteer',
  serviceKind: 'company',
  startsAt: '2026-03-02T01:00:00.000Z',
};
const by = { actorId: 'somebody' };
const at = '2026-03-02T01:05:00.000Z';
const approved: DecidedVisit = { ...parties, outcome: 'approved', payer: 'client', minutes: 60 };
const rejected: DecidedVisit = { ...parties, visitId: 'other visit', outcome: 'rejected', payer: 'client' };
const decision = { approvalId: 'approval', rule: null };
const date = { requestId: 'request', clientId: 'client', serviceKind: 'meal', startsAt: parties.startsAt };
const cancelled = { ...by, requestId: 'request', clientId: 'client', serviceKind: 'meal', startsAt: parties.startsAt };
const activity = { memberId: 'member', activityId: 'activity', startsAt: at, title: 'Singing' };
const byProxy = { byProxy: 'son' };
const answered = { ...parties, ...by, result: 'confirmed' as const, ...byProxy };
const letter = { ...by, letterId: 'letter', volunteerId: 'volunteer', at };

const nameOf = (to: Draft['to']) => ('roles' in to ? to.roles.join() : 'memberId' in to ? to.memberId : to.personId);
type Row = [kind: EventKind, said: string[], expected: string[]];
/** An event, and whom it is to tell what. */
const row = <Kind extends EventKind>(kind: Kind, payload: Events[Kind], ...expected: string[]): Row => [
  kind,
  noticesOf({ kind, payload }).map((draft) => `${nameOf(draft.to)}: ${draft.kind}`),
  expected,
];

const told: Row[] = [
  row('visits/planned', { ...parties, ...by }, 'volunteer: visit_assigned', 'client: visit_planned'),
  row('visits/cancelled', { ...parties, ...by, withRequest: false }, 'volunteer: visit_cancelled', 'client: helper_cancelled'),
  row('visits/cancelled', { ...parties, ...by, withRequest: true }, 'volunteer: visit_cancelled'),
  row('visits/moved', { ...parties, ...by }, 'volunteer: visit_moved'),
  row('visits/handed_over', { ...parties, ...by }, 'volunteer: visit_handed_over'),
  row('visits/tomorrow', parties, 'volunteer: tomorrow_helper', 'client: tomorrow_client'),
  row('visits/nobody_came', parties, 'volunteer: arrival_asked', 'client: helper_not_seen', 'coordinator: nobody_came'),
  row('visits/on_my_way', { ...parties, ...by }, 'client: helper_on_way'),
  row('calls/wished', { ...by, wishId: 'wish', memberId: 'member' }, 'coordinator: call_wished'),
  row('people/back', { memberId: 'member', helps: false }, 'member: client_back'),
  row('people/back', { memberId: 'member', helps: true }, 'member: helper_back'),
  row('series/short', date, 'coordinator: series_short'),
  row('series/unfilled', date, 'coordinator: series_unfilled'),
  row(
    'qualifications/ending',
    { memberId: 'helper', requestId: 'request', serviceKind: 'bathing', startsAt: at, qualification: 'first_aid', until: null, visits: 2 },
    'helper: qualification_ending',
  ),
  row('courses/placed', { memberId: 'learner', courseId: 'course', startsAt: at }, 'learner: course_placed'),
  row('courses/waiting', { memberId: 'learner', courseId: 'course', startsAt: at }, 'learner: course_waiting'),
  row('courses/cancelled', { ...by, memberId: 'learner', courseId: 'course', startsAt: at }, 'learner: course_cancelled'),
  row('courses/changed', { ...by, memberId: 'learner', courseId: 'course', startsAt: at }, 'learner: course_changed'),
  row('courses/attendance_taken_back', { ...by, memberId: 'learner', courseId: 'course', startsAt: at }, 'learner: course_taken_back'),
  row('courses/passed', { ...by, memberId: 'learner', courseId: 'course', startsAt: at, until: null }, 'learner: course_passed'),
  row('activities/placed', activity, 'member: activity_placed'),
  row('activities/changed', { ...by, ...activity }, 'member: activity_changed'),
  row('activities/cancelled', { ...by, ...activity }, 'member: activity_cancelled'),
  row('activities/short', { activityId: 'activity', startsAt: at, title: 'Singing', helpers: 2 }, 'coordinator: activity_short'),
  row('activities/credited', { ...by, ...activity, minutes: 90 }, 'member: activity_credited'),
  row('offers/made', parties, 'volunteer: offer_made'),
  row('offers/promoted', parties, 'volunteer: offer_promoted'),
  row('offers/exhausted', date, 'coordinator: offers_exhausted'),
  row('requests/still_needed', date, 'client: still_needed', 'coordinator: request_unanswered'),
  row('visits/planned', { ...parties, ...by, moved: true }, 'volunteer: visit_moved', 'client: visit_planned'),
  row('visits/scanned', { ...parties, ...by, kind: 'in', at, state: 'in_progress' }, 'client: visit_begun'),
  row('visits/scanned', { ...parties, ...by, kind: 'out', at, state: 'to_approve' }, 'client: visit_ended'),
  row('proxies/begun', { ...by, proxyId: 'proxy', clientId: 'client', personId: 'son' }, 'son: acts_begun', 'client: proxy_begun'),
  row('proxies/ended', { actorId: null, proxyId: 'proxy', clientId: 'client', personId: 'son' }, 'son: acts_ended', 'client: proxy_ended'),
  row('requests/opened', { ...date, ...byProxy }, 'client: proxy_asked'),
  row('visits/client_answered', answered, 'client: proxy_answered'),
  row('phone_calls/noted', { ...by, ...date }, 'client: request_noted'),
  row('findings/told', { findingId: 'finding' }, 'coordinator: finding_told'),
  row('visits/entered', { ...parties, ...by, reasonCode: 'no_phone' }),
  row('visits/recorded', { ...parties, ...by, reasonCode: 'no_phone' }, 'volunteer: visit_recorded', 'client: help_recorded'),
  row(
    'visits/decided',
    { ...decision, ...by, visits: [approved, rejected] },
    'volunteer: visit_approved',
    'client: help_approved',
    'volunteer: visit_rejected',
    'client: help_rejected',
  ),
  row(
    'visits/decided',
    { ...decision, actorId: null, visits: [{ ...approved, payer: 'pool' }] },
    'volunteer: visit_approved',
    'client: help_paid',
  ),
  row('visits/scan_out_due', { ...parties, reminder: 1 }, 'volunteer: scan_out_due'),
  row('visits/scan_out_due', { ...parties, reminder: 2 }, 'volunteer: scan_out_overdue'),
  row('visits/closed', parties, 'volunteer: scan_out_missing'),
  row('visits/no_show', parties, 'volunteer: visit_missed', 'client: help_missed'),
  row('visits/escalated', { visitId: 'visit', waitingSince: at }),
  row('visits/client_answered', { ...parties, ...by, result: 'confirmed' }),
  row('visits/client_answered', { ...parties, ...by, result: 'not_confirmed' }, 'coordinator: visit_denied'),
  row('visits/called_back', { ...parties, ...by, callBackId: 'call', result: 'confirmed' }),
  row('visits/appealed', { ...parties, ...by, appealId: 'appeal' }, 'coordinator: appeal_made'),
  row('visits/appeal_answered', { ...parties, ...by, appealId: 'appeal', outcome: 'upheld' }, 'volunteer: appeal_upheld'),
  row('visits/appeal_answered', { ...parties, ...by, appealId: 'appeal', outcome: 'granted' }, 'volunteer: appeal_granted'),
  row('letters/closed', { ...letter, visitId: 'visit', outcome: 'entered' }, 'volunteer: letter_entered'),
  row('letters/closed', { ...letter, outcome: 'explained' }, 'volunteer: letter_explained'),
  row('letters/closed', { ...letter, outcome: 'rejected' }, 'volunteer: letter_rejected'),
  row('cards/issued', { cardId: 'card', clientId: 'client' }),
  row('cards/revoked', { cardId: 'card', clientId: 'client' }),
  row('displays/opened', { displayId: 'display', clientId: 'client' }),
  row('requests/opened', date),
  row('requests/changed', { requestId: 'request' }),
  row('requests/cancelled', cancelled, 'client: request_cancelled'),
  row('acts/waits', { ...by, actId: 'act', actKind: 'grant', roles: ['admin'] }, 'admin: act_waits'),
  row('acts/waits', { ...by, actId: 'act', actKind: 'closing', roles: ['city admin'] }, 'city admin: act_waits'),
  row('acts/done', { ...by, actId: 'act', actKind: 'grant', askedBy: 'person' }, 'person: act_done'),
  row('banks/closed', { ...by, bankId: 'bank', askedBy: 'person' }, 'coordinator,admin: bank_closed'),
  row('banks/reopened', { ...by, bankId: 'bank', askedBy: 'person' }, 'coordinator,admin: bank_reopened'),
  row('relations/recorded', { ...by, memberId: 'relative' }, 'relative: relation_recorded', 'coordinator: relation_recorded'),
  row('relations/recorded_here', { ...by, memberId: 'relative' }, 'relative: relation_here'),
  row('hours/member_left', { ...by, settlementId: 'settlement', memberId: 'leaver', reason: 'death' }, 'coordinator: member_left'),
  row('members/reset_started', { ...by, memberId: 'member' }, 'member: sign_in_reset'),
  row('members/phone_moved', { ...by, memberId: 'member' }, 'member: sign_in_phone_moved'),
  row('members/password_changed', { memberId: 'member', personId: 'person' }, 'member: password_changed'),
  row('guests/asked', { ...by, memberId: 'guest', homeBankId: 'bank' }, 'coordinator: guest_asked'),
  row('guests/confirmed', { ...by, memberId: 'guest', homeBankId: 'bank' }, 'guest: guest_confirmed'),
  row('guests/ended', { memberId: 'guest', homeBankId: 'bank' }),
];

describe('what tells whom', () => {
  it.each(told)('%s', (_, said, expected) => {
    expect(said).toEqual(expected);
  });

  it('uses every kind of notice, and no other', () => {
    expect([...new Set(told.flatMap(([, said]) => said.map((one) => one.split(': ')[1])))].sort()).toEqual([...noticeKinds].sort());
  });

  it('is nobody for what an older program told: of a kind that there is no more, or without somebody whom it names today', () => {
    const older = (kind: string, payload: object) =>
      noticesOf({ kind, payload } as unknown as { kind: 'visits/closed'; payload: typeof parties });
    expect(older('visits/forgotten', parties)).toEqual([]);
    expect(older('visits/planned', { visitId: 'visit' })).toEqual([]);
    expect(older('visits/planned', { clientId: 'client', volunteerId: 'volunteer' })).toEqual([]);
    expect(older('visits/decided', { approvalId: 'approval', results: [] })).toEqual([]);
  });

  it('C8: says why a visit was decided so, where a reason was given', () => {
    const visits = [{ ...rejected, reasonCode: 'duplicate' }];
    expect(noticesOf({ kind: 'visits/decided', payload: { ...decision, ...by, visits } })[0]).toMatchObject({
      kind: 'visit_rejected',
      parameters: { reasonCode: 'duplicate' },
    });
  });

  it('names the person whose own action it was, so that they are left out', () => {
    const drafts = noticesOf({ kind: 'visits/decided', payload: { ...decision, actorId: 'coordinator', visits: [approved] } });
    expect(drafts.map(({ exceptPersonId }) => exceptPersonId)).toEqual(['coordinator', 'coordinator']);
    expect(noticesOf({ kind: 'visits/closed', payload: parties })[0]?.exceptPersonId).toBeNull();
  });

  it('keeps codes, times and minutes of an event, and none of its notes or people', () => {
    const [draft] = noticesOf({ kind: 'requests/cancelled', payload: { ...cancelled, note: 'moved to her daughter' } });
    expect(draft).toMatchObject({ subjectId: 'request', parameters: { requestId: 'request', serviceKind: 'meal' } });
    expect(Object.keys(draft?.parameters ?? {})).toEqual(['requestId', 'serviceKind', 'startsAt']);
  });
});
