import { describe, expect, it } from '@jest/globals';
import { crashUnderLoad } from './crashes';

const minutes = 60_000;

describe('killed with SIGKILL 25 times under load, with clients that insist', () => {
  it.each(['postgres', 'api'] as const)(
    '%s loses nothing acknowledged, doubles nothing, and leaves every chain whole',
    async (victim) => {
      const report = await crashUnderLoad(victim, 25, Date.now() % 1_000_000);
      expect(report).toMatchObject({ crashes: 25, lost: 0, doubled: 0, sumMinutes: 0, faults: 0 });
      expect(report.acknowledged).toBeGreaterThan(25 * 20);
      expect(report.written).toBeGreaterThan(25 * 20);
      expect(report.retried).toBeGreaterThan(25);
    },
    6 * minutes,
  );
});
