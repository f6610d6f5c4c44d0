import { describe, expect, it } from '@jest/globals';
import { crashUnderLoad } from './crashes';

/** Enough to die in and between commits, each time with clients that wait; `npm run torture` kills as often as is asked. */
const kills = { postgres: 4, api: 3 };

describe('killed with SIGKILL time and again under load, with clients that insist', () => {
  it.each(['postgres', 'api'] as const)('%s loses nothing acknowledged, doubles nothing, and leaves every chain whole', async (victim) => {
    const report = await crashUnderLoad(victim, kills[victim], Date.now() % 1_000_000);
    expect(report).toMatchObject({ crashes: kills[victim], lost: 0, doubled: 0, sumMinutes: 0, faults: 0 });
    expect(report.acknowledged).toBeGreaterThan(kills[victim] * 20);
    expect(report.written).toBeGreaterThan(kills[victim] * 20);
    expect(report.retried).toBeGreaterThan(kills[victim]);
  });
});
