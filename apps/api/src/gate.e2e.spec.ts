import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunRounds } from '@timebank/care';
import { newId } from '@timebank/kernel';
import { openTwoBanks, type TwoBanks } from '@timebank/testing';

describe('who may help whom, over HTTP', () => {
  let two: TwoBanks;
  beforeAll(async () => {
    two = await openTwoBanks();
    await two.befriend();
  });
  afterAll(() => two.city.close());

  const ask = (minutes = 0) => two.openRequest(60, 'company', minutes);
  const candidate = (requestId: string, memberId: string) =>
    two.host.coordinator.caller.get(`${two.host.base}/requests/${requestId}/candidates/${memberId}`);
  const member = (memberId: string, path = '') => `${two.host.base}/members/${memberId}${path}`;

  it('lets neither side learn who asked not to meet again, a guest neither', async () => {
    const { host, guest, client } = two;
    const requestId = await ask(60);
    expect((await candidate(requestId, guest.memberId).expect(200)).body).toMatchObject({ gate: [], reasons: [] });
    await guest.caller.get(`${host.base}/requests/${requestId}`).expect(200);
    expect((await candidate(newId(), guest.memberId).expect(404)).body).toMatchObject({ code: 'requests/not_found' });
    expect((await candidate(requestId, newId()).expect(404)).body).toMatchObject({ code: 'members/not_found' });
    const pair = member(client.memberId, `/blocks/${guest.memberId}`);
    await host.coordinator.caller.put(pair).expect(201);
    await host.coordinator.caller.put(member(guest.memberId, `/blocks/${client.memberId}`)).expect(200);
    for (const [one, other] of [
      [client.memberId, guest.memberId],
      [guest.memberId, client.memberId],
    ] as const) {
      const { body } = await host.coordinator.caller.get(member(one, '/blocks')).expect(200);
      expect(body.items).toEqual([{ memberId: other, name: expect.any(String), recordedAt: expect.any(String) }]);
    }
    expect((await candidate(requestId, guest.memberId).expect(200)).body).toMatchObject({
      gate: ['blocked_pair'],
      reasons: [{ reason: 'blocked_pair', strength: 'hard', parameters: {} }],
    });
    await guest.caller.get(`${host.base}/requests/${requestId}`).expect(404);
    const refused = await guest.caller.put(`${host.base}/visits/${newId()}`, { requestId, volunteerId: guest.memberId }).expect(409);
    expect(refused.body).toEqual({ code: 'requests/not_open', parameters: { state: 'taken', gate: ['full'] } });
    await guest.caller.get(`${host.base}/requests/${requestId}/candidates/${guest.memberId}`).expect(403);
    await host.coordinator.caller.delete(pair).expect(200);
    await guest.caller.put(`${host.base}/visits/${newId()}`, { requestId, volunteerId: guest.memberId }).expect(201);
    await host.coordinator.caller.put(member(client.memberId, `/blocks/${client.memberId}`)).expect(422);
    await host.coordinator.caller.put(member(client.memberId, `/blocks/${newId()}`)).expect(404);
  });

  it('shows gender and wish to coordinators and admins alone, not even to the person', async () => {
    const { host, client } = two;
    const { body } = await host.coordinator.caller.get(member(client.memberId)).expect(200);
    const patch = { version: body.version, gender: 'woman', helperWish: 'woman' };
    await host.coordinator.caller.patch(member(client.memberId), patch).expect(200);
    expect((await host.coordinator.caller.get(member(client.memberId)).expect(200)).body).toMatchObject({
      gender: 'woman',
      helperWish: 'woman',
    });
    expect((await client.caller.get(member(client.memberId)).expect(200)).body).toMatchObject({ gender: null, helperWish: null });
    await host.coordinator.caller.patch(member(client.memberId), { version: body.version + 1, gender: 'other' }).expect(400);
    await host.coordinator.caller.patch(member(client.memberId), { version: body.version + 1, helperWish: null }).expect(200);
  });

  it('exempts and qualifies by name, with a reason and an end, and nobody themselves', async () => {
    const { host, client } = two;
    const { caller, memberId } = host.coordinator;
    const exemption = { validUntil: '2026-12-31', note: 'Course under way' };
    await caller.put(member(client.memberId, '/exemptions/first_aid'), exemption).expect(201);
    await caller.put(member(client.memberId, '/exemptions/first_aid'), exemption).expect(200);
    await caller.put(member(memberId, '/exemptions/first_aid'), exemption).expect(403);
    await caller.put(member(memberId, '/qualifications/first_aid'), { validUntil: '2026-12-31' }).expect(403);
    await caller.put(member(newId(), '/exemptions/first_aid'), exemption).expect(404);
    for (const bad of [{ validUntil: '2026-02-30' }, { note: '' }, { note: 'x'.repeat(201) }, { more: 1 }]) {
      await caller.put(member(client.memberId, '/exemptions/first_aid'), { ...exemption, ...bad }).expect(400);
    }
    expect((await caller.get(member(client.memberId)).expect(200)).body).toMatchObject({
      exemptions: [{ code: 'first_aid', ...exemption }],
    });
  });

  it('lets nobody end what another may have asked for against them, nor set aside a reason unseen', async () => {
    const { host, client, guest } = two;
    const { caller, memberId } = host.coordinator;
    for (const [one, other] of [
      [client.memberId, memberId],
      [memberId, client.memberId],
    ] as const) {
      await caller.put(member(one, `/blocks/${other}`));
      expect((await caller.delete(member(one, `/blocks/${other}`)).expect(403)).body).toMatchObject({ code: 'access/not_allowed' });
    }
    expect((await caller.get(member(client.memberId, '/blocks')).expect(200)).body.items).toHaveLength(1);
    const requestId = await ask(300);
    for (const some of [{ overruleNote: 'She asked' }, { overrules: ['rest'] }, { overruleNote: 'She asked', overrules: [] }]) {
      const body = { requestId, volunteerId: guest.memberId, ...some };
      expect((await caller.put(`${host.base}/visits/${newId()}`, body).expect(400)).body).toMatchObject({ path: 'body.overrules' });
    }
  });

  it('answers for a coordinator who chose a guest while interchange is off', async () => {
    const { host, home, guest } = two;
    const requestId = await ask(600);
    await two.policy(home, 'interchange', false);
    expect((await candidate(requestId, guest.memberId).expect(200)).body.gate).toEqual(['interchange_off']);
    const body = { requestId, volunteerId: guest.memberId };
    expect((await host.coordinator.caller.put(`${host.base}/visits/${newId()}`, body).expect(422)).body).toMatchObject({
      code: 'banks/interchange_off',
      parameters: { bankId: home.bankId, gate: ['interchange_off'] },
    });
  });

  it('keeps a request for the bank’s own volunteers for as long as policy says; then guests see it, are asked, and take it', async () => {
    const { host, home, guest } = two;
    await two.policy(home, 'interchange', true);
    await two.policy(host, 'shareOpenAfterHours', 24);
    const requestId = await ask(3 * 24 * 60);
    const open = async () => {
      const { body } = await guest.caller.get(`${host.base}/requests?state=open&limit=200`).expect(200);
      return (body.items as { requestId: string }[]).some((one) => one.requestId === requestId);
    };
    const rounds = async () => {
      await two.city.app.get(RunRounds).run(host.bankId);
      const { body } = await host.coordinator.caller.get(`${host.base}/requests/${requestId}/offers`).expect(200);
      return body as {
        items: { volunteerId: string; state: string }[];
        round: { isLast: boolean } | null;
        guests: { mayTake: boolean } | null;
      };
    };
    // Nobody of their own suits: the coordinator is away.
    await host.coordinator.caller
      .put('/api/me/availability', { weekly: [], pauses: [{ from: '2020-01-01', to: '2099-12-31' }] })
      .expect(201);
    expect(await open()).toBe(false);
    await guest.caller.get(`${host.base}/requests/${requestId}`).expect(404);
    const refused = await two.take(guest.caller, requestId).expect(409);
    expect(refused.body).toEqual({ code: 'requests/not_open', parameters: { state: 'taken', gate: ['full'] } });
    expect((await candidate(requestId, guest.memberId).expect(200)).body).toMatchObject({ gate: ['not_open_yet'] });
    expect(await rounds()).toMatchObject({ items: [], round: { isLast: true }, guests: { mayTake: false } });

    two.city.clock.advance(24 * 60 - 1);
    expect([await open(), (await rounds()).items]).toEqual([false, []]);
    two.city.clock.advance(1);
    expect(await open()).toBe(true);
    const asked = await rounds();
    expect(asked).toMatchObject({
      items: [{ volunteerId: guest.memberId, state: 'open' }],
      round: { isLast: false },
      guests: { mayTake: true },
    });
    expect((await rounds()).items).toHaveLength(1);
    await two.take(guest.caller, requestId).expect(201);
    const bad = { key: 'shareOpenAfterHours', value: -1, validFrom: '2026-04-01', source: 'test' };
    expect((await two.admin.put(`${host.base}/policies/${newId()}`, bad).expect(422)).body).toMatchObject({ code: 'policy/bad_value' });
  });
});
