import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import type { ApprovalInput, Card } from '@timebank/contract';
import { PostTransfers } from '@timebank/ledger';
import { GetRequest, ListRequests } from '@timebank/requests';
import { openCity, refusal, type TestCity, type TestDay, type TestPerson } from '@timebank/testing';
import { CancelRequest, DecideVisits, GetVisit, ListVisits, ReadQueue } from '@timebank/visits';

describe('deciding visits', () => {
  let city: TestCity;
  let coordinator: TestPerson;
  let colleague: TestPerson;
  let volunteer: TestPerson;
  let client: TestPerson;
  let card: Card;
  let time: TestDay['time'];
  beforeAll(async () => {
    city = await openCity();
    coordinator = await city.person('coordinator', 'volunteer');
    colleague = await city.person('coordinator');
  });
  beforeEach(async () => {
    ({ volunteer, client, card, time } = await city.nextDay(coordinator));
  });
  afterAll(() => city.close());

  const read = (visitId: string) => city.get(GetVisit).run(coordinator.actor, city.bankId, visitId);
  const requestState = async (visitId: string) =>
    (await city.get(GetRequest).run(coordinator.actor, city.bankId, (await read(visitId)).requestId)).state;
  const decide = (by: TestPerson, approvalId: string, input: ApprovalInput) =>
    city.get(DecideVisits).run(by.actor, city.bankId, approvalId, input);
  /** A visit from its plan to its last scan, in minutes of the day. */
  async function served(from = 0, to = 60, by = volunteer, scanned: [number, number] = [from, to]): Promise<string> {
    const visitId = await city.planned(coordinator, by, client, time(from), to - from);
    time(scanned[0]);
    await city.scan(by, visitId, 'in', card.url);
    time(scanned[1]);
    await city.scan(by, visitId, 'out', card.url);
    return visitId;
  }

  it('posts the credited minutes and frees the rest of the hold', async () => {
    const visitId = await served(0, 60, volunteer, [0, 50]);
    expect(await city.balance(client)).toEqual({ balanceMinutes: 600, heldOutMinutes: 60 });
    const [result] = await city.approve(colleague, [visitId]);
    expect(result).toMatchObject({ visitId, outcome: 'approved', transferId: expect.any(String) });
    expect(await city.balance(client)).toEqual({ balanceMinutes: 550, heldOutMinutes: 0 });
    expect(await city.balance(volunteer)).toEqual({ balanceMinutes: 50, heldOutMinutes: 0 });
    expect(await read(visitId)).toMatchObject({
      state: 'approved',
      creditedMinutes: 50,
      decision: { decision: 'approve', transferId: result?.transferId, reversed: false },
    });
    expect(await requestState(visitId)).toBe('served');
    const { requestId } = await read(visitId);
    const listed = async (state: 'taken' | 'served') =>
      (await city.get(ListRequests).run(coordinator.actor, city.bankId, { state, limit: 200 })).items.map((request) => request.requestId);
    expect([await listed('served'), await listed('taken')].map((ids) => ids.includes(requestId))).toEqual([true, false]);
    await expect(city.get(CancelRequest).run(coordinator.actor, city.bankId, requestId)).rejects.toMatchObject(
      refusal('requests/not_open', { state: 'served' }),
    );
  });

  it('posts once for five of the same call at once, and answers its results for ever', async () => {
    const visitId = await served();
    const [approvalId, input] = [newId(), { visitIds: [visitId], decision: 'approve' } as const];
    const all = await Promise.all(Array.from({ length: 5 }, () => decide(coordinator, approvalId, { ...input, visitIds: [visitId] })));
    expect(all.filter(({ first }) => first)).toHaveLength(1);
    for (const { value } of all) expect(value).toEqual(all[0]?.value);
    expect(await city.balance(volunteer)).toMatchObject({ balanceMinutes: 60 });
    await expect(decide(coordinator, approvalId, { visitIds: [visitId], decision: 'reject', reasonCode: 'other' })).rejects.toMatchObject(
      refusal('approvals/id_reused'),
    );
  });

  it('lets exactly one of two approvals at once win', async () => {
    const visitId = await served();
    const results = (await Promise.all([coordinator, colleague, coordinator, colleague].map((by) => city.approve(by, [visitId])))).flat();
    expect(results.filter(({ outcome }) => outcome === 'approved')).toHaveLength(1);
    expect(results.filter(({ code }) => code === 'visits/already_decided')).toHaveLength(3);
    expect(await city.balance(volunteer)).toMatchObject({ balanceMinutes: 60 });
  });

  it('D7: keeps the second decision with its reason, and names to it the result, the person and the reason that count', async () => {
    const visitId = await served();
    await city.approve(coordinator, [visitId]);
    const approvalId = newId();
    const input: ApprovalInput = { visitIds: [visitId], decision: 'reject', reasonCode: 'not_served', note: 'Nobody was there' };
    const [refused] = (await decide(colleague, approvalId, input)).value.results;
    const seen = await read(visitId);
    expect(refused).toMatchObject({
      outcome: 'refused',
      code: 'visits/already_decided',
      parameters: { state: 'approved', byName: seen.decision?.byName, at: seen.decision?.at, reasonCode: null },
    });
    expect(seen.decision?.byName).toEqual(expect.any(String));
    expect(seen).toMatchObject({ state: 'approved' });
    expect(seen.events.filter(({ outcome }) => outcome === 'refused')).toMatchObject([
      { kind: 'reject', code: 'not_served', note: 'Nobody was there', actorName: expect.any(String) },
    ]);
    expect((await decide(colleague, approvalId, input)).value.results).toEqual([refused]);
    expect(seen.events.filter(({ outcome }) => outcome === 'refused')).toHaveLength(1);
    const own = await city.get(GetVisit).run(volunteer.actor, city.bankId, visitId);
    expect(own.events.filter(({ kind }) => kind === 'reject')).toEqual([]);
  });

  it('D6: lists what an approval has left, to staff, whoever decided', async () => {
    const [clean, own] = [await served(0, 60), await served(120, 180, coordinator)];
    const approvalId = newId();
    await decide(coordinator, approvalId, { visitIds: [clean, own], decision: 'approve' });
    const list = (by: TestPerson) => city.get(ListVisits).run(by.actor, city.bankId, { limit: 50, leftBy: approvalId });
    expect((await list(colleague)).items.map(({ visitId }) => visitId)).toEqual([own]);
    expect((await list(volunteer)).items).toEqual([]);
    await city.approve(colleague, [own]);
    expect((await list(colleague)).items).toEqual([]);
  });

  it('answers the same call without any visit at once, twice', async () => {
    const [approvalId, visitIds] = [newId(), [newId()]];
    const all = await Promise.all([1, 2, 3].map(() => decide(coordinator, approvalId, { visitIds, decision: 'approve' })));
    expect(all.filter(({ first }) => first)).toHaveLength(1);
    expect(all[1]?.value.results).toEqual([{ visitId: visitIds[0], outcome: 'refused', code: 'visits/not_found' }]);
  });

  it('approves 99 of 100 visits when one is bad', async () => {
    const pairs = await Promise.all(
      Array.from({ length: 34 }, async () => ({ by: await city.person('volunteer'), of: await city.client(300) })),
    );
    const visitIds: string[] = [];
    for (const from of [0, 60, 120]) {
      for (const { by, of } of pairs) visitIds.push(await city.planned(coordinator, by, of, time(from), 30));
      await city.rooms.database.query(
        `update visit set state = 'ready', lane = 'clean', captured_in = planned_start, captured_out = planned_end, credited_start = planned_start,
           credited_end = planned_end, credited_minutes = planned_minutes where visit_id = any($1)`,
        [visitIds],
      );
    }
    const hundred = visitIds.slice(0, 100);
    await city.rooms.database.query(`update visit set state = 'in_progress' where visit_id = $1`, [hundred[41]]);
    const results = await city.approve(coordinator, hundred);
    expect(results.map(({ visitId }) => visitId)).toEqual(hundred);
    expect(results.filter(({ outcome }) => outcome === 'approved')).toHaveLength(99);
    expect(results[41]).toMatchObject({ outcome: 'refused', code: 'visits/not_ended' });
    expect(await city.get(ReadQueue).run(coordinator.actor, city.bankId)).toMatchObject({
      clean: { visits: 2, minutes: 60, volunteers: 2 },
    });
    await city.approve(coordinator, visitIds.slice(100));
  });

  describe('refuses', () => {
    it("one's own visit, a relative's and a household member's", async () => {
      const own = await served(0, 60, coordinator);
      expect(await city.approve(coordinator, [own])).toMatchObject([{ outcome: 'refused', code: 'visits/own_visit' }]);
      await city.relate(coordinator, colleague, volunteer, 'household');
      const related = await served(120, 180);
      expect(await city.approve(colleague, [related])).toMatchObject([{ outcome: 'refused', code: 'visits/conflict_of_interest' }]);
      expect(await city.approve(coordinator, [related])).toMatchObject([{ outcome: 'approved' }]);
      expect(await city.approve(await city.person('coordinator'), [own])).toMatchObject([{ outcome: 'approved' }]);
    });

    it('more minutes than proposed, and fewer without a reason', async () => {
      const visitId = await served();
      const credit = (minutes: number, more = {}) =>
        city.approve(coordinator, [visitId], { creditedMinutes: { [visitId]: minutes }, ...more });
      expect(await credit(61)).toMatchObject([{ code: 'visits/longer_than_captured', parameters: { creditedMinutes: 60 } }]);
      expect(await credit(45)).toMatchObject([{ code: 'visits/reason_needed' }]);
      expect(await credit(45, { reasonCode: 'left_early' })).toMatchObject([{ outcome: 'approved' }]);
      expect(await city.balance(volunteer)).toMatchObject({ balanceMinutes: 45 });
      expect(await city.balance(client)).toEqual({ balanceMinutes: 555, heldOutMinutes: 0 });
    });

    it('yellow until its codes are acknowledged', async () => {
      const visitId = await served(0, 60, volunteer, [12, 60]);
      expect((await read(visitId)).lane).toBe('yellow');
      expect(await city.approve(coordinator, [visitId])).toMatchObject([
        { code: 'visits/must_be_acknowledged', parameters: { codes: ['LATE_IN'] } },
      ]);
      expect(await city.approve(coordinator, [visitId], { acknowledge: ['LATE_IN', 'LONGER'] })).toMatchObject([{ outcome: 'approved' }]);
      expect((await read(visitId)).exceptions).toContainEqual(expect.objectContaining({ code: 'LATE_IN', acknowledged: true }));
    });

    it('red until it is fixed', async () => {
      const visitId = await city.planned(coordinator, volunteer, client, time(0));
      time(60);
      await city.scan(volunteer, visitId, 'out', card.url);
      const results = await city.approve(coordinator, [visitId], { reasonCode: 'other' });
      expect(results).toMatchObject([{ code: 'visits/must_be_fixed', parameters: { codes: ['MISSING_IN'] } }]);
    });

    it('what is over a cap until it is shortened to what the cap leaves', async () => {
      await city.policy(coordinator, 'dayCapMinutes', 90);
      await served(0, 60);
      const visitId = await served(120, 180);
      const { lane, exceptions } = await read(visitId);
      expect(lane).toBe('red');
      expect(exceptions).toContainEqual(expect.objectContaining({ code: 'OVER_CAP', parameters: { cap: 'day', roomMinutes: 30 } }));
      const credit = (minutes: number) =>
        city.approve(coordinator, [visitId], { creditedMinutes: { [visitId]: minutes }, reasonCode: 'cap_applied' });
      expect(await credit(31)).toMatchObject([{ code: 'visits/must_be_fixed' }]);
      expect(await credit(30)).toMatchObject([{ outcome: 'approved' }]);
      await city.policy(coordinator, 'dayCapMinutes', 480);
    });

    it('a related pair without a reason, and by who assigned it', async () => {
      await city.relate(coordinator, volunteer, client, 'child');
      const visitId = await city.plan(coordinator, volunteer, await city.request(coordinator, client, time(0)));
      await city.scan(volunteer, visitId, 'in', card.url);
      time(60);
      await city.scan(volunteer, visitId, 'out', card.url);
      expect(await city.approve(colleague, [visitId])).toMatchObject([{ code: 'visits/must_be_fixed' }]);
      expect(await city.approve(coordinator, [visitId], { reasonCode: 'related_but_genuine' })).toMatchObject([
        { code: 'visits/second_person_needed' },
      ]);
      expect(await city.approve(colleague, [visitId], { reasonCode: 'related_but_genuine' })).toMatchObject([{ outcome: 'approved' }]);
    });

    it('what the client cannot cover, and pays it by another approval later', async () => {
      const poor = await city.client(60);
      const poorCard = await city.card(coordinator, poor);
      const visitId = await city.planned(coordinator, volunteer, poor, time(0));
      await city.scan(volunteer, visitId, 'in', poorCard.url);
      time(75);
      await city.scan(volunteer, visitId, 'out', poorCard.url);
      const approve = () => city.approve(coordinator, [visitId], { acknowledge: ['LONGER'] });
      expect(await approve()).toMatchObject([
        { outcome: 'refused', code: 'ledger/overdraft', parameters: { availableMinutes: expect.any(Number) } },
      ]);
      expect(await read(visitId)).toMatchObject({ state: 'needs_ack', decision: null });
      await city.give(poor, 15);
      expect(await approve()).toMatchObject([{ outcome: 'approved' }]);
      expect(await city.balance(poor)).toEqual({ balanceMinutes: 0, heldOutMinutes: 0 });
    });

    it('whole calls that list a visit twice, credit another or reject without a reason', async () => {
      const visitId = newId();
      const call = (input: Partial<ApprovalInput>) => decide(coordinator, newId(), { visitIds: [visitId], decision: 'approve', ...input });
      await expect(call({ visitIds: [visitId, visitId] })).rejects.toMatchObject(refusal('visits/listed_twice'));
      await expect(call({ creditedMinutes: { [newId()]: 5 } })).rejects.toMatchObject({ code: 'request/malformed' });
      await expect(call({ decision: 'reject' })).rejects.toMatchObject(refusal('visits/reason_needed'));
    });
  });

  it("sends what is over the volunteer's savings cap to the pool", async () => {
    await city.give(volunteer, 90_000 - 20);
    const visitId = await served();
    expect(await city.approve(coordinator, [visitId])).toMatchObject([{ outcome: 'approved' }]);
    expect(await city.balance(volunteer)).toMatchObject({ balanceMinutes: 90_000 });
    const { balance } = await city.one<{ balance: string }>(`select balance_minutes as balance from account where kind = 'pool'`, []);
    expect(Number(balance)).toBe(40);
  });

  it('rejects with a reason: nothing is posted, the hold is free, the request is over', async () => {
    const visitId = await served();
    const { value } = await decide(coordinator, newId(), { visitIds: [visitId], decision: 'reject', reasonCode: 'not_served' });
    expect(value.results).toEqual([{ visitId, outcome: 'rejected' }]);
    expect(await city.balance(client)).toEqual({ balanceMinutes: 600, heldOutMinutes: 0 });
    expect(await read(visitId)).toMatchObject({
      state: 'rejected',
      decision: { decision: 'reject', reasonCode: 'not_served', transferId: null },
    });
    expect(await requestState(visitId)).toBe('cancelled');
  });

  it('approves no minutes with a reason: nothing is posted, the hold is free', async () => {
    const visitId = await served();
    const results = await city.approve(coordinator, [visitId], { creditedMinutes: { [visitId]: 0 }, reasonCode: 'volunteer_asked' });
    expect(results).toEqual([{ visitId, outcome: 'approved' }]);
    expect(await city.balance(client)).toEqual({ balanceMinutes: 600, heldOutMinutes: 0 });
  });

  it('shows a reversal of the transfer on the visit', async () => {
    const visitId = await served();
    const [result] = await city.approve(coordinator, [visitId]);
    await city.get(PostTransfers).run([
      {
        bankId: city.bankId,
        transferId: newId(),
        debitAccountId: volunteer.accountId,
        creditAccountId: client.accountId,
        minutes: 60,
        kind: 'reversal',
        class: 'verified',
        visitId,
        reversesId: result?.transferId ?? null,
        memoCode: null,
        actorId: coordinator.actor.personId,
        effectiveAt: city.rooms.clock.now(),
        holdId: null,
        overflow: null,
        cover: null,
      },
    ]);
    expect((await read(visitId)).decision).toMatchObject({ reversed: true });
  });
  it('leaves a sound ledger behind', async () => {
    expect(await city.faults()).toEqual([]);
  });
});
