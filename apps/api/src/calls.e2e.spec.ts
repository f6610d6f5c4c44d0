import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { openApp, type TestApp, type TestCaller, type TestMember } from '@timebank/testing';

type Items<Item> = { items: Item[] };

describe('who calls, and who does not ask', () => {
  let city: TestApp;
  let admin: TestCaller;
  let bankId: string;
  let base: string;
  let coordinator: TestMember;
  let volunteer: TestMember;
  let mother: TestMember;

  beforeAll(async () => {
    city = await openApp();
    admin = await city.signInAsCityAdmin();
    bankId = await city.openBank(admin);
    base = `/api/banks/${bankId}`;
    coordinator = await city.register(admin, bankId, 'coordinator');
    volunteer = await city.register(coordinator.caller, bankId, 'volunteer');
    mother = await city.register(coordinator.caller, bankId, 'client');
    const { accounts } = (await admin.get(base).expect(200)).body as { accounts: { fund: string } };
    const grant = { kind: 'grant', fromAccountId: accounts.fund, toAccountId: mother.accountId, minutes: 900 };
    await admin.put(`${base}/transfers/${newId()}`, grant).expect(201);
  });
  afterAll(() => city.close());

  const codeOf = async (answer: PromiseLike<{ status: number; body: unknown }>) => {
    const { status, body } = await answer;
    return `${status} ${(body as { code: string }).code}`;
  };

  describe('a call', () => {
    const callers = async (phone: string) => {
      const { body } = await coordinator.caller.get(`${base}/callers?phone=${encodeURIComponent(phone)}`).expect(200);
      return body as { contactId: string | null; items: Record<string, unknown>[] };
    };

    it('finds everybody about whom it may be, in any spelling, by a neighbour’s landline too', async () => {
      const elder = await city.register(coordinator.caller, bankId, 'client');
      const spouse = await city.register(coordinator.caller, bankId, 'client');
      const landline = '025-83330077';
      for (const { memberId } of [elder, spouse])
        await coordinator.caller
          .put(`${base}/contacts/${newId()}`, { phone: '(025) 8333 0077', name: 'Upstairs', clientId: memberId })
          .expect(201);
      const shared = await callers('+86 25 83330077');
      expect(shared.items.map(({ memberId, caller, callerName }) => [memberId, caller, callerName]).sort()).toEqual(
        [elder, spouse].map(({ memberId }) => [memberId, 'other', 'Upstairs']).sort(),
      );
      expect((await callers(elder.phone)).items).toMatchObject([
        { memberId: elder.memberId, caller: 'client', isClient: true, last: null },
      ]);
      const son = city.freePhone();
      const validUntil = new Date(city.clock.now().getTime() + 86_400_000).toISOString().slice(0, 10);
      const word = { clientId: elder.memberId, phone: son, name: 'Wang Jun', relation: 'child', scopes: ['ask'], validUntil };
      await coordinator.caller.put(`${base}/proxies/${newId()}`, { ...word, confirmedHow: 'call', confirmedFrom: landline }).expect(201);
      expect((await callers(son)).items).toMatchObject([
        { memberId: elder.memberId, caller: 'proxy', callerName: 'Wang Jun', scopes: ['ask'] },
      ]);
    });

    it('is written down before anybody knows who it is, and becomes a request and a visit at once, or nothing', async () => {
      const unknown = city.freePhone();
      const contactId = newId();
      const contact = `${base}/contacts/${contactId}`;
      await coordinator.caller.put(contact, { phone: unknown, note: 'Wants a meal' }).expect(201);
      expect(await callers(unknown)).toMatchObject({ contactId, items: [] });
      expect(await codeOf(coordinator.caller.put(contact, { phone: unknown, version: 7 }))).toBe('409 contacts/stale');
      const helper = await city.register(coordinator.caller, bankId, 'volunteer');
      const requestId = newId();
      const startsAt = new Date(city.clock.now().getTime() + 5 * 86_400_000).toISOString();
      const request = { requestId, serviceKind: 'company', startsAt, minutes: 30 };
      const spoken = { clientId: mother.memberId, phone: unknown, caller: 'client', contactId, request };
      const callId = newId();
      const put = (body: object) => coordinator.caller.put(`${base}/phone-calls/${callId}`, body);
      // Who cannot come leaves no request behind.
      expect(await codeOf(put({ ...spoken, visit: { visitId: newId(), volunteerId: mother.memberId } }))).toMatch(/^4\d\d /);
      expect(await codeOf(coordinator.caller.get(`${base}/requests/${requestId}`))).toBe('404 requests/not_found');
      const whole = { ...spoken, visit: { visitId: newId(), volunteerId: helper.memberId } };
      const { body } = await put(whole).expect(201);
      expect(body).toMatchObject({ requestId, visitId: whole.visit.visitId, told: [`client ${mother.phone}`] });
      await put(whole).expect(200);
      expect(await codeOf(put({ ...whole, caller: 'other' }))).toBe('409 phone_calls/id_reused');
      // What comes back by itself is laid for weeks to come, and is not what she asked for last.
      const often = { rule: 'FREQ=WEEKLY;BYDAY=TH', startsOn: '2026-03-05', startTime: '09:00', minutes: 60 };
      await coordinator.caller
        .put(`${base}/series/${newId()}`, { clientId: mother.memberId, serviceKind: 'company', ...often })
        .expect(201);
      const [again] = (await callers(unknown)).items;
      expect(again).toMatchObject({ memberId: mother.memberId, last: { requestId, minutes: 30, helper: { memberId: helper.memberId } } });
      const { items } = (await coordinator.caller.get(`${base}/contacts?state=open`).expect(200)).body as Items<object>;
      expect(items).toEqual([]);
    });

    it('is not for others to ask about', async () => {
      for (const who of [mother, volunteer])
        expect(await codeOf(who.caller.get(`${base}/callers?phone=${mother.phone}`))).toBe('403 access/not_allowed');
      expect(await codeOf(coordinator.caller.get(`${base}/callers?phone=12`))).toBe('400 request/malformed');
    });
  });

  describe('elders who do not ask', () => {
    const silent = async () =>
      ((await coordinator.caller.get(`${base}/silent?count=yes&limit=200`).expect(200)).body as Items<{ memberId: string }>).items.map(
        ({ memberId }) => memberId,
      );

    it('are listed after so many days, those who live alone first, and leave the list for as long as a call says', async () => {
      const [one, alone] = [
        await city.register(coordinator.caller, bankId, 'client'),
        await city.register(coordinator.caller, bankId, 'client'),
      ];
      await admin.patch(`${base}/members/${alone.memberId}`, { version: 1, circumstances: ['living_alone'] }).expect(200);
      expect(await silent()).not.toContain(one.memberId);
      city.clock.advance(31 * 24 * 60);
      const listed = await silent();
      expect([listed[0], listed.includes(one.memberId)]).toEqual([alone.memberId, true]);
      const checkIn = (memberId: string, body: object) => coordinator.caller.put(`${base}/members/${memberId}/check-ins/${newId()}`, body);
      const day = (days: number) => new Date(city.clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 10);
      expect(await codeOf(checkIn(one.memberId, { result: 'fine', nextOn: day(-2) }))).toBe('422 check_ins/in_the_past');
      await checkIn(one.memberId, { result: 'fine', nextOn: day(3) }).expect(201);
      await checkIn(alone.memberId, { result: 'do_not_call' }).expect(201);
      expect((await silent()).filter((id) => [one.memberId, alone.memberId].includes(id))).toEqual([]);
      city.clock.advance(3 * 24 * 60);
      expect((await silent()).filter((id) => [one.memberId, alone.memberId].includes(id))).toEqual([one.memberId]);
    });

    it('are told of by anybody, without an account; it goes by itself, unless two people keep it', async () => {
      const findingId = newId();
      const told = { finder: 'post', who: 'The old man on the ground floor', what: 'Letters lie for a week' };
      const path = `${base}/findings/${findingId}`;
      const { body } = await city.anybody.put(path, told).expect(201);
      expect(body).toMatchObject({ bankName: 'Drum Tower', bankPhone: '025-83330000' });
      await city.anybody.put(path, told).expect(200);
      expect(await codeOf(city.anybody.put(path, { ...told, who: 'Another' }))).toBe('409 findings/id_reused');
      expect(await codeOf(city.anybody.put(`/api/banks/${newId()}/findings/${newId()}`, told))).toBe('404 banks/not_found');
      expect(await codeOf(city.anybody.get(`${base}/findings`))).toBe('401 access/not_signed_in');
      const second = await city.register(admin, bankId, 'coordinator');
      const keep = (who: TestMember) => who.caller.post(`${path}/keep`, { reasonCode: 'at_risk' });
      await keep(coordinator).expect(202);
      await keep(second).expect(200);
      city.clock.advance(40 * 24 * 60);
      await coordinator.caller.post(`${path}/end`, { result: 'helped' }).expect(200);
      const next = `${base}/findings/${newId()}`;
      await city.anybody.put(next, told).expect(201);
      city.clock.advance(31 * 24 * 60);
      expect(await codeOf(coordinator.caller.post(`${next}/end`, { result: 'helped' }))).toBe('404 findings/not_found');
      const { items } = (await coordinator.caller.get(`${base}/findings`).expect(200)).body as Items<object>;
      expect(items).toEqual([]);
    });
  });
});
