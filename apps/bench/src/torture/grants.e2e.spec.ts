import { describe, expect, it } from '@jest/globals';
import { killGrantRuns } from './grants';

const minutes = 60_000;

describe('monthly grants killed with SIGKILL between and within chunks', () => {
  it(
    'reach everybody eligible once, and nobody else',
    async () => {
      // Two chunks: the second is where the first kill falls.
      const report = await killGrantRuns(4_160, Date.now() % 1_000_000);
      expect(report).toMatchObject({ eligible: 3_900, skipped: 0, doubled: 0, strangers: 0, sumMinutes: 0, faults: 0 });
      expect(report.kills).toBeGreaterThan(0);
    },
    6 * minutes,
  );
});
