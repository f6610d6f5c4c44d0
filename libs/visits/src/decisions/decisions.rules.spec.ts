import { describe, expect, it } from '@jest/globals';
import { decideByRule, decideVisit, type DecidedVisit, shorteningOf } from './decisions.rules';

const visit: DecidedVisit = {
  visitId: 'v',
  state: 'ready',
  creditedMinutes: 60,
  lane: 'clean',
  assurance: 'A1',
  callBackOpen: false,
  unansweredDays: 0,
  own: false,
  related: false,
  pairRelated: false,
  enteredByDecider: false,
  signInByDecider: false,
  plannedByDecider: false,
  wordByDecider: false,
  triedByDecider: false,
  homeClosedOn: null,
  isHeld: true,
  plannedPayer: 'client',
  payerFreeMinutes: 0,
  exceptions: [],
};
const approve = { decision: 'approve' } as const;
const due = { state: 'needs_ack', exceptions: [{ code: 'CALL_BACK_DUE', lane: 'yellow', parameters: { tryDays: 2 } }] } as const;
const red = (code: 'OVERLAP' | 'OVER_CAP' | 'CONFLICT_OF_INTEREST' | 'MISSING_IN' | 'CALL_BACK_DUE', parameters = {}) =>
  ({ state: 'needs_fix', exceptions: [{ code, lane: 'red', parameters }] }) as const;
const fewer = (minutes: number) => ({ ...approve, creditedMinutes: { v: minutes } });
const refused = (code: string) => ({ outcome: 'refused', code });

describe('deciding a visit', () => {
  it.each([
    ['a clean visit is approved with the proposed minutes', {}, approve, { outcome: 'approved', minutes: 60 }],
    ['the proposed minutes need no reason', {}, fewer(60), { outcome: 'approved', minutes: 60 }],
    ['fewer minutes need a reason', {}, fewer(50), refused('visits/reason_needed')],
    ['fewer minutes with a reason', {}, { ...fewer(50), reasonCode: 'left_early' }, { outcome: 'approved', minutes: 50 }],
    ['no minutes with a reason', {}, { ...fewer(0), reasonCode: 'left_early' }, { outcome: 'approved', minutes: 0 }],
    ['more minutes are refused, reason or not', {}, { ...fewer(61), reasonCode: 'other' }, refused('visits/longer_than_captured')],
    [
      'an acknowledged code that needs none is no error',
      {},
      { ...approve, acknowledge: ['LATE_IN'] },
      { outcome: 'approved', minutes: 60 },
    ],
    ["one's own", { own: true }, approve, refused('visits/own_visit')],
    ["one's own is not rejected either", { own: true }, { decision: 'reject' }, refused('visits/own_visit')],
    ["a relative's", { related: true }, approve, refused('visits/conflict_of_interest')],
    [
      'B1: one of somebody whose sign-in the decider had a hand in',
      { signInByDecider: true },
      approve,
      refused('visits/second_person_needed'),
    ],
    ['one that the decider entered', { enteredByDecider: true }, approve, refused('visits/second_person_needed')],
    ['one that the decider entered may be rejected', { enteredByDecider: true }, { decision: 'reject' }, { outcome: 'rejected' }],
    ["B3: one whose client's word the decider took down", { wordByDecider: true }, approve, refused('visits/second_person_needed')],
    ['B3: such a one may be rejected', { wordByDecider: true }, { decision: 'reject' }, { outcome: 'rejected' }],
    [
      'one whose client the decider did not reach, with no call due',
      { triedByDecider: true },
      approve,
      { outcome: 'approved', minutes: 60 },
    ],
    [
      'D1: another payer needs a client who cannot',
      { isHeld: false, payerFreeMinutes: 60 },
      { ...approve, payer: 'pool', reasonCode: 'other' },
      refused('visits/payer_is_client'),
    ],
    [
      'D1: another payer where the minutes are held',
      {},
      { ...approve, payer: 'fund', reasonCode: 'other' },
      refused('visits/payer_is_client'),
    ],
    [
      'D1: another payer without a reason',
      { isHeld: false, payerFreeMinutes: 59 },
      { ...approve, payer: 'pool' },
      refused('visits/reason_needed'),
    ],
    [
      'D1: another payer with one',
      { isHeld: false, payerFreeMinutes: 59 },
      { ...approve, payer: 'pool', reasonCode: 'other' },
      { outcome: 'approved', minutes: 60 },
    ],
    [
      'one for whom the pool pays and holds',
      { plannedPayer: 'pool' },
      { ...approve, payer: 'client', reasonCode: 'other' },
      refused('visits/payer_is_pool'),
    ],
    [
      'one for whom the pool was to pay and cannot',
      { plannedPayer: 'pool', isHeld: false, payerFreeMinutes: 59 },
      { ...approve, payer: 'client', reasonCode: 'other' },
      { outcome: 'approved', minutes: 60 },
    ],
    ['one that goes on', { state: 'in_progress' }, approve, refused('visits/not_ended')],
    ['one that is decided', { state: 'approved' }, approve, refused('visits/already_decided')],
    ['one that was cancelled', { state: 'cancelled' }, { decision: 'reject' }, refused('visits/already_decided')],
    ['a red one may be rejected', red('MISSING_IN'), { decision: 'reject' }, { outcome: 'rejected' }],
    [
      'a red one is fixed first, whatever the reason',
      red('MISSING_IN'),
      { ...fewer(10), reasonCode: 'other' },
      refused('visits/must_be_fixed'),
    ],
    ['an overlap without fewer minutes', red('OVERLAP'), { ...approve, reasonCode: 'overlap_corrected' }, refused('visits/must_be_fixed')],
    ['an overlap with fewer minutes and no reason', red('OVERLAP'), fewer(30), refused('visits/must_be_fixed')],
    [
      'an overlap with fewer minutes and a reason',
      red('OVERLAP'),
      { ...fewer(30), reasonCode: 'overlap_corrected' },
      { outcome: 'approved', minutes: 30 },
    ],
    [
      'a cap with more than it leaves',
      red('OVER_CAP', { roomMinutes: 40 }),
      { ...fewer(41), reasonCode: 'cap_applied' },
      refused('visits/must_be_fixed'),
    ],
    [
      'a cap with what it leaves',
      red('OVER_CAP', { roomMinutes: 40 }),
      { ...fewer(40), reasonCode: 'cap_applied' },
      { outcome: 'approved', minutes: 40 },
    ],
    [
      'one whose call-back is due, acknowledged or not',
      due,
      { ...approve, acknowledge: ['CALL_BACK_DUE'] },
      refused('visits/call_back_due'),
    ],
    [
      'one whose client was not reached on enough days, without a reason',
      { ...due, unansweredDays: 2 },
      { ...approve, acknowledge: ['CALL_BACK_DUE'] },
      refused('visits/call_back_due'),
    ],
    [
      'one whose client was not reached on enough days, with a reason alone',
      { ...due, unansweredDays: 2 },
      { ...approve, reasonCode: 'other' },
      refused('visits/must_be_acknowledged'),
    ],
    [
      'one whose client was not reached on enough days, acknowledged and with a reason',
      { ...due, unansweredDays: 2 },
      { ...approve, acknowledge: ['CALL_BACK_DUE'], reasonCode: 'other' },
      { outcome: 'approved', minutes: 60 },
    ],
    [
      'one whose client was not reached on too few days',
      { ...due, unansweredDays: 1 },
      { ...approve, acknowledge: ['CALL_BACK_DUE'], reasonCode: 'other' },
      refused('visits/call_back_due'),
    ],
    ['one whose call-back is due may be rejected', due, { decision: 'reject' }, { outcome: 'rejected' }],
    ['a denied one with a reason alone', red('CALL_BACK_DUE'), { ...approve, reasonCode: 'other' }, refused('visits/must_be_fixed')],
    [
      'a denied one with fewer minutes and a reason',
      red('CALL_BACK_DUE'),
      { ...fewer(30), reasonCode: 'client_confirmed' },
      { outcome: 'approved', minutes: 30 },
    ],
    ['a related pair without a reason', red('CONFLICT_OF_INTEREST'), approve, refused('visits/must_be_fixed')],
    ['a pair related since the scans, without a reason', { pairRelated: true }, approve, refused('visits/must_be_fixed')],
    [
      'a pair related since the scans, with a reason',
      { pairRelated: true },
      { ...approve, reasonCode: 'related_but_genuine' },
      { outcome: 'approved', minutes: 60 },
    ],
    [
      'a related pair with a reason',
      red('CONFLICT_OF_INTEREST'),
      { ...approve, reasonCode: 'related_but_genuine' },
      { outcome: 'approved', minutes: 60 },
    ],
    [
      'a related pair by who assigned it',
      { ...red('CONFLICT_OF_INTEREST'), plannedByDecider: true },
      { ...approve, reasonCode: 'related_but_genuine' },
      refused('visits/second_person_needed'),
    ],
  ] as const)('%s', (_, more, asked, decision) => {
    expect(decideVisit({ ...visit, ...more } as DecidedVisit, asked as Parameters<typeof decideVisit>[1])).toMatchObject(decision);
  });

  it('names the yellow codes that are left to acknowledge', () => {
    const yellow: DecidedVisit = {
      ...visit,
      state: 'needs_ack',
      exceptions: [
        { code: 'LATE_IN', lane: 'yellow', parameters: {} },
        { code: 'LONGER', lane: 'yellow', parameters: {} },
        { code: 'STATIC_ONLY', lane: 'info', parameters: {} },
      ],
    };
    expect(decideVisit(yellow, { ...approve, acknowledge: ['LATE_IN'] })).toEqual({
      outcome: 'refused',
      code: 'visits/must_be_acknowledged',
      parameters: { codes: ['LONGER'] },
    });
    expect(decideVisit(yellow, { ...approve, acknowledge: ['LATE_IN', 'LONGER'] })).toEqual({ outcome: 'approved', minutes: 60 });
  });
});

describe('the shortening that a desk offers', () => {
  it.each([
    ['an overlap leaves what does not overlap', 60, red('OVERLAP', { minutes: 13 }), { roomMinutes: 59, proposedMinutes: 47 }],
    ['an overlap longer than the visit leaves nothing', 10, red('OVERLAP', { minutes: 13 }), { roomMinutes: 9, proposedMinutes: 0 }],
    ['a cap leaves its room', 60, red('OVER_CAP', { roomMinutes: 40 }), { roomMinutes: 40, proposedMinutes: 40 }],
    ['the visits of a pair name no figure', 60, red('OVER_CAP', { cap: 'pair' }), { roomMinutes: 59, proposedMinutes: null }],
    ['a client who said no names no figure', 60, red('CALL_BACK_DUE'), { roomMinutes: 59, proposedMinutes: null }],
    ['a related pair needs no fewer', 60, red('CONFLICT_OF_INTEREST'), { roomMinutes: null, proposedMinutes: null }],
    ['nothing red, nothing to shorten', 60, {}, { roomMinutes: null, proposedMinutes: null }],
  ] as const)('D8: %s', (_, creditedMinutes, found, offered) => {
    const asked = { ...visit, ...found, creditedMinutes } as DecidedVisit;
    expect(shorteningOf(asked)).toEqual(offered);
    const { proposedMinutes, roomMinutes } = offered;
    if (roomMinutes === null) return;
    const decide = (minutes: number) => decideVisit(asked, { ...fewer(minutes), reasonCode: 'overlap_corrected' }).outcome;
    expect(decide(proposedMinutes ?? 0)).toBe('approved');
    expect([decide(roomMinutes), decide(roomMinutes + 1)]).toEqual(['approved', 'refused']);
  });
});

describe('deciding a visit by the rule alone', () => {
  it.each([
    ['approves a clean one with a second signal', {}, { outcome: 'approved', minutes: 60 }],
    ['approves one by a rotating code', { assurance: 'A3' }, { outcome: 'approved', minutes: 60 }],
    ['leaves one by the card alone to a person', { assurance: 'A1' }, refused('visits/person_needed')],
    ['leaves one whose call-back is open to a person', { callBackOpen: true }, refused('visits/person_needed')],
    ['leaves a yellow one to a person', { lane: 'yellow', state: 'needs_ack' }, refused('visits/person_needed')],
    ['leaves a pair related since the scans to a person', { pairRelated: true }, refused('visits/must_be_fixed')],
    ['D10: refuses one for the volunteer of a closed bank', { homeClosedOn: '2026-03-01' }, refused('banks/closed')],
    ['decides nothing twice', { state: 'approved' }, refused('visits/already_decided')],
  ] as const)('%s', (_, more, decision) => {
    expect(decideByRule({ ...visit, assurance: 'A2', ...more } as DecidedVisit)).toMatchObject(decision);
  });
});
