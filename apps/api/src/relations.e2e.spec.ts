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
    const waiting = async (bank: typeof two.home, caller = bank.coordinator.caller) =>
      (await caller.get(`${bank.base}/waiting-relations`).expect(200)).body.items as Record<string, unknown>[];
    const name = `volunteer ${son.phone}`;
    expect(await waiting(two.home)).toEqual([]);
    const asked = { memberId: two.client.memberId, otherMemberId: son.memberId, otherName: name, kind: 'child', mayConfirm: true };
    expect(await waiting(two.host)).toMatchObject([{ ...asked, otherBankName: 'Drum Tower' }]);
    const read = async (bank: typeof two.home, member: typeof son, caller = member.caller) =>
      (await caller.get(`${bank.base}/members/${member.memberId}`).expect(200)).body as Record<string, unknown>;
    expect(await read(two.host, two.client)).toMatchObject({
      relations: [{ memberId: son.memberId, name, mayConfirm: true, confirmed: false }],
    });
    const own = { memberId: two.client.memberId, name: null, mayConfirm: false, confirmed: false };
    expect(await read(two.home, son)).toMatchObject({ relations: [own] });
    await recorder.put(`${from}/confirmation`).expect(403);
    await son.caller.put(`${from}/confirmation`).expect(403);
    await recorder.put(`${back}/confirmation`).expect(404);
    await two.third.coordinator.caller.put(`${back}/confirmation`).expect(404);
    expect((await two.transfer(son.caller, two.home, gift).expect(422)).body.code).toBe('hours/not_a_relative');
    const told = await two.city.database.query(`select from outbox where bank_id = $1 and kind = 'relations/recorded'`, [two.host.bankId]);
    expect(told.length).toBeGreaterThan(0);
    expect((await two.client.caller.put(`${back}/confirmation`).expect(201)).body).toMatchObject({ kind: 'child' });
    await two.host.coordinator.caller.put(`${back}/confirmation`).expect(200);
    expect(await waiting(two.host)).toEqual([]);
    expect(await read(two.home, son)).toMatchObject({ relations: [{ confirmed: true, confirmedBy: 'other_bank', confirmedByName: null }] });
    await two.transfer(son.caller, two.home, gift).expect(201);
    await two.guest.caller.post(`${from}/end`, { on: '2026-03-02' }).expect(403);
    await two.client.caller.post(`${back}/end`, { on: '2046-03-02' }).expect(422);
    await two.client.caller.post(`${back}/end`, { on: '2026-03-02' }).expect(200);
    await recorder.post(`${from}/end`, { on: '2026-03-02' }).expect(200);
    expect(await read(two.home, son)).toMatchObject({ relations: [], pastRelations: [{ kind: 'parent', endedOn: '2026-03-02' }] });
    expect((await two.transfer(son.caller, two.home, gift).expect(422)).body.code).toBe('hours/not_a_relative');
    await recorder.put(from, { kind: 'grandparent', otherBankId: two.host.bankId }).expect(201);
    expect((await two.transfer(son.caller, two.home, gift).expect(422)).body.code).toBe('hours/not_a_relative');
    await two.host.coordinator.caller.put(`${back}/confirmation`).expect(201);
    await two.transfer(son.caller, two.home, gift).expect(201);
  });

  it('B1: a relation inside a bank waits at the desk for another than who recorded it', async () => {
    const { base, coordinator, bankId } = two.home;
    const second = await two.city.register(two.admin, bankId, 'coordinator');
    const [giver, other] = [
      await two.city.register(coordinator.caller, bankId, 'client'),
      await two.city.register(coordinator.caller, bankId, 'client'),
    ];
    const path = `${base}/members/${giver.memberId}/relations/${other.memberId}`;
    await coordinator.caller.put(path, { kind: 'spouse' }).expect(201);
    const gift = { kind: 'gift', fromAccountId: giver.accountId, toAccountId: other.accountId, minutes: 10 };
    expect((await two.transfer(giver.caller, two.home, gift).expect(422)).body.code).toBe('hours/relation_unconfirmed');
    const listed = async (caller: typeof second.caller) => (await caller.get(`${base}/waiting-relations`).expect(200)).body.items;
    const count = async (caller: typeof second.caller) => (await caller.get(`${base}/queue`).expect(200)).body.waitingActs as number;
    expect(await listed(coordinator.caller)).toMatchObject([
      { memberId: giver.memberId, isOwn: true, mayConfirm: false, otherBankName: null },
    ]);
    expect(await listed(second.caller)).toMatchObject([{ isOwn: false, mayConfirm: true }]);
    expect([await count(coordinator.caller), await count(second.caller)]).toEqual([0, 1]);
    await coordinator.caller.put(`${path}/confirmation`).expect(403);
    await second.caller.put(`${path}/confirmation`).expect(201);
    expect(await listed(second.caller)).toEqual([]);
    const child = await two.city.register(coordinator.caller, bankId, 'client');
    const [own, back] = [
      `${base}/members/${giver.memberId}/relations/${child.memberId}`,
      `${base}/members/${child.memberId}/relations/${giver.memberId}`,
    ];
    await coordinator.caller.put(own, { kind: 'child' }).expect(201);
    const toChild = { ...gift, toAccountId: child.accountId };
    await child.caller.put(`${own}/confirmation`).expect(403);
    await child.caller.put(`${back}/confirmation`).expect(201);
    expect((await two.transfer(giver.caller, two.home, toChild).expect(422)).body.code).toBe('hours/relation_unconfirmed');
    await giver.caller.put(`${own}/confirmation`).expect(201);
    await giver.caller.put(`${own}/confirmation`).expect(200);
    expect((await two.transfer(giver.caller, two.home, toChild).expect(422)).body.code).not.toBe('hours/relation_unconfirmed');
    expect((await two.transfer(giver.caller, two.home, gift).expect(422)).body.code).toBe('ledger/overdraft');
  });
});
