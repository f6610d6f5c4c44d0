import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Card } from '@timebank/contract';
import { newId } from '@timebank/kernel';
import { AuditLedger } from '@timebank/ledger';
import { openCity, type TestCity, type TestDay, type TestPerson } from '@timebank/testing';
import { ApproveByRule, DecideVisits, GetVisit, RecordCallBack } from '@timebank/visits';

const day = 24 * 60;

describe('a rule that approves by itself', () => {
  let city: TestCity;
  let coordinator: TestPerson;
  let volunteer: TestPerson;
  let client: TestPerson;
  let card: Card;
  let time: TestDay['time'];
  beforeAll(async () => {
    city = await openCity();
    coordinator = await city.person('coordinator');
  });
  beforeEach(async () => {
    ({ volunteer, client, card, time } = await city.nextDay(coordinator));
    await city.rooms.database.query(`update visit set state = 'rejected' where state in ('ready', 'needs_ack', 'needs_fix')`);
    await city.policy(coordinator, 'autoApprove', true);
  });
  afterAll(() => city.close());

  const run = () => city.get(ApproveByRule).run(city.bankId);
  const read = (visitId: string) => city.get(GetVisit).run(coordinator.actor, city.bankId, visitId);

  /** An hour served by the card, and confirmed on the phone unless told otherwise: a second signal. */
  async function served(from = 0, confirmed = true, scanned = from): Promise<string> {
    const visitId = await city.planned(coordinator, volunteer, client, time(from));
    time(scanned);
    await city.scan(volunteer, visitId, 'in', card.url);
    time(from + 60);
    await city.scan(volunteer, visitId, 'out', card.url);
    if (confirmed) await city.get(RecordCallBack).run(coordinator.actor, city.bankId, visitId, newId(), { result: 'confirmed' });
    return visitId;
  }

  it('does nothing unless the bank has switched it on', async () => {
    await city.policy(coordinator, 'autoApprove', false);
    const visitId = await served();
    time(2 * day);
    expect(await run()).toBe(0);
    expect((await read(visitId)).state).toBe('ready');
  });

  it('approves what has waited long enough, posts it, and names no person', async () => {
    const visitId = await served();
    time(day + 59);
    expect(await run()).toBe(0);
    time(day + 60);
    expect(await run()).toBe(1);
    expect(await city.balance(volunteer)).toMatchObject({ balanceMinutes: 60 });
    const { state, decision, events } = await read(visitId);
    expect(state).toBe('approved');
    expect(decision).toMatchObject({ by: 'rule', byName: null, decision: 'approve', transferId: expect.any(String) });
    expect(events.at(-1)).toMatchObject({ kind: 'auto_approve', actorName: null });
    expect(events.map(({ kind }) => kind)).not.toContain('approve');
    const { persons } = await city.one<{ persons: string }>(
      `select count(*) as persons from visit v join transfer t on t.transfer_id = v.transfer_id join approval a on a.approval_id = v.approval_id
       join person p on p.person_id in (v.decided_by, t.actor_id, a.actor_id) where v.visit_id = $1`,
      [visitId],
    );
    expect(Number(persons)).toBe(0);
  });

  it('posts once when two processes run it at once, and finds nothing the next time', async () => {
    const visits = [await served(0), await served(100)];
    time(day + 200);
    const counts = await Promise.all([run(), run(), run()]);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(visits.length);
    expect(await run()).toBe(0);
    expect(await city.balance(volunteer)).toMatchObject({ balanceMinutes: 120 });
    // What waited before was put out of the way past every ability, which the audit of the books would find.
    expect((await city.get(AuditLedger).run([city.bankId])).faults).toEqual([]);
  });

  it('leaves to people what stands on the card alone, has an open call-back or is not clean', async () => {
    const cardOnly = await served(0);
    await city.rooms.database.query(`update visit set assurance = 'A1' where visit_id = $1`, [cardOnly]);
    const late = await served(100, true, 112);
    const open = await served(200, false);
    await city.rooms.database.query(`update visit set assurance = 'A3' where visit_id = $1`, [open]);
    time(2 * day);
    const asked = () => city.one<{ calls: string }>('select count(*) as calls from approval', []);
    const before = await asked();
    expect(await run()).toBe(0);
    expect(await asked()).toEqual(before);
    expect(await Promise.all([cardOnly, late, open].map(async (visitId) => (await read(visitId)).state))).toEqual([
      'ready',
      'needs_ack',
      'ready',
    ]);
    const { value } = await city.get(DecideVisits).byRule(city.bankId, newId(), [cardOnly, late, open]);
    expect(value.results.map(({ code }) => code)).toEqual(Array(3).fill('visits/person_needed'));
    const colleague = await city.person('coordinator');
    expect((await city.approve(colleague, [cardOnly, open])).map(({ outcome }) => outcome)).toEqual(['approved', 'approved']);
  });

  it('asks again tomorrow for what the client could not cover today', async () => {
    const visitId = await served();
    await city.rooms.database.query(`update visit set credited_minutes = 700 where visit_id = $1`, [visitId]);
    time(day + 60);
    expect([await run(), await run()]).toEqual([0, 0]);
    await city.give(client, 100);
    expect(await run()).toBe(0);
    time(2 * day + 60);
    expect(await run()).toBe(1);
  });

  it("says beside a person's decision who acknowledged which findings", async () => {
    const visitId = await served(0, false, 12);
    await city.approve(coordinator, [visitId], { acknowledge: ['LATE_IN'] });
    const { events, decision } = await read(visitId);
    expect(decision).toMatchObject({ by: 'person', byName: expect.any(String) });
    expect(events.slice(-2)).toMatchObject([
      { kind: 'acknowledge', codes: ['LATE_IN'], actorName: decision?.byName },
      { kind: 'approve', codes: [], actorName: decision?.byName },
    ]);
    const rejected = await served(100, false, 112);
    await city.approve(coordinator, [rejected], { decision: 'reject', reasonCode: 'not_served' });
    expect((await read(rejected)).events.map(({ kind }) => kind)).not.toContain('acknowledge');
  });
});
