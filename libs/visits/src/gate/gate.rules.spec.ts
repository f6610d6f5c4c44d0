import { describe, expect, it } from '@jest/globals';
import { gateReasonCodes, gateReasons, type GateReason } from '@timebank/contract';
import { forOneself, type GateFacts, type GatePolicy, reasonsAfterwards, reasonsOf, refusalOf, statusOf, toldOf } from './gate.rules';
import { noRules } from './spec-gate';

const policy: GatePolicy = {
  restMinutes: 30,
  planCapMinutes: 240,
  pairCapMinutes: 120,
  reactivateWithinDays: 30,
  riskyFrom: 'high',
  insuranceRequired: 'risky',
  trainingFrom: 'high',
  pairFrom: 'high',
  pairFirstVisits: 3,
};
const day = '2026-03-20';
const today = '2026-03-02';
const qualified = (validUntil: string | null, exemptUntil: string | null = null) => ({
  needed: [{ code: 'first_aid', validUntil, exemptUntil }],
});
/** Somebody whom nothing bars: qualified, and far from every limit. */
const free: GateFacts = {
  requestState: 'open',
  helps: false,
  endedAt: null,
  isOwn: false,
  isVolunteer: true,
  isDisabled: false,
  hasLeft: false,
  ...qualified(day),
  day,
  today,
  overlapping: null,
  overlappingBankId: null,
  otherPlan: null,
  bankWithoutInterchange: null,
  heldBackUntil: null,
  isOpenToVolunteers: true,
  minutes: 60,
  nearestMinutes: null,
  dayMinutes: 0,
  pairMinutes: 0,
  isPaused: false,
  weekMinutes: 0,
  weekWish: null,
  serviceKind: 'bathing',
  riskLevel: 'high',
  riskVersion: null,
  knowsRisk: false,
  uninsuredOn: null,
  isUntrained: false,
  visitsDone: 0,
  hasMentors: false,
  mentorHelps: false,
  helpersNeeded: 1,
  isBlocked: false,
  helperWish: null,
  gender: null,
  isRelated: false,
};
const found = (more: Partial<GateFacts>, by: GatePolicy = policy) => reasonsOf({ ...free, ...more }, by);
const codes = (more: Partial<GateFacts>, by?: GatePolicy) => found(more, by).map(({ reason }) => reason);

/** Of each reason: what just fails, and what just passes. */
const edges: Record<GateReason, [Partial<GateFacts>, Partial<GateFacts>]> = {
  full: [{ requestState: 'taken' }, { requestState: 'open' }],
  too_late: [{ endedAt: new Date(0) }, { endedAt: null }],
  own_request: [{ isOwn: true }, { isOwn: false }],
  not_a_volunteer: [{ isVolunteer: false }, { isVolunteer: true }],
  barred: [{ isDisabled: true }, { isDisabled: false }],
  left: [{ hasLeft: true }, { hasLeft: false }],
  qualification_missing: [qualified(null), qualified(null, day)],
  qualification_expired: [qualified('2026-03-01'), qualified('2026-03-01', day)],
  qualification_ends_before: [qualified('2026-03-19'), qualified('2026-03-20')],
  overlaps: [{ overlapping: 'visit' }, { overlapping: null }],
  interchange_off: [{ bankWithoutInterchange: 'bank' }, { bankWithoutInterchange: null }],
  paused: [{ isPaused: true }, { isPaused: false }],
  not_insured: [{ uninsuredOn: '2026-03-05' }, { uninsuredOn: null }],
  not_open_yet: [{ heldBackUntil: '2026-03-03T01:00:00.000Z' }, { heldBackUntil: null }],
  not_open_to_volunteers: [{ isOpenToVolunteers: false }, { isOpenToVolunteers: true }],
  rest: [{ nearestMinutes: 29 }, { nearestMinutes: 30 }],
  day_cap: [{ dayMinutes: 181 }, { dayMinutes: 180 }],
  pair_cap: [{ pairMinutes: 61 }, { pairMinutes: 60 }],
  week_wish: [
    { weekWish: 240, weekMinutes: 181 },
    { weekWish: 240, weekMinutes: 180 },
  ],
  training_missing: [{ isUntrained: true }, { isUntrained: false }],
  pair_needed: [
    { hasMentors: true, visitsDone: 2 },
    { hasMentors: true, visitsDone: 3 },
  ],
  risk_not_read: [{ riskVersion: 'second' }, { riskVersion: 'second', knowsRisk: true }],
  blocked_pair: [{ isBlocked: true }, { isBlocked: false }],
  wish_woman: [
    { helperWish: 'woman', gender: null },
    { helperWish: 'woman', gender: 'woman' },
  ],
  wish_man: [
    { helperWish: 'man', gender: 'woman' },
    { helperWish: 'man', gender: 'man' },
  ],
  related: [{ isRelated: true }, { isRelated: false }],
};

describe('the gate', () => {
  it.each(Object.entries(edges) as [GateReason, [Partial<GateFacts>, Partial<GateFacts>]][])(
    '%s stops who just fails and nobody who just passes',
    (reason, [fails, passes]) => {
      expect(codes(fails)).toEqual([reason]);
      expect(codes(passes)).toEqual([]);
    },
  );

  it('asks for an insurance of what policy names: nothing, what is risky, or all', () => {
    const asked = (insuranceRequired: GatePolicy['insuranceRequired'], riskLevel: GateFacts['riskLevel']) =>
      codes({ uninsuredOn: '2026-03-05', riskLevel }, { ...policy, insuranceRequired });
    expect([asked('off', 'high'), asked('risky', 'high'), asked('risky', 'low'), asked('all', 'low')]).toEqual([
      [],
      ['not_insured'],
      [],
      ['not_insured'],
    ]);
  });

  it('stops nobody by what a bank has not set: the defaults change nothing', () => {
    expect(codes({ nearestMinutes: 0, dayMinutes: 1_000, pairMinutes: 1_000 }, noRules)).toEqual([]);
    expect(found(qualified('2026-03-01'), noRules)).toMatchObject([{ strength: 'hard' }]);
  });

  it('says all reasons at once, in the order of the list', () => {
    const worst = Object.assign({}, ...Object.values(edges).map(([fails]) => fails), qualified(null)) as Partial<GateFacts>;
    const impossible = ['qualification_expired', 'qualification_ends_before', 'wish_woman'];
    expect(codes(worst)).toEqual(gateReasonCodes.filter((code) => !impossible.includes(code)));
    const three = {
      needed: [qualified(null), qualified('2026-02-01'), qualified('2026-03-19')].flatMap(({ needed }) => needed),
    };
    expect(codes(three)).toEqual(['qualification_missing', 'qualification_expired', 'qualification_ends_before']);
  });

  it.each([
    ['high', 'high', true],
    ['medium', 'high', false],
    ['medium', 'medium', true],
    ['low', 'medium', false],
  ] as const)('asks for the risks of a kind of level %s where policy says from %s: %s', (riskLevel, riskyFrom, asked) => {
    expect(codes({ riskLevel, riskVersion: 'first' }, { ...policy, riskyFrom })).toEqual(asked ? ['risk_not_read'] : []);
  });

  it.each([
    [{}, ['pair_needed']],
    [{ mentorHelps: true }, ['pair_needed']],
    [{ mentorHelps: true, helpersNeeded: 2 }, []],
    [{ helpersNeeded: 2 }, ['pair_needed']],
    [{ hasMentors: false }, []],
    [{ riskLevel: 'medium' }, []],
  ] as [Partial<GateFacts>, GateReason[]][])('lets a newcomer come along with a mentor: %j finds %j', (more, reasons) => {
    expect(codes({ hasMentors: true, visitsDone: 0, ...more })).toEqual(reasons);
  });

  it('asks for pairs and training from the level on that policy says, or not at all', () => {
    const facts = { hasMentors: true, isUntrained: true, riskLevel: 'medium' } as const;
    expect(codes(facts, { ...policy, pairFrom: 'medium', trainingFrom: 'medium' })).toEqual(['training_missing', 'pair_needed']);
    expect(codes({ ...facts, riskLevel: 'high' }, { ...policy, pairFrom: 'off', trainingFrom: 'off' })).toEqual([]);
    expect(codes({ ...facts, visitsDone: 1 }, { ...policy, pairFrom: 'medium', pairFirstVisits: 1 })).toEqual([]);
  });

  it('judges a qualification by its own kind where that says how long it can be renewed', () => {
    const held = { code: 'first_aid', validUntil: '2026-02-20', exemptUntil: null };
    const on = { day, today };
    expect([null, 28, 27].map((reactivateWithinDays) => statusOf({ ...held, reactivateWithinDays }, on, 27))).toEqual([
      'expired',
      'reactivatable',
      'expired',
    ]);
  });

  it('asks for no risks of which nothing is said, and names the wording that is to be read', () => {
    expect(codes({ riskVersion: null })).toEqual([]);
    expect(refusalOf(found({ riskVersion: 'first' }), 'volunteer')).toMatchObject({
      code: 'gate/risk_not_read',
      parameters: { serviceKind: 'bathing', riskVersion: 'first', gate: ['risk_not_read'] },
    });
  });

  it.each([
    ['2026-03-20', null, 'valid'],
    ['2026-03-19', null, 'ends_before'],
    ['2026-03-19', '2026-03-20', 'exempt'],
    ['2026-03-19', '2026-03-19', 'ends_before'],
    ['2026-03-02', null, 'ends_before'],
    ['2026-03-01', null, 'reactivatable'],
    ['2026-02-18', null, 'reactivatable'],
    ['2026-02-17', null, 'expired'],
    ['2026-02-17', '2026-03-20', 'exempt'],
    [null, '2026-03-20', 'exempt'],
    [null, '2026-03-19', 'missing'],
    [null, null, 'missing'],
  ] as const)(
    'judges a qualification through %s and an exemption through %s on the day of the visit: %s',
    (validUntil, exemptUntil, status) => {
      expect(statusOf({ code: 'first_aid', validUntil, exemptUntil }, { day, today }, 30)).toBe(status);
    },
  );

  it('lets a coordinator set aside an expired qualification only while it can be reactivated', () => {
    expect(found(qualified('2026-02-18'))).toMatchObject([{ reason: 'qualification_expired', strength: 'soft' }]);
    expect(found(qualified('2026-02-17'))).toMatchObject([{ reason: 'qualification_expired', strength: 'hard' }]);
  });

  it('refuses by the first reason, with all that the reader may know', () => {
    expect(refusalOf(found({ overlapping: 'v', dayMinutes: 300 }), 'volunteer')).toMatchObject({
      code: 'visits/overlapping_plan',
      parameters: { visitId: 'v', gate: ['overlaps', 'day_cap'] },
    });
    expect(refusalOf(found({ dayMinutes: 300, isRelated: true }), 'staff')).toMatchObject({
      code: 'gate/day_cap',
      parameters: { limitMinutes: 240, plannedMinutes: 300, gate: ['day_cap', 'related'], mayOverrule: true },
    });
    expect(refusalOf(found({ overlapping: 'v', dayMinutes: 300 }), 'staff')?.parameters).not.toHaveProperty('mayOverrule');
    expect(refusalOf(forOneself(found({ dayMinutes: 300 })), 'staff')?.parameters).toEqual({
      limitMinutes: 240,
      plannedMinutes: 300,
      gate: ['day_cap'],
    });
    expect(refusalOf(forOneself(found({ isRelated: true })), 'staff')).toBeNull();
    expect(refusalOf(found({ isRelated: true }), 'staff')).toBeNull();
    expect(refusalOf(found({}), 'volunteer')).toBeNull();
  });

  it('hides from a volunteer what they never learn: the request is as if taken, whatever else there is', () => {
    const hidden = gateReasonCodes.filter((code) => 'hidden' in gateReasons[code] && gateReasons[code].strength !== 'warning');
    expect(hidden).toEqual(['not_open_yet', 'blocked_pair', 'wish_woman', 'wish_man']);
    for (const also of [{}, { overlapping: 'v' }, { dayMinutes: 300 }]) {
      const ifTaken = refusalOf(found({ ...also, requestState: 'taken' }), 'volunteer');
      for (const reason of hidden) {
        const refusal = refusalOf(found({ ...also, ...edges[reason][0] }), 'volunteer');
        expect([refusal?.code, refusal?.parameters, refusal?.path]).toEqual([ifTaken?.code, ifTaken?.parameters, ifTaken?.path]);
        expect(refusalOf(found(edges[reason][0]), 'staff')).toMatchObject({ code: `gate/${reason}`, parameters: { gate: [reason] } });
      }
    }
    expect(toldOf(found({ isRelated: true }), 'volunteer')).toEqual([]);
  });

  it('asks of a visit that took place only whether it may count', () => {
    const worst = Object.assign({}, ...Object.values(edges).map(([fails]) => fails), qualified(null)) as Partial<GateFacts>;
    expect(reasonsOf({ ...free, ...worst }, policy, reasonsAfterwards).map(({ reason }) => reason)).toEqual([
      'own_request',
      'not_a_volunteer',
      'barred',
      'qualification_missing',
      'overlaps',
      'interchange_off',
    ]);
  });
});
