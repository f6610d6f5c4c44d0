import { describe, expect, it } from '@jest/globals';
import { stormIds } from './storm';

describe('ids sent five times each at once, through two houses', () => {
  it('become one row each, stand for one thing, and stay refused once they were', async () => {
    const report = await stormIds(1_000, Date.now() % 1_000_000);
    expect(report).toMatchObject({ ids: 1_000, sends: 5_000, rows: 1_000, wrong: 0, reusable: 0, refusedIds: 100, risen: 0, faults: 0 });
  });
});
