import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { openTwoBanks, type TestCaller, type TestMember, type TwoBanks } from '@timebank/testing';

describe('members who leave or are barred', () => {
  let two: TwoBanks;
  let base: string;
  let admin: TestCaller;
  let colleague: TestCaller;
  let coordinator: TestMember;

  beforeAll(async () => {
    two = await openTwoBanks();
    [admin, coordinator, base] = [two.admin, two.host.coordinator, two.host.base];
    colleague = await two.city.secondCityAdmin(admin, two.host.bankId);
    await two.befriend();
  });
  afterAll(() => two.city.close());

  const leave = (by: TestCaller, memberId: string, body: object, at = base) => by.post(`${at}/members/${memberId}/leave`, body);
  const person = (role: 'volunteer' | 'client') => two.city.register(coordinator.caller, two.host.bankId, role);
  const grant = ({ accountId }: TestMember, minutes: number) => two.grant(two.host, accountId, minutes);
  const card = async ({ memberId }: TestMember): Promise<string> =>
    (await coordinator.caller.post(`${base}/members/${memberId}/cards`).expect(201)).body.code;
  const states = async (kind: 'visits' | 'requests', ids: string[]) =>
    Promise.all(ids.map(async (id) => (await coordinator.caller.get(`${base}/${kind}/${id}`).expect(200)).body.state as string));

  /** A request of a client for tomorrow, planned for somebody where that is asked. */
  async function plan(client: TestMember, volunteer?: TestMember, hours = 24): Promise<{ requestId: string; visitId: string }> {
    const [requestId, visitId] = [newId(), newId()];
    const startsAt = new Date(two.city.clock.now().getTime() + hours * 3_600_000).toISOString();
    const body = { clientId: client.memberId, serviceKind: 'company', startsAt, minutes: 60 };
    await coordinator.caller.put(`${base}/requests/${requestId}`, body).expect(201);
    const visit = { requestId, volunteerId: volunteer?.memberId };
    if (volunteer) await coordinator.caller.put(`${base}/visits/${visitId}`, visit).expect(201);
    return { requestId, visitId };
  }

  it('D2: shows beforehand what ends, and by two people ends all of it', async () => {
    const [client, volunteer, spouse] = [await person('client'), await person('volunteer'), await person('client')];
    await grant(client, 600);
    await card(client);
    await coordinator.caller.put(`${base}/members/${client.memberId}/relations/${spouse.memberId}`, { kind: 'spouse' }).expect(201);
    const [open, planned] = [await plan(client, undefined, 48), await plan(client, volunteer)];
    const preview = (await admin.get(`${base}/members/${client.memberId}/leave`).expect(200)).body;
    expect(preview).toMatchObject({ openRequests: 1, plannedVisits: 1, undecidedVisits: 0, cards: 1, guestBanks: 0, signsIn: true });
    expect(preview).toMatchObject({ balanceMinutes: 600, heldMinutes: 60, heirs: [{ memberId: spouse.memberId, kind: 'spouse' }] });
    const body = { on: '2026-03-02', reason: 'death', heirs: [{ memberId: spouse.memberId }] };
    await leave(coordinator.caller, client.memberId, body).expect(403);
    await leave(admin, client.memberId, { ...body, on: '2036-03-02' }).expect(422);
    await leave(admin, client.memberId, { ...body, heirs: [{ memberId: volunteer.memberId }] }).expect(422);
    const { body: waits } = await leave(admin, client.memberId, body).expect(202);
    expect((await leave(admin, client.memberId, body).expect(202)).body).toEqual(waits);
    expect(await states('visits', [planned.visitId])).toEqual(['planned']);
    const { body: acts } = await colleague.get(`${base}/waiting-acts`).expect(200);
    expect(acts.items).toMatchObject([{ kind: 'leaving', subjectId: client.memberId, content: body, mayConfirm: true }]);
    expect(acts.items[0].heirNames).toEqual([`client ${spouse.phone}`]);
    const { body: left } = await leave(colleague, client.memberId, body).expect(201);
    expect(left).toEqual({
      memberId: client.memberId,
      on: '2026-03-02',
      reason: 'death',
      balanceMinutes: 600,
      shares: [{ memberId: spouse.memberId, minutes: 600, overflowMinutes: 0 }],
    });
    for (const by of [admin, colleague]) expect((await leave(by, client.memberId, body).expect(200)).body).toEqual(left);
    await leave(admin, client.memberId, { ...body, reason: 'moved' }).expect(409);
    expect(await states('visits', [planned.visitId])).toEqual(['cancelled']);
    expect(await states('requests', [open.requestId, planned.requestId])).toEqual(['cancelled', 'cancelled']);
    const { body: cards } = await coordinator.caller.get(`${base}/members/${client.memberId}/cards`).expect(200);
    expect(cards.items.every(({ revokedAt }: { revokedAt: string | null }) => revokedAt !== null)).toBe(true);
    await client.caller.get('/api/me').expect(401);
    await two.city.anybody.post('/api/sessions', { phone: client.phone, password: client.password }).expect(401);
    const told = await two.city.database.query<{ kind: string }>('select kind from outbox where bank_id = $1 and happened_at >= $2', [
      two.host.bankId,
      two.city.clock.now(),
    ]);
    expect(told.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['visits/cancelled', 'requests/cancelled', 'hours/member_left']));
  });

  it('D2: ends what a volunteer has planned as a guest, and the stay', async () => {
    const [requestId, visitId] = [await two.openRequest(60, 'company', 24 * 60), newId()];
    await two.take(two.guest.caller, requestId, two.guest.memberId, visitId).expect(201);
    const body = { on: '2026-03-02', reason: 'moved' };
    expect((await admin.get(`${two.home.base}/members/${two.guest.memberId}/leave`).expect(200)).body).toMatchObject({ guestBanks: 1 });
    await leave(admin, two.guest.memberId, body, base).expect(404);
    await leave(admin, two.guest.memberId, body, two.home.base).expect(202);
    await leave(colleague, two.guest.memberId, body, two.home.base).expect(201);
    expect(await states('visits', [visitId])).toEqual(['cancelled']);
    expect(await states('requests', [requestId])).toEqual(['open']);
    const { body: guests } = await coordinator.caller.get(`${base}/guests`).expect(200);
    expect(guests.items).toMatchObject([{ memberId: two.guest.memberId, state: 'ended' }]);
  });

  it('D2: both at the same moment see a member off once', async () => {
    const client = await person('client');
    const body = { on: '2026-03-02', reason: 'wish' };
    const answers = await Promise.all([admin, admin, colleague, colleague].map((by) => leave(by, client.memberId, body)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.every(({ status }) => [200, 201, 202].includes(status))).toBe(true);
  });

  it('F6: barring ends plans as leaving does, tells everybody, and enabling brings nothing back', async () => {
    const [client, volunteer, other] = [await person('client'), await person('volunteer'), await person('client')];
    for (const one of [client, other]) await grant(one, 600);
    const code = await card(client);
    await card(other);
    const [given, asked, open] = [await plan(other, volunteer), await plan(client, volunteer, 30), await plan(client, undefined, 48)];
    const bar = async ({ memberId }: TestMember, disabled: boolean) => {
      const { version } = (await coordinator.caller.get(`${base}/members/${memberId}`).expect(200)).body;
      await coordinator.caller.patch(`${base}/members/${memberId}`, { version, disabled }).expect(200);
    };
    await bar(client, true);
    expect(await states('visits', [asked.visitId, given.visitId])).toEqual(['cancelled', 'planned']);
    expect(await states('requests', [asked.requestId, open.requestId])).toEqual(['cancelled', 'cancelled']);
    expect((await admin.get(`${base}/accounts/${client.accountId}`).expect(200)).body).toMatchObject({
      balanceMinutes: 600,
      heldMinutes: 0,
    });
    await client.caller.get('/api/me').expect(401);
    await bar(volunteer, true);
    expect(await states('visits', [given.visitId])).toEqual(['cancelled']);
    expect(await states('requests', [given.requestId])).toEqual(['open']);
    expect((await admin.get(`${base}/accounts/${other.accountId}`).expect(200)).body.heldMinutes).toBe(0);
    const told = await two.city.database.query<{ id: string }>(
      `select payload ->> 'visitId' as id from outbox where bank_id = $1 and kind = 'visits/cancelled'`,
      [two.host.bankId],
    );
    expect(told.map(({ id }) => id)).toEqual(expect.arrayContaining([asked.visitId, given.visitId]));
    await bar(client, false);
    await bar(volunteer, false);
    expect(await states('visits', [asked.visitId, given.visitId])).toEqual(['cancelled', 'cancelled']);
    expect(await states('requests', [open.requestId])).toEqual(['cancelled']);
    const { body: cards } = await coordinator.caller.get(`${base}/members/${client.memberId}/cards`).expect(200);
    expect(cards.items.every(({ revokedAt }: { revokedAt: string | null }) => revokedAt !== null)).toBe(true);
    // What a phone without signal kept arrives later, for a visit that is no more: a letter.
    const back = await two.city.signIn(volunteer.phone, volunteer.password);
    const scan = { kind: 'in', card: code, clientTime: two.city.clock.now().toISOString() };
    await back
      .put(`${base}/visits/${asked.visitId}/scans/${newId()}`, scan)
      .expect((response) => expect(response.status).toBeLessThan(300));
    const { body: letters } = await coordinator.caller.get(`${base}/letters`).expect(200);
    expect(letters.items).toMatchObject([{ kind: 'in', volunteerId: volunteer.memberId }]);
  });

  it('F6: barring leaves what has begun for the desk', async () => {
    const [client, volunteer] = [await person('client'), await person('volunteer')];
    await grant(client, 600);
    const code = await card(client);
    const { visitId } = await plan(client, volunteer, 0);
    await volunteer.caller.put(`${base}/visits/${visitId}/scans/${newId()}`, { kind: 'in', card: code }).expect(201);
    await coordinator.caller.patch(`${base}/members/${volunteer.memberId}`, { version: 1, disabled: true }).expect(200);
    expect(await states('visits', [visitId])).toEqual(['in_progress']);
    const { body } = await leave(admin, client.memberId, { on: '2026-03-02', reason: 'wish' }).expect(409);
    expect(body).toEqual({ code: 'settlements/visit_under_way', parameters: { visitId } });
  });
});
