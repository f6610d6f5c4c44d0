import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { isDrawn, laneOfCallBack, percentOf, type CallBackPolicy } from './call-backs.rules';

const policy: CallBackPolicy = { callBackPercentStrong: 5, callBackPercentWeak: 20, callBackFirstVisits: 3, callBackBeforeCredit: false };
const before = { ...policy, callBackBeforeCredit: true };
const known = { lane: 'clean', assurance: 'A1', pairVisitsBefore: 3 } as const;
const sealed = (key: string, text: string) => createHmac('sha256', key).update(text).digest();

describe('how many visits are called back', () => {
  it.each([
    ['a fifth by the card alone', known, 20],
    ['a twentieth with a second signal', { ...known, assurance: 'A2' }, 5],
    ['a twentieth by a rotating code', { ...known, assurance: 'A3' }, 5],
    ['yellow ones like clean ones', { ...known, lane: 'yellow' }, 20],
    ["all of a new pair's first three", { ...known, assurance: 'A3', pairVisitsBefore: 2 }, 100],
    ['none that needs a fix', { ...known, lane: 'red' }, null],
    ['none that goes on', { ...known, lane: null }, null],
    ['none entered by hand, not even of a new pair', { ...known, assurance: 'A0', pairVisitsBefore: 0 }, null],
  ] as const)('%s', (_, visit, percent) => {
    expect(percentOf(visit, policy)).toBe(percent);
  });
});

describe('drawing a visit', () => {
  it('draws as many as the percentage says, all of a hundred and none of nought', () => {
    const seals = Array.from({ length: 4_000 }, () => sealed('key', newId()));
    const share = (percent: number) => seals.filter((seal) => isDrawn(seal, percent)).length / seals.length;
    expect(share(100)).toBe(1);
    expect(share(0)).toBe(0);
    expect(share(20)).toBeGreaterThan(0.16);
    expect(share(20)).toBeLessThan(0.24);
  });

  it('draws the same visit alike every time, and differently under another key', () => {
    const ids = Array.from({ length: 200 }, () => newId());
    const drawnBy = (key: string) => ids.map((id) => isDrawn(sealed(key, id), 20));
    expect(drawnBy('one')).toEqual(drawnBy('one'));
    expect(drawnBy('one')).not.toEqual(drawnBy('two'));
  });
});

describe('what a call-back makes of a visit', () => {
  it.each([
    ['a drawn visit is only marked by default', { drawn: true, answer: null, own: null }, policy, null],
    ['and waits for the call where the policy says so', { drawn: true, answer: null, own: null }, before, 'yellow'],
    ['one that was not drawn never waits', { drawn: false, answer: null, own: null }, before, null],
    ['a confirmed one is free', { drawn: true, answer: 'confirmed', own: null }, before, null],
    ['a denial makes it red', { drawn: true, answer: 'not_confirmed', own: null }, before, 'red'],
    ['a no in the app does too', { drawn: false, answer: null, own: 'not_confirmed' }, policy, 'red'],
    ['unless a coordinator heard otherwise', { drawn: false, answer: 'confirmed', own: 'not_confirmed' }, policy, null],
    ['a yes in the app is no call', { drawn: true, answer: null, own: 'confirmed' }, before, 'yellow'],
    ['under any policy, drawn or not', { drawn: false, answer: 'not_confirmed', own: null }, policy, 'red'],
  ] as const)('%s', (_, standing, rules, lane) => {
    expect(laneOfCallBack(standing, rules)).toBe(lane);
  });
});
