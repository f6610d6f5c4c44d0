import { describe, expect, it } from '@jest/globals';
import { faultOfStep, leftOf, readBetween, stepAt, typedSteps } from './rotating.rules';

const real = 1_000_000 * 30_000 + 12_000;

describe('a code that changes every 30 seconds', () => {
  it('belongs to its step, which has so much left', () => {
    expect([stepAt(real), leftOf(real)]).toEqual([1_000_000, 18_000]);
  });

  it.each([
    [-3, 'visits/code_expired'],
    [-2, null],
    [0, null],
    [1, null],
    [2, 'visits/unknown_card'],
  ] as const)('%i steps from now is %s online', (step, fault) => expect(faultOfStep(1_000_000 + step, real, false)).toBe(fault));

  it('is sought, where it was typed, among those that count, and some before them that have just expired', () => {
    const faults = typedSteps(real).map((step) => faultOfStep(step, real, false));
    expect(faults).toEqual([null, null, null, null, ...Array(4).fill('visits/code_expired')]);
  });

  it('may be old without signal, not of the future', () => {
    expect(faultOfStep(900_000, real, true)).toBeNull();
    expect(faultOfStep(1_000_002, real, true)).toBe('visits/unknown_card');
  });

  it.each([1, 60])('says within a minute and a half when it was read, on a clock of speed %i', (speed) => {
    const receivedAt = new Date('2026-03-02T01:00:00Z');
    const { after, before } = readBetween(1_000_000 - 10, receivedAt, real, speed);
    expect((receivedAt.getTime() - after.getTime()) / speed).toBe(11 * 30_000 + 12_000);
    expect((before.getTime() - after.getTime()) / speed).toBe(90_000);
  });
});
