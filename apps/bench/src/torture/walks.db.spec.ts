import { describe, expect, it } from '@jest/globals';
import { walkLedgers } from './walks';

describe('200 walks of 64 operations through the ledgers of two banks, many at once', () => {
  it('answer and stand as the model does after every operation, and end with a green audit', async () => {
    const report = await walkLedgers(200, Date.now() % 1_000_000, 64);
    expect(report.failures).toEqual([]);
    expect(report).toMatchObject({ walks: 200, operations: 12_800, failed: 0 });
  });
});
