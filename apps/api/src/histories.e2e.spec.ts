import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { toldColumns } from '@timebank/reports';
import { ClosingCity, type TestCaller, type WholeBank } from '@timebank/testing';

describe('the history of one thing', () => {
  type TrailLine = {
    number: number;
    kind: string;
    action: string;
    role: string | null;
    actorName: string | null;
    subject: { kind: string; id: string; name: string | null };
    changes: { field: string; before: unknown; after: unknown }[];
  };
  let at: ClosingCity;
  let bank: WholeBank;
  let other: WholeBank;
  beforeAll(async () => {
    at = await ClosingCity.open();
    bank = await at.openBank('Old Gate');
    other = await at.openBank('New Gate');
    const { base, client, coordinator } = bank;
    const member = `${base}/members/${client.memberId}`;
    const { body } = await coordinator.caller.get(member).expect(200);
    const { version } = body as { version: number };
    await coordinator.caller.patch(member, { version, homeAddress: 'Ninghai Road 12' }).expect(200);
    await client.caller.patch(member, { version: version + 1, phone: '13900000077' });
  });
  afterAll(() => at.two.city.close());
  const told = async (by: TestCaller, query: string, base = bank.base) =>
    ((await by.get(`${base}/audit?${query}`).expect(200)).body as { items: TrailLine[] }).items;
  const moved = (items: TrailLine[], field: string) => items.find(({ changes }) => changes.some((change) => change.field === field));

  it('says who changed what, with the fields by their names in the API', async () => {
    const items = await told(bank.coordinator.caller, `subjectId=${bank.client.memberId}`);
    const home = moved(items, 'homeAddress');
    expect(home).toMatchObject({
      action: 'patchMember',
      role: 'coordinator',
      subject: { kind: 'member', id: bank.client.memberId },
      changes: [{ field: 'homeAddress', before: null, after: 'Ninghai Road 12' }],
    });
    expect(home?.actorName).toEqual(expect.any(String));
    expect(items.map(({ kind }) => kind)).toContain('people');
  });

  it('tells each only what they may read, and nothing of another bank', async () => {
    const { admin, two } = at;
    const auditor = await two.city.register(admin, bank.bankId, 'volunteer');
    await admin.put(`${bank.base}/roles/${auditor.memberId}/auditor`, { reasonCode: 'new_task' }).expect(201);
    const seen = await told(auditor.caller, `subjectId=${bank.client.memberId}`);
    expect(seen.length).toBeGreaterThan(1);
    expect(moved(seen, 'homeAddress')).toBeUndefined();
    await bank.coordinator.caller.get(`${bank.base}/audit`).expect(403);
    await bank.volunteer.caller.get(`${bank.base}/audit?subjectId=${bank.client.memberId}`).expect(403);
    await other.coordinator.caller.get(`${bank.base}/audit?subjectId=${bank.client.memberId}`).expect(404);
    expect(await told(other.coordinator.caller, `subjectId=${bank.client.memberId}`, other.base)).toEqual([]);
  });

  it('is searched by actor, day and kind', async () => {
    const { admin, two } = at;
    const today = new Date(two.city.clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
    const all = await told(admin, 'limit=200');
    expect((await told(admin, `limit=200&from=${today}&to=${today}`)).length).toBe(all.length);
    expect(await told(admin, 'to=2020-01-01')).toEqual([]);
    const hers = await told(admin, `actorId=${bank.coordinator.memberId}&limit=200`);
    expect(hers.length).toBeGreaterThan(0);
    expect(hers.length).toBeLessThan(all.length);
    const people = await told(admin, 'kind=people&limit=200');
    expect(new Set(people.map(({ kind }) => kind))).toEqual(new Set(['people']));
    expect(new Set((await told(admin, 'kind=rules&limit=200')).map(({ kind }) => kind))).toEqual(new Set(['rules']));
    await admin.get(`${bank.base}/audit?kind=everything`).expect(400);
    await admin.get(`${bank.base}/audit?from=yesterday`).expect(400);
  });

  it('tells the city of its own', async () => {
    const { admin } = at;
    const { body } = await admin.get('/api/audit?limit=200').expect(200);
    const { items } = body as { items: TrailLine[] };
    expect(items.length).toBeGreaterThan(0);
    expect(items.some(({ actorName }) => actorName !== null)).toBe(true);
    await bank.coordinator.caller.get('/api/audit').expect(403);
  });

  it('names only columns that are there', async () => {
    const columns = await at.two.city.database.query<{ name: string }>(
      `select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public'`,
    );
    const there = new Set(columns.map(({ name }) => name));
    expect(toldColumns.filter((name) => !there.has(name))).toEqual([]);
  });
});
