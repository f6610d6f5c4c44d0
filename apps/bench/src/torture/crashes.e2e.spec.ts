import { describe, expect, it } from '@jest/globals';
import { crashUnderLoad } from './crashes';

/** Enough to die in and between commits, each time with clients that wait, and to have risen from the other's death; `npm run torture` kills as often as is asked. */
const victims = ['postgres', 'api', 'postgres', 'api'] as const;

describe('killed with SIGKILL time and again under load, with clients that insist', () => {
  it('Postgres and the API lose nothing acknowledged, double nothing, and leave every chain whole', async () => {
    const report = await crashUnderLoad(victims, Date.now() % 1_000_000);
    expect(report).toMatchObject({ crashes: victims.length, lost: 0, doubled: 0, sumMinutes: 0, faults: 0 });
    expect(report.acknowledged).toBeGreaterThan(victims.length * 20);
    expect(report.written).toBeGreaterThan(victims.length * 20);
    expect(report.retried).toBeGreaterThan(victims.length);
  });
});
