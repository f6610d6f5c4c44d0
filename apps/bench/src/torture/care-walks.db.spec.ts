import { describe, expect, it } from '@jest/globals';
import { walkAllCare } from './care-walks';

describe('what comes back by itself', () => {
  it('holds what it must through random walks of acts, some of them at once', async () => {
    const report = await walkAllCare(2, Date.now() % 1_000_000);
    expect(report.failures).toEqual([]);
    // Walks that are refused at every step would prove nothing.
    expect(report.refused).toBeLessThan(report.acts * 0.7);
  });
});
