import { describe, expect, it } from '@jest/globals';
import { crossLedgers } from './crossing';

describe('32 workers who cross each other on 2 to 10 accounts of two banks', () => {
  it('let no deadlock reach a caller and leave sound ledgers', async () => {
    const report = await crossLedgers(10, Date.now() % 1_000_000);
    expect(report).toMatchObject({ runs: 10, errors: 0, faults: 0, firstErrors: [] });
    expect(report.posted).toBeGreaterThan(1_000);
  });
});
