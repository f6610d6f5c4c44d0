import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { readConfig } from '@timebank/contract';
import { newId } from '@timebank/kernel';
import { AuditLedger, PlaceHold } from '@timebank/ledger';
import { openCity, type TestCity, type TestPerson } from '@timebank/testing';
import { JobsModule } from './jobs.module';
import { roundsOf } from './rounds';
import { type Fault, Worker } from './worker';

const day = 24 * 60;

describe('two jobs processes at once', () => {
  let city: TestCity;
  let coordinator: TestPerson;
  const processes: INestApplicationContext[] = [];
  const faults: Fault[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'timebank-jobs-'));

  beforeAll(async () => {
    city = await openCity();
    coordinator = await city.person('coordinator');
    for (let count = 0; count < 2; count += 1) {
      const { database, clock } = city.rooms;
      const options = {
        config: readConfig({ DATA_DIR: folder, LOG_LEVEL: 'error' }),
        databaseUrl: database.url,
        secretKey: 'k'.repeat(32),
        clock,
      };
      processes.push(await NestFactory.createApplicationContext(JobsModule.forRoot(options), { logger: ['error'], abortOnError: false }));
    }
  });
  afterAll(async () => {
    for (const one of processes) await one.close();
    await city.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const goTogether = () =>
    Promise.all(processes.map((rooms) => new Worker(roundsOf(rooms), city.rooms.clock, (fault) => faults.push(fault)).goOnce()));
  const told = async (kind: string) =>
    Number((await city.one<{ count: string }>('select count(*) as count from outbox where kind = $1', [kind])).count);

  it('close every forgotten visit once, give the minutes of every expired hold back once, and set every cap', async () => {
    const visits: string[] = [];
    for (let count = 0; count < 8; count += 1) {
      const { volunteer, client, card, time } = await city.nextDay(coordinator);
      const visitId = await city.planned(coordinator, volunteer, client, time(0));
      await city.scan(volunteer, visitId, 'in', card.code);
      visits.push(visitId);
    }
    const saver = await city.client(600);
    const holds = Array.from({ length: 8 }, () => newId());
    for (const holdId of holds) {
      await city.get(PlaceHold).run({ bankId: city.bankId, holdId, accountId: saver.accountId, minutes: 20, expiresAt: city.at(9 * day) });
    }
    await city.policy(coordinator, 'savingsCapMinutes', 700);
    await city.rooms.database.query('update person set sign_in_phone = person_id::text');
    city.at(11 * day);
    await goTogether();
    expect(faults).toEqual([]);
    const states = await city.rooms.database.query<{ state: string }>('select distinct state from visit where visit_id = any ($1)', [
      visits,
    ]);
    expect(states.map(({ state }) => state)).not.toContain('in_progress');
    expect(await told('visits/closed')).toBe(visits.length);
    expect(await told('visits/scan_out_due')).toBe(0);
    const missing = await city.rooms.database.query(`select from notice where kind = 'scan_out_missing'`);
    expect(missing).toHaveLength(visits.length);
    expect(await city.rooms.database.query('select from outbox where delivered_at is null')).toEqual([]);
    const ends = await city.rooms.database.query('select from hold_end where hold_id = any ($1) and outcome = $2', [holds, 'expired']);
    expect(ends).toHaveLength(holds.length);
    expect(await city.balance(saver)).toEqual({ balanceMinutes: 600, heldOutMinutes: 0 });
    const caps = await city.rooms.database.query(`select from account where kind = 'member' and ceiling_minutes <> 700`);
    expect(caps).toHaveLength(0);
    // These holds belong to no visit, which the audit of the books would find.
    expect((await city.get(AuditLedger).run([city.bankId])).faults).toEqual([]);
    // Sealed by whoever came first, and published beside its leaves.
    expect(readdirSync(join(folder, 'checkpoints', city.bankId))).toEqual(expect.arrayContaining(['1.json', '1.leaves']));
  });

  it('tell once of every visit that nobody decided in time', async () => {
    expect(await told('visits/escalated')).toBe(0);
    city.at(19 * day);
    await goTogether();
    expect(faults).toEqual([]);
    expect(await told('visits/escalated')).toBe(8);
  });

  it('remind a volunteer who forgot to scan out once, and tell them', async () => {
    const { volunteer, client, card, time } = await city.nextDay(coordinator);
    await city.rooms.database.query('update person set sign_in_phone = person_id::text where person_id = $1', [volunteer.actor.personId]);
    time(20 * day);
    const visitId = await city.planned(coordinator, volunteer, client, time(20 * day));
    await city.scan(volunteer, visitId, 'in', card.code);
    for (const minutes of [74, 75, 90]) {
      time(20 * day + minutes);
      await goTogether();
    }
    const kinds = await city.rooms.database.query<{ kind: string }>('select kind from notice where person_id = $1', [
      volunteer.actor.personId,
    ]);
    expect(kinds).toEqual([{ kind: 'scan_out_due' }]);
    expect(faults).toEqual([]);
  });

  it('find nothing left to do the next time', async () => {
    const before = [await told('visits/closed'), await told('visits/escalated')];
    await goTogether();
    expect([await told('visits/closed'), await told('visits/escalated')]).toEqual(before);
    expect(faults).toEqual([]);
  });
});
