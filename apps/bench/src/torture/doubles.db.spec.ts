import { describe, expect, it } from '@jest/globals';
import { sendTwice } from './doubles';

describe('what must happen once, sent twice at once from two houses', () => {
  it('has exactly one winner', async () => {
    const report = await sendTwice(6, Date.now() % 1_000_000);
    expect(report).toMatchObject({ rounds: 6, pairs: 96, firstWrong: [], wrong: 0, faults: 0 });
  });
});
