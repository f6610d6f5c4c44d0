import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { AuditBooks } from '@timebank/reports';
import { openTwoBanks, type TestCaller, type TestMember, type TwoBanks } from '@timebank/testing';

describe('members who are one person', () => {
  let two: TwoBanks;
  let base: string;
  let admin: TestCaller;
  let colleague: TestCaller;
  let desk: TestMember;
  beforeAll(async () => {
    two = await openTwoBanks();
    [admin, desk, base] = [two.admin, two.host.coordinator, two.host.base];
    colleague = await two.city.secondCityAdmin(admin, two.host.bankId);
  });
  afterAll(() => two.city.close());

  const person = (role: 'volunteer' | 'client') => two.city.register(desk.caller, two.host.bankId, role);
  const merge = (by: TestCaller, stays: string, otherMemberId: string, at = base) =>
    by.post(`${at}/members/${stays}/merge`, { otherMemberId });
  const undo = (stays: string, otherMemberId: string) => admin.post(`${base}/members/${stays}/merge/undo`, { otherMemberId });
  const minutesOf = async ({ accountId }: TestMember) =>
    ((await admin.get(`${base}/accounts/${accountId}`).expect(200)).body as { balanceMinutes: number }).balanceMinutes;
  const read = async ({ memberId }: TestMember) =>
    (await desk.caller.get(`${base}/members/${memberId}`).expect(200)).body as {
      roles: string[];
      mergedInto: string | null;
      disabled: boolean;
    };
  const sound = async () => {
    const { faults } = await two.city.app.get(AuditBooks, { strict: false }).run([two.host.bankId]);
    expect(faults).toEqual([]);
  };

  it('become one by two admins, with both histories, and two again within seven days', async () => {
    const [stays, goes] = [await person('volunteer'), await person('client')];
    await two.grant(two.host, goes.accountId, 300);
    await desk.caller.post(`${base}/members/${goes.memberId}/cards`).expect(201);
    const preview = await admin.get(`${base}/members/${stays.memberId}/merge?otherMemberId=${goes.memberId}`).expect(200);
    expect(preview.body).toMatchObject({ stays: { memberId: stays.memberId }, goes: { balanceMinutes: 300 }, cards: 1, plannedVisits: 0 });
    await merge(desk.caller, stays.memberId, goes.memberId).expect(403);
    const { body: waits } = await merge(admin, stays.memberId, goes.memberId).expect(202);
    expect((await merge(admin, stays.memberId, goes.memberId).expect(202)).body).toEqual(waits);
    // Somebody under merge is merged with nobody else meanwhile.
    const third = await person('volunteer');
    expect((await merge(admin, third.memberId, goes.memberId).expect(409)).body).toMatchObject({ code: 'merges/waits' });
    const { body: done } = await merge(colleague, stays.memberId, goes.memberId).expect(201);
    expect(done).toMatchObject({ memberId: stays.memberId, otherMemberId: goes.memberId, minutes: 300, undoneAt: null });
    expect((await merge(admin, stays.memberId, goes.memberId).expect(200)).body).toEqual(done);
    expect([await minutesOf(stays), await minutesOf(goes)]).toEqual([300, 0]);
    expect(await read(stays)).toMatchObject({
      roles: ['client', 'volunteer'],
      mergedInto: null,
      mergedFrom: [{ memberId: goes.memberId }],
    });
    expect(await read(goes)).toMatchObject({ roles: [], mergedInto: stays.memberId, disabled: true });
    await goes.caller.get('/api/me').expect(401);
    expect((await merge(admin, third.memberId, goes.memberId).expect(409)).body).toMatchObject({ code: 'merges/already_merged' });
    await sound();
    const { body: undone } = await undo(stays.memberId, goes.memberId).expect(200);
    expect(undone).toMatchObject({ undoneAt: expect.any(String) });
    expect((await undo(stays.memberId, goes.memberId).expect(200)).body).toEqual(undone);
    expect([await minutesOf(stays), await minutesOf(goes)]).toEqual([0, 300]);
    expect(await read(stays)).toMatchObject({ roles: ['volunteer'] });
    expect(await read(goes)).toMatchObject({ roles: ['client'], mergedInto: null, disabled: false });
    await sound();
  });

  it('are refused where they are not, a code each, and nothing is half done', async () => {
    const [one, other] = [await person('volunteer'), await person('client')];
    const code = async (stays: string, goes: string, at = base) => {
      const { status, body } = await merge(admin, stays, goes, at);
      return [status, (body as { code: string }).code];
    };
    expect(await code(one.memberId, one.memberId)).toEqual([422, 'merges/oneself']);
    expect(await code(one.memberId, newId())).toEqual([404, 'members/not_found']);
    expect(await code(one.memberId, two.guest.memberId)).toEqual([404, 'members/not_found']);
    expect((await undo(one.memberId, other.memberId).expect(404)).body).toMatchObject({ code: 'merges/not_found' });
    await two.grant(two.host, other.accountId, 120);
    const startsAt = new Date(two.city.clock.now().getTime() + 24 * 3_600_000).toISOString();
    const requestId = newId();
    const request = { clientId: other.memberId, serviceKind: 'company', startsAt, minutes: 60 };
    await desk.caller.put(`${base}/requests/${requestId}`, request).expect(201);
    expect(await code(one.memberId, other.memberId)).toEqual([409, 'merges/plans_ahead']);
    await desk.caller.post(`${base}/requests/${requestId}/cancel`).expect(200);
    await merge(admin, one.memberId, other.memberId).expect(202);
    await merge(colleague, one.memberId, other.memberId).expect(201);
    two.city.clock.advance(8 * 24 * 60);
    expect((await undo(one.memberId, other.memberId).expect(409)).body).toMatchObject({ code: 'merges/too_late' });
    expect(await minutesOf(one)).toBe(120);
  });

  it('are listed by what they share', async () => {
    const put = (name: string, birthDate: string, phone?: string) =>
      desk.caller.put(`${base}/members/${newId()}`, { name, birthDate, phone, roles: ['client'] }).expect(201);
    await put('Su Wen', '1940-03-05', '025-83331111');
    await put('SU WEN', '1941-03-05');
    await put('Su Wenn', '1940-03-05', '025-83331111');
    const { body } = await desk.caller.get(`${base}/doubles`).expect(200);
    const pairs = (body as { items: { name: string; otherName: string; by: string[] }[] }).items;
    expect(pairs.map(({ name, otherName, by }) => [name, otherName, by])).toEqual(
      expect.arrayContaining([
        [expect.stringMatching(/su wenn?/i), expect.stringMatching(/su wenn?/i), ['birth_date', 'phone']],
        [expect.stringMatching(/su wen/i), expect.stringMatching(/su wen/i), ['name']],
      ]),
    );
  });
});
