import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { GateReason, ServiceKind } from '@timebank/contract';
import { newId } from '@timebank/kernel';
import { ListServiceKinds, PutServiceKind } from '@timebank/requests';
import { openCity, refusal, type TestCity, type TestDay, type TestPerson } from '@timebank/testing';
import { KeepRiskReading, PlanVisit, ReadCandidate } from '@timebank/visits';

const kind = { class: 'home_adaptation', riskLevel: 'high', usualMinutes: 60, position: 30, names: { 'zh-Hans': 'Roofs' } } as const;

describe('risks that were read', () => {
  let city: TestCity;
  let coordinator: TestPerson;
  let volunteer: TestPerson;
  let client: TestPerson;
  let time: TestDay['time'];
  beforeAll(async () => {
    city = await openCity();
    coordinator = await city.person('coordinator', 'volunteer');
  });
  beforeEach(async () => {
    ({ volunteer, client, time } = await city.nextDay(coordinator));
    await city.give(client, 2_000);
    await city.policy(coordinator, 'riskyFrom', 'high');
    await say({ 'zh-Hans': 'You may fall.' });
  });
  afterAll(() => city.close());

  const standing = async () => (await city.get(ListServiceKinds).one('roofs')) as ServiceKind;
  const say = async (riskText: Record<string, string>, level: 'medium' | 'high' = 'high') => {
    const version = (await city.get(ListServiceKinds).one('roofs'))?.version;
    await city.get(PutServiceKind).run('roofs', { ...kind, riskLevel: level, riskText, ...(version === undefined ? {} : { version }) });
  };
  const wording = async () => (await standing()).riskVersion ?? '';
  const ask = () => city.request(coordinator, client, time(0), 60, 'roofs');
  const gateOf = async (requestId: string, who = volunteer): Promise<GateReason[]> =>
    (await city.get(ReadCandidate).run(coordinator.actor, city.bankId, requestId, who.memberId)).gate;
  const take = (requestId: string, who = volunteer) =>
    city.get(PlanVisit).run(who.actor, city.bankId, newId(), { requestId, volunteerId: who.memberId });
  const read = async (who = volunteer, version?: string) =>
    city.get(KeepRiskReading).own(who.actor, 'roofs', { version: version ?? (await wording()) });

  it('stop who has not read them, and nobody who has', async () => {
    const requestId = await ask();
    expect(await gateOf(requestId)).toEqual(['risk_not_read']);
    const version = await wording();
    await expect(take(requestId)).rejects.toMatchObject({
      code: 'gate/risk_not_read',
      parameters: { serviceKind: 'roofs', riskVersion: version, gate: ['risk_not_read'] },
    });
    expect(await read()).toMatchObject({ first: true, value: { serviceKind: 'roofs', version, way: 'read' } });
    expect((await read()).first).toBe(false);
    expect(await gateOf(requestId)).toEqual([]);
    expect((await take(requestId)).first).toBe(true);
  });

  it('are asked for again once the text changes, in whatever language, and not once it is what it was', async () => {
    const requestId = await ask();
    const first = await wording();
    await read();
    await say({ 'zh-Hans': 'You may fall.', en: 'You may fall.' });
    expect(await wording()).not.toBe(first);
    expect(await gateOf(requestId)).toEqual(['risk_not_read']);
    await expect(read(volunteer, first)).rejects.toMatchObject(refusal('service_kinds/risk_changed'));
    expect(await gateOf(requestId)).toEqual(['risk_not_read']);
    await read();
    expect(await gateOf(requestId)).toEqual([]);
    await say({ 'zh-Hans': 'You may fall.' });
    expect(await gateOf(requestId)).toEqual([]);
  });

  it('are not asked for where nothing is said of them, nor of a kind that the policy does not call risky', async () => {
    await say({});
    expect((await standing()).riskVersion).toBeNull();
    expect(await gateOf(await ask())).toEqual([]);
    await say({ 'zh-Hans': 'You may slip.' }, 'medium');
    const requestId = await ask();
    expect(await gateOf(requestId)).toEqual([]);
    await city.policy(coordinator, 'riskyFrom', 'medium');
    expect(await gateOf(requestId)).toEqual(['risk_not_read']);
  });

  it('are read out by a coordinator, and kept as such; what was kept stays', async () => {
    const requestId = await ask();
    const version = await wording();
    const readOut = () => city.get(KeepRiskReading).run(coordinator.actor, city.bankId, volunteer.memberId, 'roofs', { version });
    expect(await readOut()).toMatchObject({ first: true, value: { way: 'read_out' } });
    expect((await readOut()).first).toBe(false);
    expect((await read()).value).toMatchObject({ way: 'read_out' });
    expect(await gateOf(requestId)).toEqual([]);
    expect(await city.rooms.database.query('select way, recorded_by from risk_reading where member_id = $1', [volunteer.memberId])).toEqual(
      [{ way: 'read_out', recorded_by: coordinator.actor.personId }],
    );
    await expect(city.rooms.database.query('delete from risk_reading')).rejects.toThrow(/never changed/);
  });

  it('are one person’s, and of nobody and nothing that is not there', async () => {
    await read();
    expect(await gateOf(await ask(), await city.person('volunteer'))).toEqual(['risk_not_read']);
    const version = await wording();
    const keep = (memberId: string, code: string) =>
      city.get(KeepRiskReading).run(coordinator.actor, city.bankId, memberId, code, { version });
    await expect(keep(newId(), 'roofs')).rejects.toMatchObject(refusal('members/not_found'));
    await expect(keep(volunteer.memberId, 'no_such')).rejects.toMatchObject(refusal('service_kinds/not_found'));
    await expect(keep(volunteer.memberId, 'company')).rejects.toMatchObject(refusal('service_kinds/risk_changed'));
  });
});
