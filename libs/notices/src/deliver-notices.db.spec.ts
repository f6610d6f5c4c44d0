import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { UnitOfWork } from '@timebank/database';
import { DeliverNotices, ListNotices, NoticesModule, ReadNotices } from '@timebank/notices';
import { mainLine, openCity, openRooms, type TestCity, type TestPerson, type TestRooms } from '@timebank/testing';
import { CancelRequest, CancelVisit } from '@timebank/visits';

type LoggedNotice = { bankId: string; noticeId: string; personId: string; kind: string };

describe('notices', () => {
  let city: TestCity;
  let beside: TestRooms;
  let coordinator: TestPerson;
  let logged: LoggedNotice[] = [];
  let phones = 13_700_000_000;

  /** Somebody with a sign-in. */
  const person = async (...roles: Parameters<TestCity['person']>): Promise<TestPerson> => {
    const made = await city.person(...roles);
    phones += 1;
    await city.rooms.database.query('update person set sign_in_phone = $2 where person_id = $1', [made.actor.personId, String(phones)]);
    return made;
  };
  const deliver = (rooms: TestRooms = city.rooms) => rooms.get(DeliverNotices).run(city.bankId);
  const notices = async (of: TestPerson) => (await city.get(ListNotices).run(of.actor, { limit: 200 })).items;
  const kinds = async (of: TestPerson) => (await notices(of)).map(({ kind }) => kind);
  const waiting = async () =>
    Number((await city.one<{ count: string }>('select count(*) as count from outbox where delivered_at is null', [])).count);
  const pair = async () => {
    const client = await person('client');
    await city.give(client, 600);
    return { volunteer: await person('volunteer'), client };
  };

  beforeAll(async () => {
    const modules = () => NoticesModule.forRoot({ driver: (notice) => void logged.push(notice) });
    city = await openCity(modules());
    beside = await openRooms([...mainLine(), modules()], city.rooms);
    coordinator = await person('coordinator');
  });
  afterAll(async () => {
    await beside.close();
    await city.close();
  });
  beforeEach(async () => {
    await deliver();
    logged = [];
  });

  it('tell volunteer and client of each other from the plan to the approval, and nobody of what they did themselves', async () => {
    const { volunteer, client } = await pair();
    const [stranger, card] = [await person('volunteer'), await city.card(coordinator, client)];
    const visitId = await city.plan(coordinator, volunteer, await city.request(client, client, city.at(0)));
    await city.scan(volunteer, visitId, 'in', card.code);
    city.at(60);
    await city.scan(volunteer, visitId, 'out', card.code);
    city.at(120);
    expect((await city.approve(coordinator, [visitId], { acknowledge: ['REPLACEMENT'] }))[0]?.outcome).toBe('approved');
    await deliver();
    expect(await kinds(volunteer)).toEqual(['visit_approved', 'visit_assigned']);
    expect(await kinds(client)).toEqual(['help_approved', 'visit_ended', 'visit_begun', 'visit_planned']);
    expect([await kinds(stranger), await kinds(coordinator)]).toEqual([[], []]);
    const startsAt = '2026-03-02T01:00:00.000Z';
    expect((await notices(client))[0]).toMatchObject({
      bankId: city.bankId,
      parameters: { visitId, minutes: 60, serviceKind: 'company', startsAt },
      createdAt: '2026-03-02T03:00:00.000Z',
      readAt: null,
    });
    expect((await notices(client))[2]?.parameters).toMatchObject({ at: startsAt });
  });

  it('do not tell a volunteer of the visit that they took', async () => {
    const { volunteer, client } = await pair();
    await city.planned(coordinator, volunteer, client, city.at(24 * 60));
    await deliver();
    expect([await kinds(volunteer), await kinds(client)]).toEqual([[], ['visit_planned']]);
  });

  it('tell the other side of what is called off, and both when the desk did it', async () => {
    const [mine, theirs, desks, request] = [await pair(), await pair(), await pair(), await pair()];
    const startsAt = city.at(2 * 24 * 60);
    const plan = ({ volunteer, client }: typeof mine) => city.planned(coordinator, volunteer, client, startsAt);
    const visits = { mine: await plan(mine), theirs: await plan(theirs), desks: await plan(desks) };
    const requestId = await city.request(coordinator, request.client, startsAt);
    await city.plan(request.volunteer, request.volunteer, requestId);
    city.at(2 * 24 * 60 + 5);
    await city.get(CancelVisit).run(mine.volunteer.actor, city.bankId, visits.mine);
    await city.get(CancelVisit).run(theirs.client.actor, city.bankId, visits.theirs);
    await city.get(CancelVisit).run(coordinator.actor, city.bankId, visits.desks);
    await city.get(CancelRequest).run(coordinator.actor, city.bankId, requestId);
    await deliver();
    expect([await kinds(mine.volunteer), await kinds(mine.client)]).toEqual([[], ['helper_cancelled', 'visit_planned']]);
    expect([await kinds(theirs.volunteer), await kinds(theirs.client)]).toEqual([['visit_cancelled'], ['visit_planned']]);
    expect([await kinds(desks.volunteer), await kinds(desks.client)]).toEqual([['visit_cancelled'], ['helper_cancelled', 'visit_planned']]);
    expect([await kinds(request.volunteer), await kinds(request.client)]).toEqual([
      ['visit_cancelled'],
      ['request_cancelled', 'visit_planned'],
    ]);
  });

  it('are made for nobody who cannot sign in', async () => {
    const [volunteer, client] = [await city.person('volunteer'), await city.client()];
    const barred = await person('volunteer');
    await city.planned(coordinator, volunteer, client, city.at(3 * 24 * 60));
    await city.plan(coordinator, barred, await city.request(coordinator, client, city.at(3 * 24 * 60 + 90)));
    await city.rooms.database.query('update person set disabled_at = now() where person_id = $1', [barred.actor.personId]);
    expect((await deliver()).notices).toBe(0);
    expect(await waiting()).toBe(0);
  });

  it('come once from two deliverers at once, who share the work', async () => {
    const { volunteer, client } = await pair();
    const start = 4 * 24 * 60;
    for (let count = 0; count < 3; count += 1)
      await city.plan(coordinator, volunteer, await city.request(client, client, city.at(start + count * 90)));
    // More than one batch, of kinds that tell nobody.
    const unit = city.get(UnitOfWork);
    await unit.run([city.bankId], async () => {
      for (let count = 0; count < 120; count += 1) unit.tell(city.bankId, 'requests/changed', { requestId: 'tested' });
    });
    const before = await waiting();
    const done = await Promise.all([deliver(), deliver(beside), deliver(), deliver(beside)]);
    await deliver();
    expect(await waiting()).toBe(0);
    expect(done.reduce((sum, { events }) => sum + events, 0)).toBeLessThanOrEqual(before);
    expect(await kinds(volunteer)).toEqual(Array.from({ length: 3 }, () => 'visit_assigned'));
    expect(await kinds(client)).toEqual(Array.from({ length: 3 }, () => 'visit_planned'));
    expect(logged).toHaveLength(6);
  });

  it('wait while another deliverer has their event in hand, and come all the same when that one is killed', async () => {
    const { volunteer, client } = await pair();
    await city.plan(coordinator, volunteer, await city.request(client, client, city.at(5 * 24 * 60)));
    const broken = beside.get(UnitOfWork).run([city.bankId], async () => {
      expect((await deliver(beside)).notices).toBe(2);
      expect(await deliver()).toEqual({ events: 0, notices: 0 });
      const own = await beside.get(UnitOfWork).one<{ pid: number }>('select pg_backend_pid() as pid');
      await city.rooms.database.query('select pg_terminate_backend($1)', [own?.pid]);
    });
    await expect(broken).rejects.toMatchObject({ code: 'service/unavailable' });
    expect([await kinds(volunteer), logged]).toEqual([[], []]);
    expect((await deliver()).notices).toBe(2);
    expect(await kinds(volunteer)).toEqual(['visit_assigned']);
  });

  it('stay one when an event is delivered again', async () => {
    const { volunteer, client } = await pair();
    await city.plan(coordinator, volunteer, await city.request(client, client, city.at(6 * 24 * 60)));
    await deliver();
    const [first] = await notices(volunteer);
    await city.get(ReadNotices).run(volunteer.actor, [first?.noticeId as string]);
    await city.rooms.database.query('update outbox set delivered_at = null');
    expect((await deliver()).notices).toBe(0);
    expect(await notices(volunteer)).toEqual([{ ...first, readAt: city.rooms.clock.now().toISOString() }]);
  });

  it('are written to the log by ids and kind only', async () => {
    const { volunteer, client } = await pair();
    await city.plan(coordinator, volunteer, await city.request(client, client, city.at(7 * 24 * 60)));
    await deliver();
    const [told] = await notices(volunteer);
    const line = { bankId: city.bankId, noticeId: told?.noticeId, personId: volunteer.actor.personId, kind: 'visit_assigned' };
    expect(logged).toContainEqual(line);
    expect([...new Set(logged.flatMap((one) => Object.keys(one)))].sort()).toEqual(Object.keys(line).sort());
  });

  it('are read by their own person alone, once', async () => {
    const { volunteer, client } = await pair();
    await city.plan(coordinator, volunteer, await city.request(client, client, city.at(8 * 24 * 60)));
    await deliver();
    const [told] = await notices(volunteer);
    const noticeIds = [told?.noticeId as string];
    expect(await city.get(ReadNotices).run(client.actor, noticeIds)).toEqual({ unread: 1 });
    expect((await notices(volunteer))[0]?.readAt).toBeNull();
    const readAt = city.at(9 * 24 * 60).toISOString();
    expect(await city.get(ReadNotices).run(volunteer.actor, noticeIds)).toEqual({ unread: 0 });
    city.at(10 * 24 * 60);
    await city.get(ReadNotices).run(volunteer.actor, noticeIds);
    expect((await notices(volunteer))[0]?.readAt).toBe(readAt);
    // Whoever has no role in the bank any more sees nothing of it.
    const gone = { ...volunteer.actor, roles: [] };
    expect(await city.get(ListNotices).run(gone, { limit: 200 })).toEqual({ items: [], nextCursor: null, unread: 0 });
  });

  it('come in pages, newest first, each once', async () => {
    const { volunteer, client } = await pair();
    const start = 11 * 24 * 60;
    for (let count = 0; count < 5; count += 1) {
      const requestId = await city.request(client, client, city.at(start + count * 90));
      await city.plan(coordinator, volunteer, requestId);
    }
    await deliver();
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await city.get(ListNotices).run(volunteer.actor, { limit: 2, cursor });
      expect(page.unread).toBe(5);
      seen.push(...page.items.map(({ createdAt }) => createdAt));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual([...new Set(seen)].sort().toReversed());
    expect(seen).toHaveLength(5);
  });
});
