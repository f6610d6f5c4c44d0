import { describe, expect, it } from '@jest/globals';
import { fillPlaces } from './places';

describe('three places that 32 callers want at once', () => {
  it('are taken by exactly three, and again when one of them leaves', async () => {
    const report = await fillPlaces(20, Date.now() % 1_000_000);
    expect(report).toMatchObject({ rounds: 20, calls: 1_820, firstWrong: [], wrong: 0, faults: 0 });
  });
});
