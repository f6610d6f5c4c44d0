import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClosingPreview } from '@timebank/contract';
import { newId } from '@timebank/kernel';
import { DeliverNotices } from '@timebank/notices';
import { ClosingCity, type TestCaller, type TwoBanks } from '@timebank/testing';

type InTheWay = ClosingPreview['inTheWay'];

describe('time banks that end their work', () => {
  let at: ClosingCity;
  let two: TwoBanks;
  let admin: TestCaller;
  let colleague: TestCaller;

  beforeAll(async () => {
    at = await ClosingCity.open();
    ({ two, admin, colleague } = at);
  });
  afterAll(() => two.city.close());

  const preview = async (base: string): Promise<ClosingPreview> => (await admin.get(`${base}/closing`).expect(200)).body;

  describe('what stands in the way', () => {
    async function appealed(): Promise<void> {
      const visitId = await two.help();
      const { base, coordinator } = two.host;
      const decision = { visitIds: [visitId], decision: 'reject', reasonCode: 'not_served' };
      await coordinator.caller.put(`${base}/approvals/${newId()}`, decision).expect(201);
      await two.guest.caller.put(`${base}/visits/${visitId}/appeals/${newId()}`, { note: 'I was there' }).expect(201);
    }
    const run = (bankId: string) =>
      two.city.database.query(
        `insert into grant_run (bank_id, run_id, month, minutes_each, started_by, started_at) values ($1, $2, '2026-02', 60, $2, now())`,
        [bankId, newId()],
      );
    const scan = { kind: 'in', card: 'ABCD-EFGH', clientTime: '2026-03-02T01:00:00.000Z' };
    const added: [keyof InTheWay, () => Promise<unknown>, Partial<InTheWay>][] = [
      ['undecidedVisits', () => two.help(), { visitsElsewhere: 1 }],
      ['openAppeals', appealed, { openAppeals: 1 }],
      ['unsettledBanks', async () => two.approve([await two.help()]), { membersWithMinutes: 1, unsettledBanks: 1 }],
      ['plannedVisits', async () => two.take(two.guest.caller, await two.openRequest(60)).expect(201), { visitsElsewhere: 1 }],
      ['openRequests', () => two.openRequest(60, 'company', 600), {}],
      [
        'openLetters',
        () => two.guest.caller.put(`${two.host.base}/visits/${newId()}/scans/${newId()}`, scan).expect(404),
        { openLetters: 1 },
      ],
      [
        'membersWithMinutes',
        async () => two.grant(two.host, (await two.city.register(admin, two.host.bankId, 'client')).accountId, 60),
        {},
      ],
      ['grantRuns', () => run(two.host.bankId), {}],
    ];

    it.each(added)('D10: %s are counted, and no bank is closed over them', async (name, make, atHome) => {
      const [here, home] = [await preview(two.host.base), await preview(two.home.base)];
      await make();
      const now = (await preview(two.host.base)).inTheWay;
      expect(now).toEqual({ ...here.inTheWay, [name]: here.inTheWay[name] + 1 });
      const more = Object.entries(atHome).map(([key, count]) => [key, home.inTheWay[key as keyof InTheWay] + count]);
      expect((await preview(two.home.base)).inTheWay).toEqual({ ...home.inTheWay, ...Object.fromEntries(more) });
      const left = Object.fromEntries(Object.entries(now).filter(([, count]) => count > 0));
      expect((await at.close(admin, two.host.base).expect(409)).body).toEqual({ code: 'banks/work_left', parameters: left });
    });

    it('D10: a request that has lapsed does not, nor do visits that were decided', async () => {
      const bank = await at.openBank('Old Gate');
      await two.grant(bank, bank.client.accountId, 60);
      const [requestId, visitId] = [newId(), newId()];
      await bank.coordinator.caller.put(`${bank.base}/requests/${requestId}`, at.request(bank)).expect(201);
      const plan = { requestId, volunteerId: bank.volunteer.memberId };
      await bank.coordinator.caller.put(`${bank.base}/visits/${visitId}`, plan).expect(201);
      expect((await preview(bank.base)).inTheWay).toMatchObject({ plannedVisits: 1, openRequests: 0, membersWithMinutes: 1 });
      await bank.coordinator.caller.post(`${bank.base}/visits/${visitId}/cancel`).expect(200);
      expect((await preview(bank.base)).inTheWay).toMatchObject({ plannedVisits: 0, openRequests: 1 });
      const donation = { kind: 'donation', fromAccountId: bank.client.accountId, toAccountId: bank.pool, minutes: 60 };
      await bank.client.caller.put(`${bank.base}/transfers/${newId()}`, donation).expect(201);
      two.city.clock.advance(24 * 60);
      const found = await preview(bank.base);
      expect(new Set(Object.values(found.inTheWay))).toEqual(new Set([0]));
      expect(found).toMatchObject({ members: 4, guests: 0, waitingActs: 0, poolMinutes: 60, fundMinutes: 0, to: at.today() });
      await at.closeByTwo(bank.base);
    });
  });

  it('D10: is closed by two admins of the city and by nobody else, between its first day and today', async () => {
    const bank = await at.openBank('Lake');
    const { base } = bank;
    for (const { caller } of [bank.admin, bank.coordinator]) {
      await at.close(caller, base).expect(403);
      await caller.get(`${base}/closing`).expect(403);
    }
    await at.close(two.host.coordinator.caller, base).expect(404);
    for (const on of ['2020-01-01', '2030-01-01']) {
      expect((await at.close(admin, base, { ...at.said(), on }).expect(422)).body).toMatchObject({
        code: 'banks/closing_day',
        path: 'body.on',
      });
    }
    const { body: waits } = await at.close(admin, base).expect(202);
    expect((await at.close(admin, base).expect(202)).body).toEqual(waits);
    await at.close(bank.admin.caller, base).expect(403);
    const acts = async (by: TestCaller) => (await by.get(`${base}/waiting-acts`).expect(200)).body.items;
    expect(await acts(colleague)).toMatchObject([{ kind: 'closing', subjectId: bank.bankId, content: at.said(), mayConfirm: true }]);
    expect(await acts(bank.admin.caller)).toMatchObject([{ kind: 'closing', mayConfirm: false }]);
    const waitingFor = async (by: TestCaller) => (await by.get(`${base}/queue`).expect(200)).body.waitingActs;
    expect([await waitingFor(colleague), await waitingFor(bank.admin.caller), await waitingFor(admin)]).toEqual([1, 0, 0]);
    expect((await admin.get(base).expect(200)).body.closedOn).toBeUndefined();
    const { body: closed } = await at.close(colleague, base).expect(200);
    expect(closed).toMatchObject({ bankId: bank.bankId, closedOn: at.today() });
    for (const by of [admin, colleague]) expect((await at.close(by, base).expect(200)).body).toEqual(closed);
    const otherwise = await at.close(colleague, base, { ...at.said(), reasonCode: 'taken_over' }).expect(409);
    expect(otherwise.body).toEqual({ code: 'banks/closed', parameters: { closedOn: at.today() } });
    const me = (await bank.client.caller.get('/api/me').expect(200)).body;
    expect(me.banks).toMatchObject([{ bankId: bank.bankId, closedOn: at.today() }]);

    await at.reopen(bank.admin.caller, base).expect(403);
    await at.reopen(colleague, base).expect(202);
    const [act] = await acts(admin);
    expect(act).toMatchObject({ kind: 'reopening', mayConfirm: true });
    await colleague.delete(`${base}/waiting-acts/${act.actId}`).expect(200);
    await at.reopen(admin, base).expect(202);
    expect((await at.reopen(colleague, base).expect(200)).body.closedOn).toBeUndefined();
    await at.reopen(admin, base).expect(200);
    expect((await at.reopen(admin, base, { reasonCode: 'other' }).expect(409)).body.code).toBe('banks/not_closed');
    await bank.coordinator.caller.put(`${base}/requests/${newId()}`, at.request(bank)).expect(201);
    const kept = await two.city.database.query(
      'select act, closed_on::text, reason_code, note, asked_by <> done_by as two from bank_closing where bank_id = $1 order by closing_number',
      [bank.bankId],
    );
    expect(kept).toEqual([
      { act: 'closed', closed_on: at.today(), reason_code: 'work_ended', note: at.said().note, two: true },
      { act: 'reopened', closed_on: null, reason_code: 'work_resumed', note: null, two: true },
    ]);
  });

  it('D10: the other admins of the city are told that it waits, who asked that it was done, and the staff of the bank that it is so', async () => {
    const bank = await at.openBank('Willow');
    const told = async (by: TestCaller): Promise<string[]> => {
      await two.city.app.get(DeliverNotices, { strict: false }).run(bank.bankId);
      const { items } = (await by.get('/api/me/notices').expect(200)).body as { items: { bankId: string; kind: string }[] };
      return items.filter(({ bankId }) => bankId === bank.bankId).map(({ kind }) => kind);
    };
    await at.close(admin, bank.base).expect(202);
    expect([await told(admin), await told(colleague)]).toEqual([[], ['act_waits']]);
    await at.close(colleague, bank.base).expect(200);
    expect([await told(admin), await told(colleague)]).toEqual([['act_done'], ['act_waits']]);
    for (const by of [bank.coordinator, bank.admin]) expect(await told(by.caller)).toEqual(['bank_closed']);
    await at.reopen(admin, bank.base).expect(202);
    await at.reopen(colleague, bank.base).expect(200);
    for (const by of [bank.coordinator, bank.admin]) expect(await told(by.caller)).toEqual(['bank_reopened', 'bank_closed']);
    for (const by of [bank.client, bank.volunteer]) expect(await told(by.caller)).toEqual([]);
    const { unread } = (await admin.get('/api/me/notices').expect(200)).body;
    const noticeIds = (await admin.get('/api/me/notices').expect(200)).body.items.map(({ noticeId }: { noticeId: string }) => noticeId);
    expect(unread).toBeGreaterThanOrEqual(2);
    expect((await admin.post('/api/me/notices/read', { noticeIds }).expect(200)).body.unread).toBe(unread - noticeIds.length);
  });

  it('D10: whoever loses the office while the closing waits has asked for nothing, also as admin of that bank', async () => {
    const bank = await at.openBank('Mill');
    const third = await two.city.secondCityAdmin(admin, bank.bankId);
    const { personId } = (await third.get('/api/me').expect(200)).body;
    await at.close(third, bank.base).expect(202);
    await admin.put(`${bank.base}/roles/${personId}/admin`).expect(201);
    await admin.delete(`/api/roles/${personId}/admin`).expect(200);
    await at.close(admin, bank.base).expect(202);
    await at.close(colleague, bank.base).expect(200);
  });
});
