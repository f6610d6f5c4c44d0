import { describe, expect, it } from '@jest/globals';
import { liveSchedules } from './schedules';

describe('random days of a phone against the API', () => {
  it('lose no scan and double none', async () => {
    const report = await liveSchedules(40, Date.now() % 1_000_000);
    expect(report).toMatchObject({ schedules: 40, lost: 0, firstLost: [], doubled: 0, reused: 0 });
    expect(report.scans).toBeGreaterThan(200);
    expect(report.sends).toBeGreaterThan(report.scans);
    expect(report.boxed).toBeGreaterThan(0);
  });
});
