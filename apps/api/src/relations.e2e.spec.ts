import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTwoBanks, type TwoBanks } from '@timebank/testing';

describe('relations between two banks', () => {
  let two: TwoBanks;
  beforeAll(async () => {
    two = await openTwoBanks();
    await two.befriend();
  });
  afterAll(() => two.city.close());

  it('B10: a relation to a member of another bank gives nothing before that bank has confirmed it, and ends from a day on', async () => {
    const son = await two.city.register(two.home.coordinator.caller, two.home.bankId, 'volunteer');
    const fund = { kind: 'grant', fromAccountId: two.home.fund, toAccountId: son.accountId, minutes: 60, reasonCode: 'welcome' };
    await two.transfer(two.admin, two.home, fund).expect(201);
    const gift = { kind: 'gift', fromAccountId: son.accountId, toAccountId: two.client.accountId, minutes: 10, toBankId: two.host.bankId };
    const from = `${two.home.base}/members/${son.memberId}/relations/${two.client.memberId}`;
    const back = `${two.host.base}/members/${two.client.memberId}/relations/${son.memberId}`;
    const { caller: recorder } = two.home.coordinator;
    expect((await two.host.coordinator.caller.put(`${back}/confirmation`).expect(404)).body.code).toBe('relations/not_found');
    await recorder.put(from, { kind: 'parent', otherBankId: two.host.bankId }).expect(201);
    expect((await two.transfer(son.caller, two.home, gift).expect(422)).body.code).toBe('hours/not_a_relative');
    await recorder.put(`${from}/confirmation`).expect(403);
    await son.caller.put(`${from}/confirmation`).expect(403);
    await recorder.put(`${back}/confirmation`).expect(404);
    await two.third.coordinator.caller.put(`${back}/confirmation`).expect(404);
    expect((await two.transfer(son.caller, two.home, gift).expect(422)).body.code).toBe('hours/not_a_relative');
    const told = await two.city.database.query(`select from outbox where bank_id = $1 and kind = 'relations/recorded'`, [two.host.bankId]);
    expect(told.length).toBeGreaterThan(0);
    expect((await two.client.caller.put(`${back}/confirmation`).expect(201)).body).toMatchObject({ kind: 'child' });
    await two.host.coordinator.caller.put(`${back}/confirmation`).expect(200);
    await two.transfer(son.caller, two.home, gift).expect(201);
    await two.guest.caller.post(`${from}/end`, { on: '2026-03-02' }).expect(403);
    await two.client.caller.post(`${back}/end`, { on: '2046-03-02' }).expect(422);
    await two.client.caller.post(`${back}/end`, { on: '2026-03-02' }).expect(200);
    await recorder.post(`${from}/end`, { on: '2026-03-02' }).expect(200);
    expect((await two.transfer(son.caller, two.home, gift).expect(422)).body.code).toBe('hours/not_a_relative');
    await recorder.put(from, { kind: 'grandparent', otherBankId: two.host.bankId }).expect(201);
    expect((await two.transfer(son.caller, two.home, gift).expect(422)).body.code).toBe('hours/not_a_relative');
    await two.host.coordinator.caller.put(`${back}/confirmation`).expect(201);
    await two.transfer(son.caller, two.home, gift).expect(201);
  });
});
