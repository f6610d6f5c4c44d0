import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { PastVisitInput } from '@timebank/contract';
import { deriveId } from '@timebank/database';
import { newId } from '@timebank/kernel';
import { GetRequest } from '@timebank/requests';
import { openCity, refusal, type TestCity, type TestDay, type TestPerson } from '@timebank/testing';
import { GetVisit, ListVisits, RecordPastVisit } from '@timebank/visits';

const day = 24 * 60;

describe('a visit that is recorded afterwards', () => {
  let city: TestCity;
  let coordinator: TestPerson;
  let colleague: TestPerson;
  let volunteer: TestPerson;
  let client: TestPerson;
  let time: TestDay['time'];
  beforeAll(async () => {
    city = await openCity();
    coordinator = await city.person('coordinator', 'volunteer');
    colleague = await city.person('coordinator');
  });
  beforeEach(async () => {
    ({ volunteer, client, time } = await city.nextDay(coordinator));
  });
  afterAll(() => city.close());

  const moment = (minutes: number) => time(minutes).toISOString();
  /** From so many minutes to so many of today, written down at the given moment. */
  async function record(
    from: number,
    to: number,
    more: Partial<PastVisitInput> = {},
    { by = coordinator, now = 600, visitId = newId() } = {},
  ) {
    const times = { startedAt: moment(from), endedAt: moment(to) };
    time(now);
    const input = {
      clientId: client.memberId,
      volunteerId: volunteer.memberId,
      serviceKind: 'company',
      reasonCode: 'paper',
      ...times,
      ...more,
    };
    return city.get(RecordPastVisit).run(by.actor, city.bankId, visitId, input);
  }
  const byHand = { acknowledge: ['MANUAL_ENTRY' as const] };
  const stateOf = async (requestId: string) => (await city.get(GetRequest).run(coordinator.actor, city.bankId, requestId)).state;

  it('D1: is manual, held, offered to nobody and paid when another person approves', async () => {
    const visitId = newId();
    const { first, value } = await record(0, 60, { evidence: 'Sheet 12 of the blue folder', note: 'Her own hand' }, { visitId });
    expect(first).toBe(true);
    expect(value).toMatchObject({ state: 'needs_ack', class: 'manual', assurance: 'A0', creditedMinutes: 60, plannedMinutes: 60 });
    expect(value.exceptions.map(({ code }) => code)).toEqual(['MANUAL_ENTRY']);
    expect(value.events).toMatchObject([{ kind: 'manual', code: 'paper', note: 'Her own hand', evidence: 'Sheet 12 of the blue folder' }]);
    expect(await city.balance(client)).toEqual({ balanceMinutes: 600, heldOutMinutes: 60 });
    expect(value.requestId).toBe(deriveId(visitId, 'request'));
    expect(await stateOf(value.requestId)).toBe('taken');
    expect(await city.approve(coordinator, [visitId], byHand)).toMatchObject([{ code: 'visits/second_person_needed' }]);
    expect(await city.approve(colleague, [visitId])).toMatchObject([{ code: 'visits/must_be_acknowledged' }]);
    expect(await city.approve(colleague, [visitId], byHand)).toMatchObject([{ outcome: 'approved' }]);
    expect(await stateOf(value.requestId)).toBe('served');
    expect(await city.balance(volunteer)).toMatchObject({ balanceMinutes: 60 });
    expect(await city.balance(client)).toEqual({ balanceMinutes: 540, heldOutMinutes: 0 });
    expect(await city.one('select class, kind from transfer where visit_id = $1', [visitId])).toEqual({ class: 'manual', kind: 'service' });
    const own = await city.get(ListVisits).run(volunteer.actor, city.bankId, { limit: 50 });
    expect(own.items.map((visit) => visit.visitId)).toEqual([visitId]);
  });

  it('D1: is the same under its id, whoever says so, and refused with other content', async () => {
    const visitId = newId();
    await record(0, 60, {}, { visitId });
    expect((await record(0, 60, {}, { visitId })).first).toBe(false);
    expect((await record(0, 60, {}, { visitId, by: colleague })).first).toBe(false);
    await expect(record(0, 61, {}, { visitId })).rejects.toMatchObject(refusal('visits/id_reused'));
    const twice = newId();
    const answers = await Promise.all([1, 2, 3].map(() => record(100, 130, {}, { visitId: twice })));
    expect(answers.filter(({ first }) => first)).toHaveLength(1);
  });

  it('D1: is taken until the last day of the deadline, before anybody was registered too, and not after it', async () => {
    // Ten working days after a day of the week of 2 March 2026 are two weeks, whatever day it is.
    const days = (count: number) => 600 + count * day;
    const weekday = new Date(moment(0)).getUTCDay();
    const last = 14 + (weekday === 6 ? -1 : weekday === 0 ? -2 : 0);
    expect((await record(0, 60, {}, { now: days(last) })).first).toBe(true);
    await expect(record(100, 160, {}, { now: days(last + 1) })).rejects.toMatchObject({ code: 'visits/recording_deadline' });
    time(0);
    expect((await record(-3 * day, -3 * day + 60, {}, { now: 0 })).first).toBe(true);
  });

  it('D1: is over, and lasts a day at most', async () => {
    const refused = { code: 'visits/manual_interval' };
    await expect(record(0, 60, {}, { now: 59 })).rejects.toMatchObject(refused);
    await expect(record(60, 60)).rejects.toMatchObject(refused);
    await expect(record(-day, 1)).rejects.toMatchObject(refused);
  });

  it('D1: waits for whoever pays where the client is not covered: the pool, with a reason, of what is there', async () => {
    const poor = await city.client(0);
    const visitId = newId();
    await record(0, 60, { clientId: poor.memberId }, { visitId });
    expect(await city.balance(poor)).toEqual({ balanceMinutes: 0, heldOutMinutes: 0 });
    const approve = (more = {}) => city.approve(colleague, [visitId], { ...byHand, ...more });
    const payers = async (by: TestPerson) => (await city.get(GetVisit).run(by.actor, city.bankId, visitId)).payers;
    const none = { client: 0, pool: 0, fund: 0 };
    const upTo = async () => Object.fromEntries((await payers(colleague))?.map(({ payer, upToMinutes }) => [payer, upToMinutes]) ?? []);
    expect(await upTo()).toEqual(none);
    expect(await payers(poor)).toBeNull();
    expect(await approve()).toMatchObject([{ code: 'ledger/overdraft' }]);
    expect(await approve({ payer: 'pool' })).toMatchObject([{ code: 'visits/reason_needed' }]);
    const paid = { payer: 'pool', reasonCode: 'other' } as const;
    expect(await approve(paid)).toMatchObject([{ code: 'ledger/overdraft' }]);
    const pool = { ...poor, accountId: deriveId(city.bankId, 'pool') };
    await city.give(pool, 90);
    expect(await upTo()).toEqual({ ...none, pool: 60 });
    expect(await approve(paid)).toMatchObject([{ outcome: 'approved' }]);
    expect([await city.balance(pool), await city.balance(poor), await city.balance(volunteer)]).toMatchObject([
      { balanceMinutes: 30 },
      { balanceMinutes: 0 },
      { balanceMinutes: 60 },
    ]);
    expect((await city.get(GetVisit).run(colleague.actor, city.bankId, visitId)).decision).toMatchObject({ payer: 'pool' });
    expect(await payers(colleague)).toBeNull();
    const covered = (await record(100, 130)).value.visitId;
    expect((await city.get(GetVisit).run(colleague.actor, city.bankId, covered)).payers).toBeNull();
    expect(await city.approve(colleague, [covered], { ...byHand, ...paid })).toMatchObject([{ code: 'visits/payer_is_client' }]);
    expect(await city.faults()).toEqual([]);
  });

  it('D1: is judged like any other: overlaps, caps and a related pair', async () => {
    await record(0, 60);
    const codes = async (from: number, to: number) => (await record(from, to)).value.exceptions.map(({ code }) => code);
    expect(await codes(30, 90)).toEqual(['OVERLAP', 'MANUAL_ENTRY']);
    expect(await codes(100, 341)).toEqual(['OVER_CAP', 'MANUAL_ENTRY']);
    const related = await city.client();
    await city.relate(colleague, volunteer, related, 'sibling');
    const { value } = await record(400, 430, { clientId: related.memberId });
    expect(value.exceptions.map(({ code }) => code)).toContain('CONFLICT_OF_INTEREST');
  });

  it("D1: is refused to the visit's own people and their relatives, and for who is no client, no volunteer or one's own helper", async () => {
    await expect(record(0, 60, { volunteerId: coordinator.memberId })).rejects.toMatchObject(refusal('visits/own_visit'));
    const relative = await city.person('coordinator');
    await city.relate(colleague, relative, client, 'child');
    await expect(record(0, 60, {}, { by: relative })).rejects.toMatchObject(refusal('visits/conflict_of_interest'));
    await expect(record(0, 60, { clientId: volunteer.memberId })).rejects.toMatchObject({ code: 'requests/own_request' });
    await expect(record(0, 60, { clientId: colleague.memberId })).rejects.toMatchObject({ code: 'members/not_a_client' });
    await expect(record(0, 60, { volunteerId: (await city.client(0)).memberId })).rejects.toMatchObject({
      code: 'members/not_a_volunteer',
    });
    await expect(record(0, 60, { volunteerId: newId() })).rejects.toMatchObject({ code: 'members/not_found' });
    await expect(record(0, 60, { serviceKind: 'nothing' })).rejects.toMatchObject({ code: 'requests/unknown_service_kind' });
    expect(Number((await city.one<{ count: string }>('select count(*) from request where client_id = $1', [client.memberId])).count)).toBe(
      0,
    );
  });

  it('D1: leaves nothing behind when it is rejected', async () => {
    const { value } = await record(0, 60);
    await city.approve(colleague, [value.visitId], { decision: 'reject', reasonCode: 'not_served' });
    expect(await city.balance(client)).toEqual({ balanceMinutes: 600, heldOutMinutes: 0 });
    expect(await stateOf(value.requestId)).toBe('cancelled');
    expect((await record(0, 60)).value.exceptions.map(({ code }) => code)).toEqual(['MANUAL_ENTRY']);
  });
});
