import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { openApp, type TestApp, type TestCaller, type TestMember } from '@timebank/testing';

describe('policies over HTTP', () => {
  let city: TestApp;
  let admin: TestCaller;
  let bankId: string;
  let coordinator: TestMember;
  beforeAll(async () => {
    city = await openApp();
    admin = await city.signInAsCityAdmin();
    bankId = await city.openBank(admin);
    coordinator = await city.register(admin, bankId, 'coordinator');
  });
  afterAll(() => city.close());

  it('withdraws a rule that has not begun, for a bank and for the city, and says who laid it down and who withdrew it', async () => {
    const [begun, later, ofCity] = [newId(), newId(), newId()];
    const row = { key: 'lateInMinutes', value: 20, validFrom: '2026-03-02', source: 'council' };
    const path = (policyId: string) => `/api/banks/${bankId}/policies/${policyId}`;
    const manager = await city.register(admin, bankId, 'volunteer');
    await admin.put(`/api/banks/${bankId}/roles/${manager.memberId}/admin`).expect(201);
    await manager.caller.put(path(begun), row).expect(201);
    await manager.caller.put(path(later), { ...row, value: 30, validFrom: '2026-03-03' }).expect(201);
    await admin.put(`/api/policies/${ofCity}`, { ...row, key: 'earlyInMinutes', validFrom: '2026-03-03' }).expect(201);
    const onThird = async () => (await coordinator.caller.get(`/api/banks/${bankId}/policies?day=2026-03-03`).expect(200)).body;
    expect((await onThird()).inForce).toMatchObject({ lateInMinutes: 30, earlyInMinutes: 20 });
    await coordinator.caller.delete(path(later)).expect(403);
    expect((await manager.caller.delete(path(begun)).expect(422)).body).toMatchObject({ code: 'policy/in_the_past' });
    expect((await manager.caller.delete(path(newId())).expect(404)).body).toEqual({ code: 'policy/not_found', parameters: {} });
    // The city's rows are not the bank's to withdraw, nor the other way round.
    await manager.caller.delete(path(ofCity)).expect(404);
    await manager.caller.delete(`/api/policies/${ofCity}`).expect(403);
    await admin.delete(`/api/policies/${later}`).expect(404);
    const { body } = await manager.caller.delete(path(later)).expect(200);
    expect(body).toMatchObject({ policyId: later, value: 30, withdrawnAt: '2026-03-02T01:00:00.000Z' });
    await manager.caller.delete(path(later)).expect(200, body);
    await admin.delete(`/api/policies/${ofCity}`).expect(200);
    // Sent again it is still the row that was laid down, and still withdrawn.
    expect((await manager.caller.put(path(later), { ...row, value: 30, validFrom: '2026-03-03' }).expect(200)).body).toEqual(body);
    const shown = await onThird();
    expect(shown.inForce).toMatchObject({ lateInMinutes: 20, earlyInMinutes: 15 });
    const names = (policyId: string) =>
      shown.rows
        .filter((one: { policyId: string }) => one.policyId === policyId)
        .map((one: { recordedByName: string | null; withdrawnByName: string | null }) => [one.recordedByName, one.withdrawnByName]);
    const name = `volunteer ${manager.phone}`;
    expect([names(begun), names(later), names(ofCity)]).toEqual([[[name, null]], [[name, name]], [[null, null]]]);
  });
});
