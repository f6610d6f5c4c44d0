import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TransferInput } from '@timebank/contract';
import { deriveId } from '@timebank/database';
import { HoursModule, TransferHours } from '@timebank/hours';
import { newId } from '@timebank/kernel';
import { CheckpointsModule, PlaceHold, ReleaseHolds, RepairClock } from '@timebank/ledger';
import { openCity, stored, type TestCity } from '@timebank/testing';
import { ReportsModule, ShowBankIntegrity, ShowBankLiability } from '@timebank/reports';

describe('saved time of a bank whose clock was wrong for a while', () => {
  const home = mkdtempSync(join(tmpdir(), 'timebank-wrong-clock-'));
  let city: TestCity;
  beforeAll(async () => {
    city = await openCity(ReportsModule, HoursModule, CheckpointsModule.forRoot({ keyFolder: home, folder: join(home, 'checkpoints') }));
  });
  afterAll(async () => {
    await city.close();
    rmSync(home, { recursive: true, force: true });
  });

  it('F4: counts what was recorded 40 days ahead, over the end of a year, when the clock was repaired', async () => {
    const client = await city.client(0);
    const { personId } = (await city.person('coordinator')).actor;
    const admin = { personId, roles: [{ role: 'admin' as const, bankId: city.bankId, memberId: null }] };
    const at = (time: string) => city.rooms.clock.set(new Date(time));
    const send = (
      input: Pick<TransferInput, 'kind' | 'minutes' | 'reasonCode' | 'reversesId'>,
      [from, to]: [string, string],
      id = newId(),
    ) => stored(city.get(TransferHours).run(admin, city.bankId, id, { ...input, fromAccountId: from, toAccountId: to }));
    const fund = deriveId(city.bankId, 'fund');
    const grant = (minutes: number, id = newId()) => send({ kind: 'grant', minutes, reasonCode: 'welcome' }, [fund, client.accountId], id);
    const hold = (holdId: string) =>
      city.get(PlaceHold).run({ bankId: city.bankId, holdId, accountId: client.accountId, minutes: 15, expiresAt: new Date('2027-06-01') });
    const [given, kept, wrong] = [newId(), newId(), newId()];

    at('2026-12-10T01:00:00Z');
    await grant(100);
    await hold(given);
    at('2027-01-19T01:00:00Z');
    await grant(40, wrong);
    await grant(5_000);
    await hold(kept);
    await city.get(ReleaseHolds).run(city.bankId, [given]);
    await send({ kind: 'reversal', minutes: 40, reasonCode: 'wrong_person', reversesId: wrong }, [client.accountId, fund]);
    at('2026-12-10T02:00:00Z');
    city.rooms.clock.isMachines = true;
    await city.get(RepairClock).run({ saidBy: 'Operator Shen', reason: 'the clock of the host was 40 days ahead' });
    city.rooms.clock.isMachines = false;

    const report = (on: string) => city.get(ShowBankLiability).run(city.bankId, on);
    const told = { firstDay: '2026-12-10', outstandingMinutes: 5_100, heldMinutes: 15, byYear: [{ year: 2026, minutes: 5_100 }] };
    expect(await report('2026-12-10')).toMatchObject({ ...told, years: [{ year: 2026, grantedMinutes: 5_100 }] });
    expect(await report('2026-12-09')).toMatchObject({ firstDay: null, outstandingMinutes: 0, heldMinutes: 0, byYear: [], years: [] });
    const hands = async (from: string, to: string) => (await city.get(ShowBankIntegrity).run(city.bankId, { from, to })).byHand;
    expect(await hands('2026-12-10', '2026-12-10')).toMatchObject({ grants: 3, reversals: 1 });

    // Of the 6,000 that one alone may give somebody in a day most went on the day of the repair, and nothing on the one that the clock had said.
    await expect(grant(1_000)).rejects.toThrow('second person');
    at('2027-01-19T02:00:00Z');
    await grant(1_000);
    expect(await hands('2026-12-11', '2027-01-19')).toMatchObject({ grants: 1, reversals: 0 });
    expect(await report('2026-12-31')).toMatchObject(told);
    expect(await report('2027-01-19')).toMatchObject({
      outstandingMinutes: 6_100,
      byYear: [
        { year: 2026, minutes: 5_100 },
        { year: 2027, minutes: 1_000 },
      ],
      years: [
        { year: 2026, grantedMinutes: 5_100 },
        { year: 2027, grantedMinutes: 1_000 },
      ],
    });
  });
});
