import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { CodeSender } from '@timebank/access';
import { newId } from '@timebank/kernel';
import { DeliverNotices } from '@timebank/notices';
import { openApp, type TestApp, TestCaller, type TestMember, testStart } from '@timebank/testing';

type Code = { code: string; parameters: object };
type Items<Item> = { items: Item[] };

describe('who acts for a client', () => {
  let city: TestApp;
  let admin: TestCaller;
  let bankId: string;
  let base: string;
  let coordinator: TestMember;
  let volunteer: TestMember;
  let mother: TestMember;
  let other: TestMember;
  let card: string;
  const codes = new Map<string, string>();
  const today = testStart.toISOString().slice(0, 10);
  const inDays = (days: number) => new Date(testStart.getTime() + days * 86_400_000).toISOString().slice(0, 10);

  beforeAll(async () => {
    city = await openApp();
    const sender = city.app.get(CodeSender as never, { strict: false }) as CodeSender;
    jest.spyOn(sender, 'send').mockImplementation(async (phone, code) => void codes.set(phone, code));
    admin = await city.signInAsCityAdmin();
    bankId = await city.openBank(admin);
    base = `/api/banks/${bankId}`;
    coordinator = await city.register(admin, bankId, 'coordinator');
    volunteer = await city.register(coordinator.caller, bankId, 'volunteer');
    mother = await city.register(coordinator.caller, bankId, 'client');
    other = await city.register(coordinator.caller, bankId, 'client');
    const { accounts } = (await admin.get(base).expect(200)).body as { accounts: { fund: string } };
    for (const { accountId } of [mother, other])
      await admin.put(`${base}/transfers/${newId()}`, {
        kind: 'grant',
        fromAccountId: accounts.fund,
        toAccountId: accountId,
        minutes: 900,
      });
    card = ((await coordinator.caller.post(`${base}/members/${mother.memberId}/cards`).expect(201)).body as { url: string }).url;
  });
  afterAll(() => city.close());

  const word = (phone: string, scopes: string[], more: object = {}) => ({
    clientId: mother.memberId,
    phone,
    name: 'Wang Jun',
    relation: 'child',
    scopes,
    validUntil: inDays(366),
    confirmedHow: 'call',
    confirmedFrom: mother.phone,
    ...more,
  });
  const record = (body: object, by = coordinator.caller, proxyId = newId()) => by.put(`${base}/proxies/${proxyId}`, body);
  const codeOf = async (answer: PromiseLike<{ status: number; body: unknown }>) => {
    const { status, body } = await answer;
    return `${status} ${(body as Code).code}`;
  };
  /** Somebody whom nobody has registered signs in with a code that comes to their phone. */
  const signInByCode = async (phone: string) => {
    await city.anybody.post('/api/sessions/codes', { phone }).expect(201);
    const { body } = await city.anybody.post('/api/sessions/by-code', { phone, code: codes.get(phone) }).expect(201);
    return new TestCaller(city.app, (body as { token: string }).token);
  };
  const ask = (caller: TestCaller, clientId = mother.memberId, minutes = 60) => {
    const requestId = newId();
    const startsAt = new Date(city.clock.now().getTime() + minutes * 60_000).toISOString();
    return { requestId, sent: caller.put(`${base}/requests/${requestId}`, { clientId, serviceKind: 'company', startsAt, minutes: 30 }) };
  };
  const take = async (who: TestMember, requestId: string) => {
    const visitId = newId();
    await who.caller.put(`${base}/visits/${visitId}`, { requestId, volunteerId: who.memberId }).expect(201);
    return visitId;
  };
  const serve = async (who: TestMember, requestId: string) => {
    const visitId = await take(who, requestId);
    for (const kind of ['in', 'out']) {
      await who.caller.put(`${base}/visits/${visitId}/scans/${newId()}`, { kind, card }).expect(201);
      city.clock.advance(30);
    }
    return visitId;
  };
  const answer = (who: TestCaller, visitId: string) =>
    who.put(`${base}/visits/${visitId}/client-answers/${newId()}`, { result: 'confirmed' });

  it('refuses what cannot be, each by a code of its own, and leaves nothing behind', async () => {
    const phone = city.freePhone();
    const refused: [string, Promise<string>][] = [
      ['400 request/malformed', codeOf(record(word(phone, ['see', 'everything'])))],
      ['400 request/malformed', codeOf(record(word(phone, [])))],
      ['400 request/malformed', codeOf(record(word(phone, ['see'], { personId: newId() })))],
      ['422 proxies/too_long', codeOf(record(word(phone, ['see'], { validUntil: inDays(367) })))],
      ['422 proxies/in_the_past', codeOf(record(word(phone, ['see'], { validUntil: inDays(-1) })))],
      ['422 proxies/own_phone', codeOf(record(word(mother.phone, ['see'])))],
      ['422 proxies/to_self', codeOf(record(word(phone, ['see'], { phone: undefined, personId: mother.memberId })))],
      ['422 proxies/wrong_confirmation', codeOf(record(word(phone, ['see'], { confirmedHow: 'app' })))],
      ['422 proxies/wrong_confirmation', codeOf(record(word(phone, ['see']), mother.caller))],
      ['422 proxies/confirmed_later', codeOf(record(word(phone, ['see'], { confirmedAt: '2100-01-01T00:00:00Z' })))],
      ['403 proxies/recorded_by_proxy', codeOf(record(word(coordinator.phone, ['see'])))],
      ['404 proxies/person_not_found', codeOf(record(word(phone, ['see'], { phone: undefined, personId: newId() })))],
      ['403 access/not_allowed', codeOf(record(word(phone, ['see']), other.caller))],
      ['404 members/not_found', codeOf(record(word(phone, ['see'], { clientId: volunteer.memberId })))],
      ['404 proxies/not_found', codeOf(coordinator.caller.post(`${base}/proxies/${newId()}/end`, { reasonCode: 'client_wish' }))],
    ];
    for (const [expected, said] of refused) expect(await said).toBe(expected);
    const elsewhere = await city.openBank(admin, 'Bell Tower');
    const stranger = await city.register(admin, elsewhere, 'coordinator');
    expect(await codeOf(record(word(phone, ['see']), stranger.caller))).toBe('404 request/not_found');
    expect(await codeOf(stranger.caller.put(`/api/banks/${elsewhere}/proxies/${newId()}`, word(phone, ['see'])))).toBe(
      '404 members/not_found',
    );
    expect(await city.database.query('select from proxy')).toEqual([]);
    expect(await city.database.query('select from person where sign_in_phone = $1', [phone])).toEqual([]);
  });

  it('lets no two act for each other, by however many steps', async () => {
    const app = { confirmedHow: 'app', confirmedFrom: undefined };
    await record(word(other.phone, ['see'], app), mother.caller).expect(201);
    const third = await city.register(coordinator.caller, bankId, 'client');
    await record(word(third.phone, ['see'], { ...app, clientId: other.memberId }), other.caller).expect(201);
    expect(await codeOf(record(word(mother.phone, ['see'], { ...app, clientId: other.memberId }), other.caller))).toBe(
      '422 proxies/circle',
    );
    expect(await codeOf(record(word(mother.phone, ['see'], { ...app, clientId: third.memberId }), third.caller))).toBe(
      '422 proxies/circle',
    );
    // Whoever acts cannot hand it on.
    expect(await codeOf(record(word(volunteer.phone, ['see'], app), other.caller))).toBe('403 proxies/no_chain');
    const { items } = (await coordinator.caller.get(`${base}/proxies`).expect(200)).body as Items<{ proxyId: string }>;
    for (const { proxyId } of items) await coordinator.caller.post(`${base}/proxies/${proxyId}/end`, { reasonCode: 'other' }).expect(200);
  });

  describe('a son in another city, with two scopes', () => {
    const proxyId = newId();
    const phone = '13811112222';
    let son: TestCaller;
    let body: object;
    beforeAll(async () => {
      body = word(phone, ['see', 'answer']);
      await record(body, coordinator.caller, proxyId).expect(201);
      son = await signInByCode(phone);
    });

    it('is recorded once, and may do what he was given and nothing else', async () => {
      await record(body, coordinator.caller, proxyId).expect(200);
      expect(await codeOf(record({ ...body, name: 'Another' }, coordinator.caller, proxyId))).toBe('409 proxies/id_reused');
      const me = (await son.get('/api/me').expect(200)).body as { member: null; roles: object[]; banks: { bankId: string }[] };
      expect([me.member, me.roles, me.banks.map((bank) => bank.bankId)]).toEqual([null, [{ role: 'proxy', bankId }], [bankId]]);
      expect((await son.get('/api/me/proxies').expect(200)).body).toEqual({
        items: [
          expect.objectContaining({
            proxyId,
            clientId: mother.memberId,
            relation: 'child',
            scopes: ['see', 'answer'],
            accountId: mother.accountId,
          }),
        ],
      });
      const { requestId, sent } = ask(mother.caller);
      await sent.expect(201);
      const visitId = await serve(volunteer, requestId);
      for (const path of [
        `visits/${visitId}`,
        `requests/${requestId}`,
        `accounts/${mother.accountId}`,
        `accounts/${mother.accountId}/entries`,
      ])
        await son.get(`${base}/${path}`).expect(200);
      // Of one client there is no need to say which.
      for (const list of ['visits', `visits?clientId=${mother.memberId}`, 'requests', 'series']) {
        const { items } = (await son.get(`${base}/${list}`).expect(200)).body as Items<{ clientId: string }>;
        expect(items.every(({ clientId }) => clientId === mother.memberId)).toBe(true);
      }
      await answer(son, visitId).expect(201);
      for (const refused of [
        son.post(`${base}/visits/${visitId}/cancel`),
        son.post(`${base}/requests/${requestId}/cancel`, {}),
        ask(son).sent,
      ])
        expect(await codeOf(refused)).toBe('403 proxies/not_in_scope');
      for (const closed of [
        `members/${mother.memberId}`,
        `members/${mother.memberId}/needs`,
        'activities',
        `accounts/${mother.accountId}/giving`,
      ])
        expect(await codeOf(son.get(`${base}/${closed}`))).toBe('403 access/not_allowed');
      expect(await codeOf(son.get(`${base}/accounts/${other.accountId}`))).toBe('403 access/not_allowed');
      expect(await codeOf(son.get(`${base}/visits?clientId=${other.memberId}`))).toBe('403 access/not_allowed');
      expect(await codeOf(son.get(`${base}/requests/${newId()}`))).toBe('404 requests/not_found');
    });

    it('shows both names: in the visit, the trail and what she is told', async () => {
      const { items } = (await son.get(`${base}/visits`).expect(200)).body as Items<{ visitId: string }>;
      const visit = (await coordinator.caller.get(`${base}/visits/${items[0]?.visitId}`).expect(200)).body as { events: object[] };
      expect(visit.events).toContainEqual(
        expect.objectContaining({ kind: 'client_answer', actorName: 'Wang Jun', forName: `client ${mother.phone}` }),
      );
      const trail = await city.database.query(
        `select role, for_id from audit_trail where work = 'putClientAnswer' and table_name = 'client_answer'`,
      );
      expect(trail).toEqual([{ role: 'proxy', for_id: mother.memberId }]);
      await city.app.get(DeliverNotices, { strict: false }).run(bankId);
      const told = async (who: TestCaller) =>
        ((await who.get('/api/me/notices').expect(200)).body as Items<{ kind: string; parameters: object }>).items;
      expect(await told(mother.caller)).toContainEqual(
        expect.objectContaining({ kind: 'proxy_answered', parameters: expect.objectContaining({ byName: 'Wang Jun' }) as object }),
      );
      // He was not given to be told; only that he may act.
      expect((await told(son)).map(({ kind, parameters }) => [kind, (parameters as { forName: string }).forName])).toEqual([
        ['acts_begun', `client ${mother.phone}`],
      ]);
    });

    it('is refused on the very next call when she revokes it, whoever is still signed in', async () => {
      await son.get(`${base}/visits`).expect(200);
      const end = { reasonCode: 'client_wish' };
      expect(await codeOf(other.caller.post(`${base}/proxies/${proxyId}/end`, end))).toBe('404 proxies/not_found');
      expect((await coordinator.caller.post(`${base}/proxies/${proxyId}/end`, end).expect(200)).body).toMatchObject({
        state: 'ended',
        endReason: 'client_wish',
      });
      await coordinator.caller.post(`${base}/proxies/${proxyId}/end`, end).expect(200);
      expect(await codeOf(son.get(`${base}/visits`))).toBe('403 proxies/ended');
      expect(await codeOf(son.put(`${base}/visits/${newId()}/client-answers/${newId()}`, { result: 'confirmed' }))).toBe(
        '403 proxies/ended',
      );
      expect((await son.get('/api/me/proxies').expect(200)).body).toEqual({ items: [] });
      await mother.caller.get(`${base}/visits`).expect(200);
    });
  });

  it('lets a neighbour who helps act in her place, but never say that the own visit was so', async () => {
    const proxyId = newId();
    const scopes = ['see', 'ask', 'cancel', 'answer', 'be_told', 'give'];
    await record(word(volunteer.phone, scopes, { confirmedHow: 'app', relation: 'neighbour' }), mother.caller, proxyId).expect(201);
    const { requestId, sent } = ask(volunteer.caller);
    await sent.expect(201);
    const own = await serve(volunteer, requestId);
    expect(await codeOf(answer(volunteer.caller, own))).toBe('403 proxies/own_visit');
    const helper = await city.register(coordinator.caller, bankId, 'volunteer');
    const second = ask(volunteer.caller, mother.memberId, 300);
    await second.sent.expect(201);
    const visitId = await take(helper, second.requestId);
    await city.app.get(DeliverNotices, { strict: false }).run(bankId);
    const { items: told } = (await volunteer.caller.get('/api/me/notices').expect(200)).body as Items<{ kind: string; parameters: object }>;
    // Of what was done by themselves nobody is told.
    expect(told.filter(({ parameters }) => 'forName' in parameters).map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['acts_begun', 'visit_planned']),
    );
    expect(told.map(({ kind }) => kind)).not.toContain('proxy_asked');
    const cancelled = (await volunteer.caller.post(`${base}/visits/${visitId}/cancel`).expect(200)).body as { cancelled: object };
    expect(cancelled.cancelled).toMatchObject({ side: 'by_client' });
    await volunteer.caller.post(`${base}/requests/${second.requestId}/cancel`).expect(200);
    // From the own account, without any relation on record.
    await volunteer.caller
      .put(`${base}/transfers/${newId()}`, { kind: 'gift', fromAccountId: volunteer.accountId, toAccountId: mother.accountId, minutes: 5 })
      .expect(422, /ledger\/overdraft/);
    const rest = word(volunteer.phone, ['see'], { confirmedHow: 'app' });
    await record(rest, mother.caller).expect(201);
    expect(await codeOf(ask(volunteer.caller).sent)).toBe('403 proxies/not_in_scope');
    const { items } = (await mother.caller.get(`${base}/proxies?state=active`).expect(200)).body as Items<object>;
    expect(items).toHaveLength(1);
  });

  it('ends by itself on its last day, and with the membership', async () => {
    const phone = city.freePhone();
    await record(word(phone, ['see'], { validUntil: today })).expect(201);
    const daughter = await signInByCode(phone);
    await daughter.get(`${base}/visits`).expect(200);
    city.clock.advance(24 * 60);
    expect(await codeOf(daughter.get(`${base}/visits`))).toBe('403 proxies/ended');
    await record(word(phone, ['see'], { clientId: other.memberId, confirmedFrom: undefined })).expect(201);
    await daughter.get(`${base}/visits`).expect(200);
    const colleague = await city.secondCityAdmin(admin, bankId);
    for (const one of [admin, colleague]) await one.post(`${base}/members/${other.memberId}/leave`, { on: inDays(1), reason: 'death' });
    expect(await codeOf(daughter.get(`${base}/visits`))).toBe('403 proxies/ended');
  });
});
