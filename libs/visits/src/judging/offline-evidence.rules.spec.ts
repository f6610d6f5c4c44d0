import { describe, expect, it } from '@jest/globals';
import { policyDefaults, policyKeys, type ExceptionCode, type Policy } from '@timebank/contract';
import type { Capture } from '../evidence/evidence';
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
  dated: true,
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
const codesOf = (facts: Partial<VisitFacts>) => judge({ ...clean, ...facts }, policy).findings.map(({ code }) => code);

/** A phone whose key proves it, offline, with the day's bundle; sent so many minutes after the visit's beginning. */
const proven = (minutes: number, sent: number, more: Partial<Capture> = {}): Capture =>
  scanned(minutes, {
    offline: true,
    receivedAt: minute(sent),
    delayMinutes: sent - minutes,
    widthMinutes: 600,
    device: { deviceId: 'd', proof: 'valid', isNew: false, people: 1 },
    ...more,
  });
const keyless = { device: null };
const undated = { dated: false };
const offline: [ExceptionCode, string, Partial<VisitFacts>, Partial<VisitFacts>][] = [
  ['UNSIGNED', 'offline without a key', { in: proven(0, 70) }, { in: proven(0, 70, keyless) }],
  ['UNSIGNED', 'offline without a challenge', { out: proven(60, 70) }, { out: proven(60, 70, undated) }],
  [
    'UNVOUCHED',
    'a bundle older than a day',
    { in: proven(0, 70, { widthMinutes: 1_500 }) },
    { in: proven(0, 70, { widthMinutes: 1_501 }) },
  ],
  [
    'UNVOUCHED',
    'nothing dates it, within the whole visit',
    { in: proven(0, 70, { ...undated, widthMinutes: 59 }) },
    { in: proven(0, 70, { ...undated, widthMinutes: 60 }) },
  ],
  [
    'SENT_TOGETHER',
    'both ends at once, more than an hour late',
    { in: proven(0, 120), out: proven(60, 120) },
    { in: proven(0, 121), out: proven(60, 121) },
  ],
  ['SENT_TOGETHER', 'apart is not together', { in: proven(0, 200), out: proven(60, 206) }, { in: proven(0, 201), out: proven(60, 206) }],
  [
    'SENT_TOGETHER',
    'a phone that proves nothing has no hour',
    { in: proven(0, 60), out: proven(60, 60) },
    { in: proven(0, 60, keyless), out: proven(60, 60) },
  ],
];

describe('an offline visit', () => {
  it.each(offline)('%s: %s', (code, _, within, beyond) => {
    expect(codesOf(within)).not.toContain(code);
    expect(codesOf(beyond)).toContain(code);
  });

  it('B5: stays clean when a phone with a key sends it within the hour that its signal comes back', () => {
    expect(judge({ ...clean, in: proven(0, 119), out: proven(60, 119) }, policy)).toMatchObject({ lane: 'clean', assurance: 'A1' });
  });

  it('B5: is yellow in every one of three ways when anybody could have sent it afterwards', () => {
    const bare = { ...keyless, ...undated, widthMinutes: 61 };
    const found = judge({ ...clean, in: proven(0, 61, bare), out: proven(60, 61, bare) }, policy);
    expect(found.lane).toBe('yellow');
    expect(found.findings.flatMap(({ code, lane }) => (lane === 'yellow' ? [code] : []))).toEqual([
      'UNVOUCHED',
      'UNSIGNED',
      'SENT_TOGETHER',
    ]);
  });

  it('is asked nothing new when it was scanned before this was kept', () => {
    const old = { ...keyless, dated: null };
    expect(judge({ ...clean, in: proven(0, 61, old), out: proven(60, 61, old) }, policy).lane).toBe('clean');
  });
});
