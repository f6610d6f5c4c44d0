import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { openApp, type TestApp, type TestCaller, type TestMember } from '@timebank/testing';

type Line = Record<string, unknown>;
type Page = { items: Line[]; nextCursor: string | null; total?: { count: number; isMore: boolean } };

describe('lists that the desk searches, sorts and counts', () => {
  let app: TestApp;
  let admin: TestCaller;
  let coordinator: TestMember;
  let volunteer: TestMember;
  let base: string;
  const clients = new Map<string, string>();
  const requests: string[] = [];

  beforeAll(async () => {
    app = await openApp();
    admin = await app.signInAsCityAdmin();
    const bankId = await app.openBank(admin);
    base = `/api/banks/${bankId}`;
    coordinator = await app.register(admin, bankId, 'coordinator');
    volunteer = await app.register(coordinator.caller, bankId, 'volunteer');
    for (const name of ['Zhang Percent 100%', 'Chen Mei', 'Chen Lan']) {
      const memberId = newId();
      const body = { name, birthDate: '1941-02-03', roles: ['client'] };
      await coordinator.caller.put(`${base}/members/${memberId}`, body).expect(201);
      app.clock.advance(1);
      clients.set(name, memberId);
    }
    const { body: bank } = await admin.get(base).expect(200);
    const fund = (bank as { accounts: { fund: string } }).accounts.fund;
    for (const [index, clientId] of [...clients.values()].entries()) {
      const { body: member } = await coordinator.caller.get(`${base}/members/${clientId}`).expect(200);
      const grant = { kind: 'grant', fromAccountId: fund, toAccountId: (member as { accountId: string }).accountId, minutes: 600 };
      await admin.put(`${base}/transfers/${newId()}`, grant).expect(201);
      const requestId = newId();
      const startsAt = new Date(app.clock.now().getTime() + (index + 1) * 86_400_000).toISOString();
      await coordinator.caller
        .put(`${base}/requests/${requestId}`, { clientId, serviceKind: 'company', startsAt, minutes: 60 })
        .expect(201);
      const visit = { requestId, volunteerId: volunteer.memberId };
      await coordinator.caller.put(`${base}/visits/${newId()}`, visit).expect(201);
      requests.push(requestId);
    }
  });
  afterAll(() => app.close());

  const list = async (path: string, by: TestCaller = coordinator.caller): Promise<Page> =>
    (await by.get(`${base}/${path}`).expect(200)).body as Page;
  const names = ({ items }: Page, key: string) => items.map((item) => item[key]);

  it('D4: finds members by name, and what a letter means to LIKE is only a letter', async () => {
    expect(names(await list('members?q=chen'), 'name')).toEqual(['Chen Lan', 'Chen Mei']);
    expect(names(await list('members?q=100%25'), 'name')).toEqual(['Zhang Percent 100%']);
    expect(names(await list('members?q=Chen%25Mei'), 'name')).toEqual([]);
    expect(names(await list('members?sort=newest&role=client'), 'name')).toEqual(['Chen Lan', 'Chen Mei', 'Zhang Percent 100%']);
  });

  it('lists Chinese names by their pinyin, pages and all, and others as their letters go', async () => {
    // Chen, Li, Wang and Zhang: by the numbers of their letters Zhang would be first and Chen last.
    const chinese = ['\u9648\u6885', '\u674e\u6885', '\u738b\u6885', '\u5f20\u6885'];
    const others = ['\uae40\ubbf8\uc815', '\uc774\ubbf8\uc815', '\u3042\u304d', '\u3089\u3093', 'abe', 'Abel', 'Zoe'];
    const bankId = await app.openBank(admin, 'Qinhuai');
    for (const name of [...chinese, ...others].toReversed()) {
      const body = { name, birthDate: '1941-02-03', roles: ['client'] };
      await admin.put(`/api/banks/${bankId}/members/${newId()}`, body).expect(201);
    }
    const seen: unknown[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const answer: { body: unknown } = await admin.get(`/api/banks/${bankId}/members?limit=2${cursor && `&cursor=${cursor}`}`).expect(200);
      const page = answer.body as Page;
      seen.push(...names(page, 'name'));
      cursor = page.nextCursor;
    }
    expect(seen.filter((name) => chinese.includes(String(name)))).toEqual(chinese);
    expect(seen.filter((name) => others.includes(String(name)))).toEqual([...others].sort(new Intl.Collator('zh-Hans').compare));
    expect(seen).toHaveLength(chinese.length + others.length);
  });

  it.each(['visits', 'requests'])('D4: %s are searched by name, sorted both ways, and counted', async (path) => {
    expect(names(await list(`${path}?q=Chen`), 'clientName')).toEqual(['Chen Mei', 'Chen Lan']);
    expect(names(await list(`${path}?q=Chen&sort=newest`), 'clientName')).toEqual(['Chen Lan', 'Chen Mei']);
    expect(names(await list(`${path}?q=nobody`), 'clientName')).toEqual([]);
    expect((await list(`${path}?limit=1&count=yes`)).total).toEqual({ count: 3, isMore: false });
    expect((await list(`${path}?q=Chen&count=yes`)).total).toEqual({ count: 2, isMore: false });
    expect((await list(path)).total).toBeUndefined();
    expect((await list(`${path}?sort=next`)).items).toHaveLength(3);
  });

  it.each([
    ['visits', 'visitId'],
    ['requests', 'requestId'],
    ['members', 'memberId'],
  ])('D4: %s are read newest first a page at a time, none twice, none left out', async (path, key) => {
    const seen: unknown[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Page = await list(`${path}?limit=1&sort=newest${cursor && `&cursor=${cursor}`}`);
      seen.push(...names(page, key));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(names(await list(`${path}?sort=newest`), key));
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('D4: what is over is not next', async () => {
    const [first = ''] = requests;
    app.clock.advance(2 * 1_440);
    expect(names(await list('requests?sort=next'), 'requestId')).not.toContain(first);
    expect(names(await list('requests?sort=newest'), 'requestId').at(-1)).toBe(first);
    app.clock.advance(-2 * 1_440);
  });

  it('D4: accounts are found by their owner, for those who may read them', async () => {
    const found = await list('accounts?q=Chen&count=yes', admin);
    expect(names(found, 'ownerName').sort()).toEqual(['Chen Lan', 'Chen Mei']);
    expect(found.total).toEqual({ count: 2, isMore: false });
  });

  it('D4: letters, appeals and guests take a name and a count too', async () => {
    for (const path of ['letters', 'appeals', 'guests'])
      expect((await list(`${path}?q=Chen&count=yes`)).total).toEqual({ count: 0, isMore: false });
  });

  it('D4: nobody but staff finds out by asking whom a name or a phone means', async () => {
    expect((await list('visits?q=Chen', volunteer.caller)).items).toEqual([]);
    expect((await list('requests?q=Chen', volunteer.caller)).items).toEqual([]);
    expect((await list('visits', volunteer.caller)).items).toHaveLength(3);
    await volunteer.caller.get(`${base}/members?q=Chen`).expect(403);
  });

  it('C6: a long answer comes compressed to who takes it so, with the same content; a short one, or one with a secret, never does', async () => {
    const asked = (path: string, encoding: string) => coordinator.caller.get(path).set('accept-encoding', encoding);
    const plain = await asked(`${base}/visits`, 'identity').expect(200);
    expect([plain.headers['content-encoding'], plain.headers['vary'], plain.text.length > 1_024]).toEqual([
      undefined,
      'accept-encoding',
      true,
    ]);
    for (const [accepted, encoding] of [
      ['gzip', 'gzip'],
      ['gzip, deflate, br', 'br'],
    ] as const) {
      const { headers, body } = await asked(`${base}/visits`, accepted).expect(200);
      expect([headers['content-encoding'], headers['vary'], headers['cache-control'], body]).toEqual([
        encoding,
        'accept-encoding',
        'no-store',
        plain.body,
      ]);
      expect(Number(headers['content-length'])).toBeLessThan(plain.text.length / 2);
    }
    expect((await asked('/api/banks', 'gzip').expect(200)).headers['content-encoding']).toBeUndefined();
    const card = await coordinator.caller
      .post(`${base}/members/${clients.get('Zhang Percent 100%')}/cards`)
      .set('accept-encoding', 'gzip')
      .expect(201);
    expect([card.headers['content-encoding'], card.text.length > 1_024]).toEqual([undefined, true]);
    const table = await admin.get(`${base}/reports/liability.csv`).set('accept-encoding', 'gzip').expect(200);
    expect([table.headers['content-encoding'], table.text.includes('outstandingMinutes')]).toEqual(['gzip', true]);
  });

  it('D4: an order or a count that is none is malformed', async () => {
    for (const query of ['sort=sideways', 'count=no', 'q=']) await coordinator.caller.get(`${base}/visits?${query}`).expect(400);
  });

  it('D5: a new card takes the place of the old ones in the same act, or stands beside them, and says which are valid', async () => {
    const path = `${base}/members/${clients.get('Chen Mei')}/cards`;
    const issue = async (body: object) =>
      (await coordinator.caller.post(path, body).expect(201)).body as { cardId: string; validCards: Line[] };
    const first = await issue({});
    const beside = await issue({});
    expect(beside.validCards.map(({ cardId }) => cardId)).toEqual([beside.cardId, first.cardId]);
    const instead = await issue({ revokeCardIds: [first.cardId, beside.cardId, first.cardId] });
    expect(instead.validCards).toMatchObject([{ cardId: instead.cardId, version: 3 }]);
    expect((await list(`members/${clients.get('Chen Mei')}/cards`)).items.map(({ revokedAt }) => revokedAt !== null)).toEqual([
      false,
      true,
      true,
    ]);
    const stranger = await coordinator.caller.post(`${base}/members/${clients.get('Chen Lan')}/cards`, { revokeCardIds: [instead.cardId] });
    expect([stranger.status, (stranger.body as { code: string }).code]).toEqual([404, 'cards/not_found']);
    expect((await list(`members/${clients.get('Chen Lan')}/cards`)).items).toEqual([]);
    await issue({ revokeCardIds: [first.cardId] });
  });
});
