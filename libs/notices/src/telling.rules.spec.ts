import { describe, expect, it } from '@jest/globals';
import { noticeKinds } from '@timebank/contract';
import { type Draft, noticesOf } from './telling.rules';

const parties = {
  visitId: 'visit',
  requestId: 'request',
  clientId: 'client',
  volunteerId: 'volunteer',
  serviceKind: 'company',
  startsAt: '2026-03-02T01:00:00.000Z',
};
const nameOf = (to: Draft['to']) => ('roles' in to ? to.roles.join() : 'memberId' in to ? to.memberId : to.personId);
const said = (kind: string, payload: Record<string, unknown>) =>
  noticesOf({ kind, payload }).map(({ to, kind: notice }) => [nameOf(to), notice]);

/** Every event that tells anybody, with what it tells. */
const told: [kind: string, payload: Record<string, unknown>, expected: [string, string][]][] = [
  [
    'visits/planned',
    parties,
    [
      ['volunteer', 'visit_assigned'],
      ['client', 'visit_planned'],
    ],
  ],
  [
    'visits/cancelled',
    { ...parties, withRequest: false },
    [
      ['volunteer', 'visit_cancelled'],
      ['client', 'helper_cancelled'],
    ],
  ],
  ['visits/cancelled', { ...parties, withRequest: true }, [['volunteer', 'visit_cancelled']]],
  ['visits/scanned', { ...parties, kind: 'in' }, [['client', 'visit_begun']]],
  ['visits/scanned', { ...parties, kind: 'out' }, [['client', 'visit_ended']]],
  [
    'visits/recorded',
    parties,
    [
      ['volunteer', 'visit_recorded'],
      ['client', 'help_recorded'],
    ],
  ],
  [
    'visits/decided',
    { visits: [{ ...parties, outcome: 'approved', payer: 'pool', minutes: 60 }] },
    [
      ['volunteer', 'visit_approved'],
      ['client', 'help_paid'],
    ],
  ],
  ['visits/scan_out_due', { ...parties, reminder: 1 }, [['volunteer', 'scan_out_due']]],
  ['visits/scan_out_due', { ...parties, reminder: 2 }, [['volunteer', 'scan_out_overdue']]],
  ['visits/closed', parties, [['volunteer', 'scan_out_missing']]],
  [
    'visits/no_show',
    parties,
    [
      ['volunteer', 'visit_missed'],
      ['client', 'help_missed'],
    ],
  ],
  ['requests/cancelled', { requestId: 'request', clientId: 'client' }, [['client', 'request_cancelled']]],
  ['visits/client_answered', { ...parties, result: 'confirmed' }, []],
  ['visits/client_answered', { ...parties, result: 'not_confirmed' }, [['coordinator', 'visit_denied']]],
  ['visits/appealed', parties, [['coordinator', 'appeal_made']]],
  ['visits/appeal_answered', { ...parties, outcome: 'upheld' }, [['volunteer', 'appeal_upheld']]],
  ['visits/appeal_answered', { ...parties, outcome: 'granted' }, [['volunteer', 'appeal_granted']]],
  ['letters/closed', { ...parties, letterId: 'letter', outcome: 'entered' }, [['volunteer', 'letter_entered']]],
  ['letters/closed', { letterId: 'letter', volunteerId: 'volunteer', outcome: 'explained' }, [['volunteer', 'letter_explained']]],
  ['letters/closed', { letterId: 'letter', volunteerId: 'volunteer', outcome: 'rejected' }, [['volunteer', 'letter_rejected']]],
  ['acts/waits', { actId: 'act', actKind: 'grant', roles: ['admin'] }, [['admin', 'act_waits']]],
  ['acts/done', { actId: 'act', actKind: 'grant', askedBy: 'person' }, [['person', 'act_done']]],
  [
    'relations/recorded',
    { memberId: 'relative' },
    [
      ['relative', 'relation_recorded'],
      ['coordinator', 'relation_recorded'],
    ],
  ],
  ['relations/recorded_here', { memberId: 'relative' }, [['relative', 'relation_here']]],
  ['hours/member_left', { memberId: 'leaver', reason: 'death' }, [['coordinator', 'member_left']]],
  ['members/reset_started', { memberId: 'member', actorId: 'staff' }, [['member', 'sign_in_reset']]],
  ['members/phone_moved', { memberId: 'member', actorId: 'staff' }, [['member', 'sign_in_phone_moved']]],
  ['members/password_changed', { memberId: 'member' }, [['member', 'password_changed']]],
  ['guests/asked', { memberId: 'guest' }, [['coordinator', 'guest_asked']]],
  ['guests/confirmed', { memberId: 'guest' }, [['guest', 'guest_confirmed']]],
  [
    'visits/decided',
    {
      visits: [
        { ...parties, outcome: 'approved', minutes: 60 },
        { ...parties, visitId: 'other visit', outcome: 'rejected' },
      ],
    },
    [
      ['volunteer', 'visit_approved'],
      ['client', 'help_approved'],
      ['volunteer', 'visit_rejected'],
      ['client', 'help_rejected'],
    ],
  ],
];

describe('what tells whom', () => {
  it.each(told)('%s', (kind, payload, expected) => {
    expect(said(kind, payload)).toEqual(expected);
  });

  it('uses every kind of notice, and no other', () => {
    expect([...new Set(told.flatMap(([, , expected]) => expected.map(([, kind]) => kind)))].sort()).toEqual([...noticeKinds].sort());
  });

  it('is nobody for what concerns the desk only', () => {
    for (const kind of [
      'visits/escalated',
      'requests/opened',
      'requests/changed',
      'cards/issued',
      'cards/revoked',
      'visits/entered',
      'guests/ended',
    ])
      expect(said(kind, parties)).toEqual([]);
  });

  it('is nobody for an event that names nobody, or turned out in a way that the table does not know', () => {
    expect(said('visits/planned', { visitId: 'visit' })).toEqual([]);
    expect(said('visits/planned', { clientId: 'client' })).toEqual([]);
    expect(said('visits/scanned', { ...parties, kind: 'sideways' })).toEqual([]);
    expect(said('visits/decided', { approvalId: 'approval', results: [] })).toEqual([]);
  });

  it('C8: says why a visit was decided so, where a reason was given', () => {
    const visits = [{ ...parties, outcome: 'rejected', reasonCode: 'duplicate' }];
    expect(noticesOf({ kind: 'visits/decided', payload: { visits } })[0]).toMatchObject({
      kind: 'visit_rejected',
      parameters: { reasonCode: 'duplicate' },
    });
  });

  it('names the person whose own action it was, so that they are left out', () => {
    const drafts = noticesOf({
      kind: 'visits/decided',
      payload: { actorId: 'coordinator', visits: [{ ...parties, outcome: 'approved' }] },
    });
    expect(drafts.map(({ exceptPersonId }) => exceptPersonId)).toEqual(['coordinator', 'coordinator']);
    expect(noticesOf({ kind: 'visits/closed', payload: parties })[0]?.exceptPersonId).toBeNull();
  });

  it('keeps codes, times and minutes of an event, and none of its notes or people', () => {
    const [draft] = noticesOf({
      kind: 'requests/cancelled',
      payload: { requestId: 'request', clientId: 'client', serviceKind: 'meal', note: 'moved to her daughter', actorId: 'coordinator' },
    });
    expect(draft).toMatchObject({ subjectId: 'request', parameters: { requestId: 'request', serviceKind: 'meal' } });
    expect(Object.keys(draft?.parameters ?? {})).toEqual(['requestId', 'serviceKind']);
  });
});
