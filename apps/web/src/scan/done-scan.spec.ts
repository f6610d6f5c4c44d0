import { describe, expect, it } from '@jest/globals';
import type { Visit } from '@timebank/contract/client';
import type { KeptScan } from '@timebank/web-kit/scanning';
import { type KnownOfScan, saidOf, standingOf } from './done-scan';

const kept = { order: 1, eventId: 'e', personId: 'wei', kind: 'out', state: 'queued', clientTime: '2026-03-02T01:00:00.000Z' } as KeptScan;
const visit = { capturedIn: '2026-03-02T00:00:00.000Z', capturedOut: '2026-03-02T01:00:01.000Z', creditedMinutes: 60 } as Visit;
const known = (over: Partial<KnownOfScan> = {}): KnownOfScan => ({ kept, answer: null, personId: 'wei', ...over });

describe('what may be said of a scan', () => {
  it.each<[string, Partial<KnownOfScan>]>([
    ['kept', {}],
    ['sign in', { personId: null }],
    ['stranger', { personId: 'mei' }],
    ['boxed', { kept: { ...kept, state: 'needs a person' } }],
    ['boxed', { kept: { ...kept, state: 'needs a person' }, personId: null }],
    ['arrived', { kept: null, answer: visit }],
    ['arrived', { kept: null, answer: visit, personId: null }],
    ['gone', { kept: null }],
    ['gone', { kept: null, personId: null }],
  ])('C1: is “%s” with %j', (standing, over) => {
    expect(standingOf({ kept }, known(over))).toBe(standing);
  });

  it("C1: is the server's word where there is one, and nothing where there is none", () => {
    expect(saidOf({ kept }, null)).toBeNull();
    expect(saidOf({ kept }, visit)).toEqual({ at: visit.capturedOut, isRepeat: false, creditedMinutes: 60 });
    expect(standingOf({ kind: 'in', visit }, known({ kept: null }))).toBe('counted');
    expect(saidOf({ kind: 'in', visit: { ...visit, duplicate: true } }, null)).toMatchObject({ at: visit.capturedIn, isRepeat: true });
  });
});
