import { describe, expect, it } from '@jest/globals';
import { policyDefaults, policyKeys, type ExceptionCode, type Policy } from '@timebank/contract';
import type { Capture, DeviceEvidence } from '../evidence/evidence';
import { judge } from './judge.rules';
import type { VisitFacts } from './visit-facts';

const policy = Object.fromEntries(policyKeys.map((key) => [key, policyDefaults[key].value])) as Policy;
const plannedStart = new Date('2026-03-02T01:00:00Z');
const minute = (minutes: number) => new Date(plannedStart.getTime() + minutes * 60_000);
const scanned = (minutes: number, more: Partial<Capture> = {}): Capture => ({
  at: minute(minutes),
  cardFault: null,
  offline: false,
  delayMinutes: 0,
  skewMinutes: 0,
  widthMinutes: 0,
  dated: null,
  receivedAt: minute(minutes),
  via: 'card',
  distance: null,
  device: null,
  ...more,
});
const clean: VisitFacts = {
  clientId: 'client',
  plannedStart,
  plannedEnd: minute(60),
  plannedMinutes: 60,
  zone: 'Asia/Shanghai',
  in: scanned(0),
  out: scanned(60),
  entered: null,
  ended: true,
  relatedAs: null,
  replaces: false,
  homeIsKnown: false,
  riskIsHigh: false,
  firstDeviceAt: null,
  others: [],
  clientConfirmed: false,
  callBackDue: null,
};
const other = (from: number, to: number, more: Partial<VisitFacts['others'][number]> = {}) => ({
  clientId: 'another',
  interval: { start: minute(from), end: minute(to) },
  creditedMinutes: to - from,
  awayMeters: null,
  ...more,
});
const codesOf = (facts: Partial<VisitFacts>, rules: Partial<Policy> = {}) =>
  judge({ ...clean, ...facts }, { ...policy, ...rules }).findings.map(({ code }) => code);
const second = 1 / 60;

describe('a visit as planned', () => {
  it('is clean, ready and A1; its static card is only noted', () => {
    expect(judge(clean, policy)).toMatchObject({
      lane: 'clean',
      state: 'ready',
      assurance: 'A1',
      credit: { minutes: 60 },
      findings: [{ code: 'STATIC_ONLY', lane: 'info' }],
    });
  });

  it('has no lane and no credit while it goes on, but shows what is known', () => {
    expect(judge({ ...clean, in: scanned(20), out: null, ended: false }, policy)).toMatchObject({
      lane: null,
      state: 'in_progress',
      credit: null,
    });
    expect(codesOf({ in: scanned(20), out: null, ended: false })).toEqual(['LATE_IN', 'STATIC_ONLY']);
  });
});

describe('thresholds, both sides', () => {
  const beside: [ExceptionCode, string, Partial<VisitFacts>, Partial<VisitFacts>][] = [
    ['EARLY_IN', 'more than 15 minutes before the plan', { in: scanned(-15) }, { in: scanned(-15 - second) }],
    ['LATE_IN', 'more than 10 minutes after the plan', { in: scanned(10) }, { in: scanned(10 + second) }],
    ['UNSCHEDULED', 'more than 30 minutes early', { in: scanned(-30) }, { in: scanned(-30 - second) }],
    ['UNSCHEDULED', 'more than 60 minutes late', { in: scanned(60), out: scanned(120) }, { in: scanned(60 + second), out: scanned(120) }],
    ['EARLY_OUT', 'more than 15 minutes before the planned end', { out: scanned(45) }, { out: scanned(45 - second) }],
    ['LONGER', 'more whole minutes than planned', { out: scanned(60.9) }, { out: scanned(61) }],
    ['LONGER', 'an early arrival is not longer', { in: scanned(-10) }, { in: scanned(-10), out: scanned(61) }],
    ['TOO_SHORT', 'under 10 minutes', { out: scanned(10) }, { out: scanned(10 - second) }],
    ['LATE_SYNC', 'more than a day late', { in: scanned(0, { delayMinutes: 1_440 }) }, { in: scanned(0, { delayMinutes: 1_441 }) }],
    ['CLOCK_SKEW', 'more than 2 minutes off', { in: scanned(0, { skewMinutes: 2 }) }, { in: scanned(0, { skewMinutes: 2.1 }) }],
    ['OVERLAP', 'another visit at the same time', { others: [other(60, 90), other(-30, 0)] }, { others: [other(59, 90)] }],
    ['OVER_CAP', 'over 4 hours a visit', { plannedMinutes: 300, out: scanned(240) }, { plannedMinutes: 300, out: scanned(241) }],
    ['OVER_CAP', 'over 8 hours a day', { others: [other(120, 540)] }, { others: [other(120, 541)] }],
    [
      'OVER_CAP',
      'over 3 visits of a pair a day',
      { others: [other(100, 110, { clientId: 'client' }), other(200, 210, { clientId: 'client' })] },
      { others: [100, 200, 300].map((from) => other(from, from + 10, { clientId: 'client' })) },
    ],
    ['CONFLICT_OF_INTEREST', 'a related pair', { relatedAs: null }, { relatedAs: 'child' }],
    ['REPLACEMENT', 'another volunteer had it before', { replaces: false }, { replaces: true }],
    ['MISSING_IN', 'ended without a start', { in: scanned(0) }, { in: null }],
    ['MISSING_OUT', 'closed without an end', { out: scanned(60) }, { out: null }],
    ['OFFLINE', 'recorded offline', { in: scanned(0) }, { in: scanned(0, { offline: true }) }],
    ['CARD_CLIENT_MISMATCH', "somebody else's card", {}, { in: scanned(0, { cardFault: 'CARD_CLIENT_MISMATCH' }) }],
    ['CARD_REVOKED', 'a revoked card', {}, { out: scanned(60, { cardFault: 'CARD_REVOKED' }) }],
    ['UNKNOWN_CODE', 'no card of ours', {}, { out: scanned(60, { cardFault: 'UNKNOWN_CODE' }) }],
  ];

  it.each(beside)('%s: %s', (code, _, within, beyond) => {
    expect(codesOf(within)).not.toContain(code);
    expect(codesOf(beyond)).toContain(code);
  });

  it("count the caps by the bank's own day, not by UTC's", () => {
    const late = { in: scanned(14 * 60), out: scanned(15 * 60), plannedStart: minute(14 * 60), plannedEnd: minute(15 * 60) };
    expect(codesOf({ ...late, others: [other(15 * 60 + 60, 15 * 60 + 60 + 480)] })).not.toContain('OVER_CAP');
    expect(codesOf({ ...late, others: [other(0, 480)] })).toContain('OVER_CAP');
  });

  it('say how many minutes a cap leaves', () => {
    const verdict = judge({ ...clean, others: [other(120, 570)] }, policy);
    expect(verdict.findings).toContainEqual({ code: 'OVER_CAP', lane: 'red', parameters: { cap: 'day', roomMinutes: 30 } });
    expect(verdict.state).toBe('needs_fix');
  });

  it('are policy', () => {
    expect(codesOf({ in: scanned(12) }, { lateInMinutes: 15 })).toEqual(['STATIC_ONLY']);
    expect(judge(clean, { ...policy, secondSignal: 'yellow' })).toMatchObject({ lane: 'yellow', state: 'needs_ack' });
    expect(judge({ ...clean, in: scanned(0, { delayMinutes: 4_320 }) }, policy).lane).toBe('yellow');
    expect(judge({ ...clean, in: scanned(0, { delayMinutes: 4_321 }) }, policy).lane).toBe('red');
  });
});

describe('times entered by hand', () => {
  const entered = { start: minute(0), end: minute(60) };

  it('replace what the scans lack and wait for a second person', () => {
    const verdict = judge({ ...clean, in: null, out: scanned(200, { cardFault: 'UNKNOWN_CODE' }), entered }, policy);
    expect(verdict).toMatchObject({ lane: 'yellow', state: 'needs_ack', assurance: 'A0', credit: { minutes: 60 } });
    expect(verdict.findings.map(({ code }) => code)).toEqual(['MANUAL_ENTRY']);
  });

  it('do not make an overlap, a cap or a related pair go away', () => {
    expect(codesOf({ entered, others: [other(30, 90)], relatedAs: 'spouse' })).toEqual(['OVERLAP', 'CONFLICT_OF_INTEREST', 'MANUAL_ENTRY']);
  });
});

describe('the phone that scanned', () => {
  const device = (more: Partial<DeviceEvidence> = {}): DeviceEvidence => ({
    deviceId: 'd',
    proof: 'valid',
    isNew: false,
    people: 1,
    ...more,
  });
  const found = (facts: Partial<VisitFacts>, code: ExceptionCode) =>
    judge({ ...clean, ...facts }, policy).findings.find((finding) => finding.code === code);

  it.each([
    ['proved and known', { device: device() }, null, undefined],
    ['new beside an older one', { device: device({ isNew: true }) }, minute(-9_999), 'new'],
    ['never registered', { device: device({ proof: 'unknown' }) }, null, 'unregistered'],
    ['with a signature of another key', { device: device({ proof: 'invalid' }) }, null, 'signature'],
    ['without a signature, of somebody who has a key', {}, minute(-1), 'unsigned'],
    ['without a signature, before the first key', {}, minute(61), undefined],
    ['without a signature, of somebody who never had a key', {}, null, undefined],
  ] as const)('%s', (_, capture, firstDeviceAt, why) => {
    expect(found({ in: scanned(0, capture), out: scanned(60, { device: device() }), firstDeviceAt }, 'NEW_DEVICE')).toEqual(
      why === undefined ? undefined : { code: 'NEW_DEVICE', lane: 'yellow', parameters: { why } },
    );
  });

  it('may serve two people a day, not three', () => {
    expect(found({ in: scanned(0, { device: device({ people: 2 }) }) }, 'SHARED_DEVICE')).toBeUndefined();
    expect(found({ out: scanned(60, { device: device({ people: 3 }) }) }, 'SHARED_DEVICE')).toMatchObject({
      lane: 'yellow',
      parameters: { people: 3 },
    });
  });

  it('offline shows how wide the time is that the server can vouch for', () => {
    expect(found({ in: scanned(0, { offline: true, widthMinutes: 12.2 }) }, 'OFFLINE')).toMatchObject({
      lane: 'info',
      parameters: { widthMinutes: 13 },
    });
  });
});

describe('how sure it is that they met', () => {
  const assurance = (...captures: [Partial<Capture>, Partial<Capture>]) =>
    judge({ ...clean, in: scanned(0, captures[0]), out: scanned(60, captures[1]) }, policy);
  const rotating = { via: 'rotating' } as const;

  it.each([
    ['A3', 'codes that change with time at both ends, online', rotating, rotating],
    ['A1', 'a card at one end', rotating, {}],
    ['A1', 'one end without signal', { ...rotating, offline: true }, rotating],
    ['A1', 'cards at both ends', {}, {}],
  ] as const)('%s: %s', (expected, _, start, end) => expect(assurance(start, end).assurance).toBe(expected));

  it('needs no note of a static card where none was used', () => {
    expect(assurance(rotating, rotating).findings).toEqual([]);
    expect(assurance(rotating, {}).findings).toMatchObject([{ code: 'STATIC_ONLY' }]);
  });
});

describe('a visit without a second signal', () => {
  const near = { distance: { meters: 10, accuracyMeters: 5 } };
  const rotating = { via: 'rotating' } as const;
  type Case = [signal: Policy['secondSignal'], riskIsHigh: boolean, lane: 'info' | 'yellow'];
  const cases: Case[] = [
    ['info', false, 'info'],
    ['info', true, 'info'],
    ['high_risk', false, 'info'],
    ['high_risk', true, 'yellow'],
    ['yellow', false, 'yellow'],
    ['yellow', true, 'yellow'],
  ];

  it.each(cases)('under policy %s, of a kind with high risk %s, is %s', (signal, riskIsHigh, lane) => {
    const verdict = judge({ ...clean, homeIsKnown: true, riskIsHigh }, { ...policy, secondSignal: signal });
    expect(verdict.findings).toMatchObject([
      { code: 'LOCATION_OFF', lane },
      { code: 'STATIC_ONLY', lane },
    ]);
    expect(verdict.state).toBe(lane === 'info' ? 'ready' : 'needs_ack');
  });

  it.each<[string, Partial<VisitFacts>]>([
    ["the client's word", { clientConfirmed: true }],
    ['a phone at the home', { in: scanned(0, near), out: scanned(60, near) }],
    [
      'codes that change with time, where no home is recorded',
      { homeIsKnown: false, in: scanned(0, rotating), out: scanned(60, rotating) },
    ],
  ])('is clean with %s, also of a kind with high risk', (_, facts) => {
    for (const secondSignal of ['high_risk', 'yellow'] as const) {
      expect(judge({ ...clean, homeIsKnown: true, riskIsHigh: true, ...facts }, { ...policy, secondSignal }).lane).toBe('clean');
    }
  });
});

describe('where the phone was', () => {
  const near = { distance: { meters: 430, accuracyMeters: 50 } };
  const at = (meters: number, accuracyMeters = 0) => ({ distance: { meters, accuracyMeters } });
  const found = (start: Partial<Capture>, end: Partial<Capture>, rules: Partial<Policy> = {}) =>
    judge({ ...clean, homeIsKnown: true, in: scanned(0, start), out: scanned(60, end) }, { ...policy, ...rules });
  const lanes = (verdict: ReturnType<typeof judge>) => Object.fromEntries(verdict.findings.map(({ code, lane }) => [code, lane]));

  it('at the home at both ends, it is a second signal', () => {
    const verdict = found(near, near, { secondSignal: 'yellow' });
    expect(lanes(verdict)).toEqual({ STATIC_ONLY: 'info' });
    expect(verdict).toMatchObject({ assurance: 'A2', lane: 'clean' });
  });

  it('at one end only, or without signal, it is none', () => {
    expect(lanes(found(near, {}, { secondSignal: 'yellow' }))).toEqual({ LOCATION_OFF: 'yellow', STATIC_ONLY: 'yellow' });
    expect(found(near, {}).assurance).toBe('A1');
    expect(found({ ...near, offline: true }, near).assurance).toBe('A1');
  });

  it('kept to itself, it is noted where the home is known, and blocks nobody', () => {
    expect(lanes(found({}, {}))).toEqual({ LOCATION_OFF: 'info', STATIC_ONLY: 'info' });
    expect(found({}, {}).lane).toBe('clean');
    expect(lanes(judge(clean, policy))).toEqual({ STATIC_ONLY: 'info' });
  });

  it.each([
    [400, 0, undefined],
    [401, 0, 'yellow'],
    [450, 50, undefined],
    [451, 50, 'yellow'],
    [1_000, 0, 'yellow'],
    [1_001, 0, 'red'],
    [1_050, 50, 'yellow'],
    [1_051, 50, 'red'],
  ] as const)('%i m away, give or take %i m, is %s', (meters, accuracy, lane) => {
    expect(lanes(found(near, at(meters, accuracy)))['FAR']).toBe(lane);
  });

  it('the further end decides', () => {
    expect(found(at(2_000), at(600)).findings).toContainEqual({ code: 'FAR', lane: 'red', parameters: { meters: 2_000 } });
  });
});

describe('the way from one home to the next', () => {
  const travel = (from: number, to: number, awayMeters: number | null) =>
    judge({ ...clean, others: [other(from, to, { awayMeters })] }, policy).findings.find(({ code }) => code === 'IMPOSSIBLE_TRAVEL');

  it.each([
    ['10 km in 10 minutes', -70, -10, 10_000, false],
    ['10.1 km in 10 minutes', -70, -10, 10_100, true],
    ['10.1 km in 10 minutes, afterwards', 70, 130, 10_100, true],
    ['a home that nobody recorded', -70, 0, null, false],
    ['the same house without a pause', -60, 0, 0, false],
    ['a visit at the same time, which overlaps already', -30, 30, 90_000, false],
  ] as const)('%s', (_, from, to, away, isImpossible) => {
    expect(travel(from, to, away)?.lane).toBe(isImpossible ? 'red' : undefined);
  });
});
