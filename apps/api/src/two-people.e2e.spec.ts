import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { openApp, type TestApp, type TestCaller, type TestMember } from '@timebank/testing';

type Act = { actId: string; kind: string; subjectId: string; isOwn: boolean; mayConfirm: boolean; askedByName: string | null };

describe('what two people have to want', () => {
  let city: TestApp;
  let cityAdmin: TestCaller;
  let bankId: string;
  let base: string;
  let fund: string;
  let ada: TestMember;
  let bao: TestMember;
  let coordinator: TestMember;

  beforeAll(async () => {
    city = await openApp();
    cityAdmin = await city.signInAsCityAdmin();
    bankId = await city.openBank(cityAdmin);
    base = `/api/banks/${bankId}`;
    fund = (await cityAdmin.get(base).expect(200)).body.accounts.fund;
    coordinator = await city.register(cityAdmin, bankId, 'coordinator');
    [ada, bao] = [await admin(), await admin()];
  });
  afterAll(() => city.close());

  async function admin(): Promise<TestMember> {
    const member = await city.register(cityAdmin, bankId, 'volunteer');
    await cityAdmin.put(`${base}/roles/${member.memberId}/admin`, { reasonCode: 'new_task' }).expect(201);
    return member;
  }
  const client = () => city.register(coordinator.caller, bankId, 'client');
  const granting = (toAccountId: string, minutes: number) => ({
    kind: 'grant',
    fromAccountId: fund,
    toAccountId,
    minutes,
    reasonCode: 'welcome',
  });
  const move = (by: TestCaller, body: object, id = newId()) => by.put(`${base}/transfers/${id}`, body);
  const balance = async ({ accountId }: TestMember): Promise<number> =>
    (await cityAdmin.get(`${base}/accounts/${accountId}`).expect(200)).body.balanceMinutes;
  const entries = async ({ accountId }: TestMember) =>
    (await cityAdmin.get(`${base}/accounts/${accountId}/entries`).expect(200)).body.items;
  const waiting = async (by: TestCaller): Promise<Act[]> => (await by.get(`${base}/waiting-acts`).expect(200)).body.items;
  const relate = (one: TestMember, other: TestMember, kind: string) =>
    coordinator.caller.put(`${base}/members/${one.memberId}/relations/${other.memberId}`, { kind }).expect(201);

  it('B2: nobody grants to themselves, their relatives or their household', async () => {
    const [husband, lodger, stranger] = [await client(), await client(), await client()];
    await relate(ada, husband, 'spouse');
    await relate(lodger, ada, 'household');
    for (const to of [ada, husband, lodger]) {
      const { body } = await move(ada.caller, granting(to.accountId, 60)).expect(403);
      expect(body).toMatchObject({ code: 'access/not_allowed' });
      expect(await balance(to)).toBe(0);
    }
    await move(ada.caller, granting(stranger.accountId, 60)).expect(201);
    await move(bao.caller, granting(husband.accountId, 60)).expect(201);
  });

  it('B2: exactly the limit passes, and a minute more waits for another admin', async () => {
    const [one, other] = [await client(), await client()];
    await move(ada.caller, granting(one.accountId, 6_000)).expect(201);
    const [id, body] = [newId(), granting(other.accountId, 6_001)];
    const { body: waits } = await move(ada.caller, body, id).expect(202);
    expect(waits).toEqual({ state: 'waits', until: '2026-03-09T01:00:00.000Z' });
    expect((await move(ada.caller, body, id).expect(202)).body).toEqual(waits);
    expect(await balance(other)).toBe(0);
    await move(bao.caller, { ...body, minutes: 6_002 }, id).expect(409);
    expect(await waiting(bao.caller)).toMatchObject([{ kind: 'grant', subjectId: id, isOwn: false, mayConfirm: true }]);
    expect(await waiting(coordinator.caller)).toEqual([]);
    await move(coordinator.caller, body, id).expect(403);
    await move(bao.caller, body, id).expect(201);
    expect(await balance(other)).toBe(6_001);
    for (const again of [ada, bao]) await move(again.caller, body, id).expect(200);
    expect(await balance(other)).toBe(6_001);
    expect(await waiting(bao.caller)).toEqual([]);
    const [entry] = await entries(other);
    expect(entry.byHand).toMatchObject({ needsTwo: true, reasonCode: 'welcome', note: null });
    expect([entry.byHand.firstName, entry.byHand.name]).toEqual([`volunteer ${ada.phone}`, `volunteer ${bao.phone}`]);
  });

  it('B2: is done once when both send at the same moment', async () => {
    const to = await client();
    const [id, body] = [newId(), granting(to.accountId, 7_000)];
    const answers = await Promise.all([ada, ada, bao, bao].map((by) => move(by.caller, body, id)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(await balance(to)).toBe(7_000);
  });

  it('B2: a large grant is not made of small ones on one day', async () => {
    const to = await client();
    await move(ada.caller, granting(to.accountId, 4_000)).expect(201);
    await move(bao.caller, granting(to.accountId, 2_000)).expect(201);
    await move(ada.caller, granting(to.accountId, 1)).expect(202);
    city.clock.advance(24 * 60);
    await move(ada.caller, granting(to.accountId, 1)).expect(201);
    expect(await balance(to)).toBe(6_001);
  });

  it('B2: a second admin of the city will do, the first may take it back, and strangers see nothing', async () => {
    const to = await client();
    const [id, body] = [newId(), granting(to.accountId, 9_000)];
    await move(ada.caller, body, id).expect(202);
    const act = (await waiting(ada.caller)).find(({ subjectId }) => subjectId === id) as Act;
    await bao.caller.delete(`${base}/waiting-acts/${act.actId}`).expect(403);
    await ada.caller.delete(`${base}/waiting-acts/${act.actId}`).expect(200);
    await move(cityAdmin, body, id).expect(202);
    await move(ada.caller, body, id).expect(201);
    const elsewhere = await city.register(cityAdmin, await city.openBank(cityAdmin, 'Bell Tower'), 'coordinator');
    await elsewhere.caller.get(`${base}/waiting-acts`).expect(404);
    await elsewhere.caller.delete(`${base}/waiting-acts/${act.actId}`).expect(404);
  });

  it('B2: a reversal says why, and is never in favour of who reverses', async () => {
    const to = await client();
    const [grantId, mistaken] = [newId(), granting(to.accountId, 60)];
    await move(ada.caller, mistaken, grantId).expect(201);
    const back = { kind: 'reversal', fromAccountId: to.accountId, toAccountId: fund, minutes: 60, reversesId: grantId };
    expect((await move(ada.caller, back).expect(422)).body).toMatchObject({ code: 'ledger/reason_needed', path: 'body.reasonCode' });
    const said = { ...back, reasonCode: 'wrong_person', note: 'Meant for her neighbour' };
    const id = newId();
    await move(ada.caller, said, id).expect(201);
    await move(ada.caller, said, id).expect(200);
    await move(ada.caller, { ...said, note: 'Something else' }, id).expect(409);
    expect((await entries(to))[0].byHand).toMatchObject({ needsTwo: false, reasonCode: 'wrong_person', note: 'Meant for her neighbour' });
    expect((await to.caller.get(`${base}/accounts/${to.accountId}/entries`).expect(200)).body.items[0].byHand.note).toBeNull();
    await move(bao.caller, granting(ada.accountId, 60)).expect(201);
    const giftId = newId();
    const pool = (await cityAdmin.get(base)).body.accounts.pool;
    await move(ada.caller, { kind: 'donation', fromAccountId: ada.accountId, toAccountId: pool, minutes: 30 }, giftId).expect(201);
    const own = {
      kind: 'reversal',
      fromAccountId: pool,
      toAccountId: ada.accountId,
      minutes: 30,
      reversesId: giftId,
      reasonCode: 'correction',
    };
    await move(ada.caller, own).expect(403);
    await move(bao.caller, own).expect(201);
  });

  it('B2: nobody gives a role to themselves, and to a relative only with a second person', async () => {
    const put = (by: TestMember, to: TestMember) => by.caller.put(`${base}/coordinators/${to.memberId}`, { reasonCode: 'new_task' });
    await put(ada, ada).expect(403);
    await cityAdmin.put(`/api/roles/${ada.memberId}/auditor`).expect(201);
    const sister = await city.register(coordinator.caller, bankId, 'volunteer');
    await relate(ada, sister, 'sibling');
    await put(ada, sister).expect(202);
    await put(ada, sister).expect(202);
    await sister.caller.get(`${base}/queue`).expect(403);
    await put(bao, sister).expect(201);
    await put(ada, sister).expect(200);
    await sister.caller.get(`${base}/queue`).expect(200);
    await ada.caller.delete(`${base}/roles/${sister.memberId}/coordinator`, { reasonCode: 'task_over' }).expect(200);
    const kept = await city.database.query(
      `select change, reason_code as reason, first_by is not null as two from role_change where person_id = $1 order by changed_at, change`,
      [sister.memberId],
    );
    expect(kept).toEqual([
      { change: 'given', reason: 'new_task', two: true },
      { change: 'taken', reason: 'task_over', two: false },
    ]);
  });

  it('B2: what came without a reason is kept without one, and the report counts it', async () => {
    const byHand = async () => (await ada.caller.get(`${base}/reports/integrity`).expect(200)).body.byHand;
    const before = await byHand();
    const to = await client();
    const { reasonCode: _, ...bare } = granting(to.accountId, 60);
    await move(ada.caller, bare).expect(201);
    await move(ada.caller, granting(to.accountId, 60)).expect(201);
    expect((await entries(to)).map(({ byHand: hand }: { byHand: { reasonCode: string | null } }) => hand.reasonCode)).toEqual([
      'welcome',
      null,
    ]);
    expect(await byHand()).toEqual({ ...before, grants: before.grants + 2, withoutReason: before.withoutReason + 1 });
  });

  it('B2: the limit is not lifted by one, nor a month granted by one whom it reaches', async () => {
    const [policyId, rule] = [newId(), { key: 'secondPersonAboveMinutes', value: 60_000, validFrom: '2026-03-04', source: 'council' }];
    await ada.caller.put(`${base}/policies/${policyId}`, rule).expect(202);
    await ada.caller.put(`${base}/policies/${newId()}`, { ...rule, value: 5_000 }).expect(201);
    await bao.caller.put(`${base}/policies/${policyId}`, rule).expect(201);
    // Nor is a coming lower limit withdrawn by one.
    const lower = newId();
    await ada.caller.put(`${base}/policies/${lower}`, { ...rule, value: 100, validFrom: '2026-03-05' }).expect(201);
    await ada.caller.delete(`${base}/policies/${lower}`).expect(202);
    await ada.caller.delete(`${base}/policies/${lower}`).expect(202);
    await bao.caller.delete(`${base}/policies/${lower}`).expect(200);
    await ada.caller.delete(`${base}/policies/${lower}`).expect(200);
    // Of two that hold it down, each by itself raises nothing; both at once by one person do.
    const pair = [newId(), newId()];
    for (const one of pair) await ada.caller.put(`${base}/policies/${one}`, { ...rule, value: 100, validFrom: '2026-03-08' }).expect(201);
    const answers = await Promise.all(pair.map((one) => ada.caller.delete(`${base}/policies/${one}`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 202]);
    // What raises nothing any more is done by one, and no longer waits for another.
    const asked = pair[answers.findIndex(({ status }) => status === 202)] as string;
    const subjects = async () => (await waiting(ada.caller)).map((act) => act.subjectId);
    expect(await subjects()).toContain(asked);
    await ada.caller.put(`${base}/policies/${newId()}`, { ...rule, value: 100, validFrom: '2026-03-08' }).expect(201);
    await ada.caller.delete(`${base}/policies/${asked}`).expect(200);
    expect(await subjects()).not.toContain(asked);
    const mother = newId();
    const elder = { name: 'Mother of Ada', birthDate: '1938-05-01', roles: ['client'], circumstances: ['living_alone'] };
    await coordinator.caller.put(`${base}/members/${mother}`, elder).expect(201);
    await coordinator.caller.put(`${base}/members/${ada.memberId}/relations/${mother}`, { kind: 'parent' }).expect(201);
    const runId = newId();
    await ada.caller.put(`${base}/grant-runs/${runId}`, { month: '2026-03' }).expect(202);
    await bao.caller.put(`${base}/grant-runs/${runId}`, { month: '2026-03' }).expect(201);
    await ada.caller.put(`${base}/grant-runs/${runId}`, { month: '2026-03' }).expect(200);
  });
});
