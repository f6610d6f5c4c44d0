import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CallBackInput, Card } from '@timebank/contract';
import { newId } from '@timebank/kernel';
import { openCity, refusal, type TestCity, type TestDay, type TestPerson } from '@timebank/testing';
import { AnswerVisit, GetVisit, ListVisits, RecordCallBack } from '@timebank/visits';

describe('calling a client back', () => {
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

  const read = (visitId: string, by = coordinator) => city.get(GetVisit).run(by.actor, city.bankId, visitId);
  const call = (by: TestPerson, visitId: string, result: CallBackInput['result'], callBackId = newId(), note?: string) =>
    city.get(RecordCallBack).run(by.actor, city.bankId, visitId, callBackId, { result, ...(note ? { note } : {}) });

  async function served(from = 0, by = volunteer): Promise<string> {
    const visitId = await city.planned(coordinator, by, client, time(from));
    await city.scan(by, visitId, 'in', card.url);
    time(from + 60);
    await city.scan(by, visitId, 'out', card.url);
    return visitId;
  }

  /** The same day under the policy that lets a drawn visit wait for its call. */
  async function beforeCredit(work: () => Promise<void>): Promise<void> {
    await city.policy(coordinator, 'callBackBeforeCredit', true);
    await work();
    await city.policy(coordinator, 'callBackBeforeCredit', false);
  }

  it("draws all of a new pair's first three visits and leaves them clean, approvable in bulk", async () => {
    const visits = [await served(0), await served(100), await served(200)];
    for (const visitId of visits) {
      expect(await read(visitId)).toMatchObject({ state: 'ready', lane: 'clean', callBack: { drawn: true, result: null } });
    }
    expect((await city.approve(colleague, visits)).map(({ outcome }) => outcome)).toEqual(['approved', 'approved', 'approved']);
  });

  it('keeps the draw from the volunteer and the client', async () => {
    const visitId = await served();
    await call(colleague, visitId, 'not_reached');
    for (const party of [volunteer, client]) {
      const seen = await read(visitId, party);
      expect(seen.callBack).toBeNull();
      expect(seen.events.map(({ kind }) => kind)).not.toContain('call_back');
    }
  });

  it('takes a confirmation as a second signal, and says in the history who called and what came of it', async () => {
    const visitId = await served();
    const { first, value } = await call(colleague, visitId, 'confirmed', newId(), 'She was very pleased');
    expect(first).toBe(true);
    expect(value).toMatchObject({ state: 'ready', assurance: 'A2', callBack: { drawn: true, result: 'confirmed' } });
    expect(value.events.at(-1)).toMatchObject({
      kind: 'call_back',
      code: 'confirmed',
      note: 'She was very pleased',
      actorName: expect.stringContaining('Person'),
    });
  });

  it('answers the same call again, and refuses its id for another result, visit or caller', async () => {
    const [visitId, other] = [await served(0), await served(100)];
    const callBackId = newId();
    const all = await Promise.all([1, 2, 3, 4].map(() => call(colleague, visitId, 'confirmed', callBackId)));
    expect(all.filter(({ first }) => first)).toHaveLength(1);
    expect((await read(visitId)).events.filter(({ kind }) => kind === 'call_back')).toHaveLength(1);
    const reused = refusal('call_backs/id_reused');
    await expect(call(colleague, visitId, 'not_reached', callBackId)).rejects.toMatchObject(reused);
    await expect(call(colleague, other, 'confirmed', callBackId)).rejects.toMatchObject(reused);
    await expect(call(coordinator, visitId, 'confirmed', callBackId)).rejects.toMatchObject(reused);
  });

  it('keeps two different calls at once, numbered one after the other', async () => {
    const visitId = await served();
    await Promise.all([call(colleague, visitId, 'not_reached'), call(coordinator, visitId, 'confirmed')]);
    expect((await read(visitId)).callBack).toEqual({ drawn: true, result: 'confirmed' });
    const { numbers } = await city.one<{ numbers: number[] }>(
      'select array_agg(number order by number) as numbers from call_back where visit_id = $1',
      [visitId],
    );
    expect(numbers).toEqual([1, 2]);
  });

  it('lets a drawn visit wait for its call where the policy says so; acknowledging alone does not wave it through', async () => {
    await beforeCredit(async () => {
      const visitId = await served();
      expect(await read(visitId)).toMatchObject({
        state: 'needs_ack',
        exceptions: expect.arrayContaining([expect.objectContaining({ code: 'CALL_BACK_DUE' })]),
      });
      const approve = (by = coordinator) => city.approve(by, [visitId], { acknowledge: ['CALL_BACK_DUE'] });
      expect(await approve()).toMatchObject([{ outcome: 'refused', code: 'visits/call_back_due' }]);
      await call(colleague, visitId, 'not_reached');
      expect(await approve()).toMatchObject([{ outcome: 'refused', code: 'visits/call_back_due' }]);
      await call(colleague, visitId, 'confirmed');
      expect(await read(visitId)).toMatchObject({ state: 'ready', lane: 'clean', assurance: 'A2' });
      expect(await approve()).toMatchObject([{ outcome: 'approved' }]);
    });
  });

  it('lets a visit through whose client nobody could reach on two days, acknowledged and with a reason', async () => {
    await beforeCredit(async () => {
      const visitId = await served();
      const approve = (by = coordinator) => city.approve(by, [visitId], { acknowledge: ['CALL_BACK_DUE'], reasonCode: 'other' });
      await call(colleague, visitId, 'not_reached');
      await call(colleague, visitId, 'not_reached');
      expect(await approve()).toMatchObject([{ outcome: 'refused', code: 'visits/call_back_due' }]);
      time(24 * 60);
      await call(colleague, visitId, 'not_reached');
      expect(await city.approve(colleague, [visitId], { acknowledge: ['CALL_BACK_DUE'] })).toMatchObject([
        { code: 'visits/call_back_due' },
      ]);
      expect(await approve(colleague)).toMatchObject([{ code: 'visits/second_person_needed' }]);
      expect(await approve()).toMatchObject([{ outcome: 'approved' }]);
    });
  });

  it('lists for staff what was drawn and not answered, decided or not, and for no volunteer', async () => {
    const [open, answered] = [await served(0), await served(100)];
    await call(colleague, open, 'not_reached');
    await call(colleague, answered, 'confirmed');
    await city.approve(colleague, [open]);
    const list = async (by: TestPerson) =>
      (await city.get(ListVisits).run(by.actor, city.bankId, { callBack: 'open', limit: 200, clientId: client.memberId })).items;
    expect((await list(coordinator)).map(({ visitId }) => visitId)).toEqual([open]);
    expect(await list(volunteer)).toEqual([]);
  });

  it('lets one that was not drawn through', async () => {
    await city.policy(coordinator, 'callBackFirstVisits', 0);
    await city.policy(coordinator, 'callBackPercentWeak', 0);
    await beforeCredit(async () => {
      expect(await read(await served())).toMatchObject({ state: 'ready', callBack: { drawn: false } });
    });
    await city.policy(coordinator, 'callBackFirstVisits', 3);
    await city.policy(coordinator, 'callBackPercentWeak', 20);
  });

  it('makes a denied visit red: rejected, or fewer minutes with a reason', async () => {
    const [shortened, rejected] = [await served(0), await served(100)];
    await call(colleague, shortened, 'not_confirmed');
    await call(colleague, rejected, 'not_confirmed');
    expect(await read(shortened)).toMatchObject({ state: 'needs_fix', lane: 'red' });
    const approve = (more = {}) => city.approve(coordinator, [shortened], { acknowledge: ['CALL_BACK_DUE'], ...more });
    expect(await approve()).toMatchObject([{ code: 'visits/must_be_fixed', parameters: { codes: ['CALL_BACK_DUE'] } }]);
    expect(await approve({ reasonCode: 'client_confirmed' })).toMatchObject([{ code: 'visits/must_be_fixed' }]);
    expect(await approve({ reasonCode: 'client_confirmed', creditedMinutes: { [shortened]: 30 } })).toMatchObject([
      { outcome: 'approved' },
    ]);
    expect(await city.approve(colleague, [rejected], { decision: 'reject', reasonCode: 'not_served' })).toMatchObject([
      { outcome: 'rejected' },
    ]);
  });

  it('lets a second person put a denial aside, not the one who took it down', async () => {
    const visitId = await served();
    await call(colleague, visitId, 'not_confirmed');
    await expect(call(colleague, visitId, 'confirmed')).rejects.toMatchObject(refusal('visits/second_person_needed'));
    expect((await call(coordinator, visitId, 'confirmed')).value).toMatchObject({ state: 'ready', assurance: 'A2' });
  });

  it('B3: lets another person approve what was drawn, alone and in bulk, and not the one who wrote what the client said', async () => {
    const [drawn, untouched, own] = [await served(0), await served(100), await served(200)];
    await call(colleague, drawn, 'confirmed');
    const refused = { outcome: 'refused', code: 'visits/second_person_needed' };
    expect(await city.approve(colleague, [drawn, untouched])).toMatchObject([refused, { outcome: 'approved' }]);
    expect(await city.approve(coordinator, [drawn])).toMatchObject([{ outcome: 'approved' }]);
    // A denial that was made up would open a drawn visit just as well.
    await call(colleague, own, 'not_confirmed');
    const fewer = { reasonCode: 'left_early', creditedMinutes: { [own]: 59 } };
    expect(await city.approve(colleague, [own], fewer)).toMatchObject([refused]);
    expect(await city.approve(coordinator, [own], fewer)).toMatchObject([{ outcome: 'approved' }]);
  });

  it("B3: sets a client's own no aside by two people, drawn or not", async () => {
    await city.policy(coordinator, 'callBackFirstVisits', 0);
    await city.policy(coordinator, 'callBackPercentWeak', 0);
    const visitId = await served();
    await city.get(AnswerVisit).run(client.actor, city.bankId, visitId, newId(), { result: 'not_confirmed' });
    expect(await read(visitId)).toMatchObject({ lane: 'red', callBack: { drawn: false } });
    await call(colleague, visitId, 'confirmed');
    expect(await city.approve(colleague, [visitId])).toMatchObject([{ code: 'visits/second_person_needed' }]);
    expect(await city.approve(coordinator, [visitId])).toMatchObject([{ outcome: 'approved' }]);
    const plain = await served(100);
    await call(colleague, plain, 'confirmed');
    expect(await city.approve(colleague, [plain])).toMatchObject([{ outcome: 'approved' }]);
    await city.policy(coordinator, 'callBackFirstVisits', 3);
    await city.policy(coordinator, 'callBackPercentWeak', 20);
  });

  it('adds to the history of a decided visit and changes nothing else', async () => {
    const visitId = await served();
    await city.approve(colleague, [visitId]);
    expect((await call(colleague, visitId, 'not_confirmed')).value).toMatchObject({
      state: 'approved',
      lane: 'clean',
      callBack: { result: 'not_confirmed' },
    });
  });

  it("is refused to the visit's own people and their relatives, and before the visit has ended", async () => {
    const own = await served(0, coordinator);
    await expect(call(coordinator, own, 'confirmed')).rejects.toMatchObject(refusal('visits/own_visit'));
    const visitId = await served(100);
    const relative = await city.person('coordinator');
    await city.relate(coordinator, relative, client, 'child');
    await expect(call(relative, visitId, 'confirmed')).rejects.toMatchObject(refusal('visits/conflict_of_interest'));
    expect((await call(colleague, visitId, 'confirmed')).first).toBe(true);
    const planned = await city.planned(coordinator, volunteer, client, time(300));
    await expect(call(colleague, planned, 'confirmed')).rejects.toMatchObject(refusal('visits/not_ended'));
    await expect(call(colleague, newId(), 'confirmed')).rejects.toMatchObject(refusal('visits/not_found'));
  });

  it('draws no visit that needs a fix', async () => {
    const visitId = await city.planned(coordinator, volunteer, client, time(0));
    time(60);
    await city.scan(volunteer, visitId, 'out', card.url);
    expect(await read(visitId)).toMatchObject({ lane: 'red', callBack: { drawn: false } });
  });
});
