import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SearchAnswer } from '@timebank/contract';
import { newId } from '@timebank/kernel';
import { openApp, type TestApp, type TestCaller, type TestMember } from '@timebank/testing';

/** Two ids in sight of each other: they begin with the same eight digits, as ids made within a minute do. */
const beginning = 'abad1dea';
const alike = () => `${beginning}${newId().slice(8)}`;

describe('one box from anywhere', () => {
  let app: TestApp;
  let admin: TestCaller;
  let coordinator: TestMember;
  let volunteer: TestMember;
  let bankId: string;
  let otherBank: string;
  let accountId: string;
  let card: { cardId: string; code: string };
  let otherCard: { cardId: string; code: string };
  let fund: string;
  const [clientId, otherClient, visitId, requestId] = [newId(), newId(), alike(), alike()];
  const name = '\u5b59\u7389\u6885';

  beforeAll(async () => {
    app = await openApp();
    admin = await app.signInAsCityAdmin();
    [bankId, otherBank] = [await app.openBank(admin), await app.openBank(admin, 'Bell Tower')];
    coordinator = await app.register(admin, bankId, 'coordinator');
    volunteer = await app.register(coordinator.caller, bankId, 'volunteer');
    const person = { name, birthDate: '1942-02-14', roles: ['client'], phone: '025-00010002' };
    const { body } = await coordinator.caller.put(`/api/banks/${bankId}/members/${clientId}`, person).expect(201);
    ({ accountId } = body as { accountId: string });
    await admin.put(`/api/banks/${otherBank}/members/${otherClient}`, { ...person, phone: '025-00010003' }).expect(201);
    const { body: bank } = await admin.get(`/api/banks/${bankId}`).expect(200);
    fund = (bank as { accounts: { fund: string } }).accounts.fund;
    const grant = { kind: 'grant', fromAccountId: fund, toAccountId: accountId, minutes: 600 };
    await admin.put(`/api/banks/${bankId}/transfers/${newId()}`, grant).expect(201);
    const startsAt = new Date(app.clock.now().getTime() + 22 * 3_600_000).toISOString();
    const asked = { clientId, serviceKind: 'company', startsAt, minutes: 60 };
    await coordinator.caller.put(`/api/banks/${bankId}/requests/${requestId}`, asked).expect(201);
    const taken = { requestId, volunteerId: volunteer.memberId };
    await coordinator.caller.put(`/api/banks/${bankId}/visits/${visitId}`, taken).expect(201);
    const issued = await coordinator.caller.post(`/api/banks/${bankId}/members/${clientId}/cards`).expect(201);
    card = issued.body as { cardId: string; code: string };
    const there = await app.register(admin, otherBank, 'coordinator');
    otherCard = (await there.caller.post(`/api/banks/${otherBank}/members/${otherClient}/cards`).expect(201)).body as typeof card;
  });
  afterAll(() => app.close());

  const ask = (q: string, by = coordinator.caller) => by.get(`/api/search?q=${encodeURIComponent(q)}`);
  const find = async (q: string, by = coordinator.caller) => ((await ask(q, by).expect(200)).body as SearchAnswer).items;

  it('finds a member by name, initials, pinyin, number and phone', async () => {
    const [member] = await find(name);
    expect(member).toEqual({
      kind: 'member',
      id: clientId,
      bankId,
      title: name,
      detail: expect.stringMatching(/^\d{9} · 0002$/),
      isClient: true,
    });
    const number = member?.detail.slice(0, 9) ?? '';
    for (const q of [
      '\u5b59',
      '\u5b59\u7389',
      'sym',
      'ym',
      'SunYumei',
      'yumei',
      'y',
      number,
      number.slice(0, 8),
      '025-0001',
      '+86 25 0001 0002',
    ])
      expect([q, (await find(q)).map(({ id }) => id)]).toEqual([q, expect.arrayContaining([clientId])]);
    expect((await find('\u5b6b\u7389\u6885')).length).toBe(0);
  });

  it('finds visits, requests, cards and accounts by their ids, in any spelling, and what begins alike together', async () => {
    const day = '2026-03-03';
    const startsAt = '2026-03-02T23:00:00.000Z';
    const visit = { kind: 'visit', id: visitId, bankId, title: `${name} · ${day}`, detail: `planned · ${startsAt}` };
    const request = { kind: 'request', id: requestId, bankId, title: `${name} · ${day}`, detail: `taken · ${startsAt}` };
    const account = { kind: 'account', id: accountId, bankId, title: name, detail: expect.stringMatching(/^member · \d{9}$/) };
    const printed = { kind: 'card', memberId: clientId, id: card.cardId, bankId, title: name, detail: '1' };
    for (const [id, hit] of [
      [visitId, visit],
      [requestId, request],
      [accountId, account],
      [fund, { kind: 'account', id: fund, bankId, title: 'fund', detail: 'fund' }],
      [card.cardId, printed],
    ] as const) {
      for (const q of [id, id.toUpperCase(), id.replaceAll('-', ''), id.slice(0, 23)]) expect([q, await find(q)]).toEqual([q, [hit]]);
    }
    expect(await find(beginning)).toEqual([visit, request]);
    expect(await find(beginning.slice(0, 7))).toEqual([]);
  });

  it('finds a card by the code that is printed on it, whole and never in part, also when it is revoked', async () => {
    const printed = { kind: 'card', memberId: clientId, id: card.cardId, bankId, title: name };
    for (const q of [
      card.code,
      card.code.toLowerCase(),
      `${card.code.slice(0, 4)}-${card.code.slice(4)}`,
      ` ${card.code.slice(0, 4)} ${card.code.slice(4)}`,
    ])
      expect(await find(q)).toEqual([{ ...printed, detail: '1' }]);
    const kindsOf = async (q: string) => (await find(q)).filter(({ kind }) => kind === 'card');
    expect([await kindsOf(card.code.slice(0, 7)), await kindsOf(otherCard.code), await kindsOf(otherCard.cardId)]).toEqual([[], [], []]);
    await coordinator.caller.delete(`/api/banks/${bankId}/members/${clientId}/cards/${card.cardId}`).expect(200);
    expect(await find(card.code)).toEqual([{ ...printed, detail: '1 · 2026-03-02T01:00:00.000Z' }]);
  });

  it('shows each their own banks: a coordinator of one, of two, a city admin, a city auditor', async () => {
    const banksOf = async (by: TestCaller) => (await find('sunyumei', by)).map((hit) => hit.bankId).sort();
    expect(await banksOf(coordinator.caller)).toEqual([bankId]);
    expect(await banksOf(admin)).toEqual([bankId, otherBank].sort());
    expect((await find(otherCard.code, admin)).map(({ id }) => id)).toEqual([otherCard.cardId]);
    const both = await app.register(admin, bankId, 'coordinator');
    const auditor = await app.register(admin, bankId, 'volunteer');
    const give = (memberId: string, at: string | null, role: string) =>
      app.database.query(
        `insert into role (person_id, bank_id, role, member_id, granted_at) select person_id, $2, $3, $4, now() from member where member_id = $1`,
        [memberId, at, role, at === null ? null : memberId],
      );
    await give(both.memberId, otherBank, 'coordinator');
    await give(auditor.memberId, null, 'auditor');
    expect([await banksOf(both.caller), await banksOf(auditor.caller)]).toEqual([[bankId, otherBank].sort(), [bankId, otherBank].sort()]);
    // Elsewhere a volunteer: what is there is not theirs to look through.
    await app.database.query(`update role set role = 'volunteer' where member_id = $1 and bank_id = $2`, [both.memberId, otherBank]);
    expect([await banksOf(both.caller), await find(otherClient, both.caller)]).toEqual([[bankId], []]);
  });

  it('is for staff alone', async () => {
    expect((await ask(name, volunteer.caller).expect(403)).body).toMatchObject({ code: 'access/not_allowed' });
    expect((await ask(name, app.anybody).expect(401)).body).toMatchObject({ code: 'access/not_signed_in' });
  });

  it('says of no question, of one that is too long, and of one that nobody can store that it is none', async () => {
    for (const query of [
      '',
      '?q=',
      '?q=%20%E3%80%80',
      `?q=${'a'.repeat(101)}`,
      `?q=${'\u5b59'.repeat(1_000)}`,
      '?q=%00',
      '?q=a%00b',
      '?q=a&q=b',
      '?q=a&x=b',
    ])
      expect([query, (await coordinator.caller.get(`/api/search${query}`)).body]).toMatchObject([query, { code: 'request/malformed' }]);
    for (const query of [`?q=${'a'.repeat(10_000)}`, '?q=%ED%A0%80', '?q=%', '?q=%FF'])
      expect([query, (await coordinator.caller.get(`/api/search${query}`)).status < 500]).toEqual([query, true]);
    for (const q of [
      's',
      '%',
      '_',
      "'",
      '"',
      '\\',
      '\u{1f600}',
      '\u{1f1e8}\u{1f1f3}',
      "'; drop table member; --",
      '\u200b',
      '\u00b7',
      '0'.repeat(100),
    ])
      expect([q, (await ask(q)).status]).toEqual([q, 200]);
  });

  it('answers twenty at most, members first', async () => {
    for (let count = 0; count < 22; count += 1) {
      const person = { name: `\u5434${count}`, birthDate: '1942-02-14', roles: ['client'] };
      await coordinator.caller.put(`/api/banks/${bankId}/members/${newId()}`, person).expect(201);
    }
    expect(await find('\u5434')).toHaveLength(20);
    expect((await find('\u54342')).map(({ title }) => title)).toEqual(['\u54342', '\u543420', '\u543421']);
  });
});
