import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Card } from '@timebank/contract';
import { openCity, type TestCity, type TestDay, type TestPerson } from '@timebank/testing';
import { EscalateVisits, GetVisit, ListVisits, ReadQueue } from '@timebank/visits';

const day = 24 * 60;

describe('visits that wait for a decision', () => {
  let city: TestCity;
  let coordinator: TestPerson;
  let volunteer: TestPerson;
  let client: TestPerson;
  let card: Card;
  let time: TestDay['time'];
  beforeAll(async () => {
    city = await openCity();
    coordinator = await city.person('coordinator');
  });
  beforeEach(async () => {
    ({ volunteer, client, card, time } = await city.nextDay(coordinator));
    await city.rooms.database.query(`update visit set state = 'rejected' where state in ('ready', 'needs_ack', 'needs_fix')`);
  });
  afterAll(() => city.close());

  const queue = () => city.get(ReadQueue).run(coordinator.actor, city.bankId);
  const escalate = () => city.get(EscalateVisits).run(city.bankId);
  const read = (visitId: string, by = coordinator) => city.get(GetVisit).run(by.actor, city.bankId, visitId);
  const waiting = async (which: 'any' | 'escalated', limit = 200, by = coordinator) => {
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await city.get(ListVisits).run(by.actor, city.bankId, { waiting: which, limit, ...(cursor ? { cursor } : {}) });
      found.push(...page.items.map(({ visitId }) => visitId));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    return found;
  };
  const told = async (visitId: string) =>
    Number(
      (
        await city.one<{ count: string }>(
          `select count(*) as count from outbox where kind = 'visits/escalated' and payload->>'visitId' = $1`,
          [visitId],
        )
      ).count,
    );

  async function served(from = 0): Promise<string> {
    const visitId = await city.planned(coordinator, volunteer, client, time(from));
    await city.scan(volunteer, visitId, 'in', card.url);
    time(from + 60);
    await city.scan(volunteer, visitId, 'out', card.url);
    return visitId;
  }

  it('say since when: from the end on, and not any more once decided', async () => {
    const visitId = await city.planned(coordinator, volunteer, client, time(0));
    await city.scan(volunteer, visitId, 'in', card.url);
    expect((await read(visitId)).waitingSince).toBeNull();
    const ended = time(60);
    await city.scan(volunteer, visitId, 'out', card.url);
    time(300);
    expect((await read(visitId)).waitingSince).toBe(ended.toISOString());
    expect((await read(visitId, volunteer)).waitingSince).toBe(ended.toISOString());
    await city.approve(coordinator, [visitId]);
    expect((await read(visitId)).waitingSince).toBeNull();
  });

  it('are overdue after the days for a review, and escalated after more, each told once', async () => {
    const visitId = await served();
    time(3 * day + 60);
    expect(await queue()).toMatchObject({ overdue: 0, escalated: 0 });
    time(3 * day + 61);
    expect(await queue()).toMatchObject({ overdue: 1, escalated: 0 });
    time(7 * day + 59);
    expect(await escalate()).toBe(0);
    const at = time(7 * day + 60);
    expect((await Promise.all(Array.from({ length: 12 }, escalate))).reduce((sum, count) => sum + count, 0)).toBe(1);
    expect(await escalate()).toBe(0);
    expect(await told(visitId)).toBe(1);
    expect(await queue()).toMatchObject({ overdue: 1, escalated: 1 });
    const { events, escalatedAt } = await read(visitId);
    expect(escalatedAt).toBe(at.toISOString());
    expect(events.at(-1)).toMatchObject({ kind: 'escalate', actorName: null, at: at.toISOString() });
    expect((await read(visitId, volunteer)).escalatedAt).toBeNull();
  });

  it('come longest waiting first, page by page, the escalated ones before all others', async () => {
    const visits = [await served(0), await served(100), await served(200)];
    time(7 * day + 60);
    await escalate();
    expect(await waiting('any', 1)).toEqual(visits);
    expect(await waiting('escalated')).toEqual(visits.slice(0, 1));
    await city.approve(coordinator, visits.slice(0, 1));
    expect(await waiting('any', 2)).toEqual(visits.slice(1));
    expect(await waiting('escalated')).toEqual([]);
    expect(await queue()).toMatchObject({ escalated: 0 });
    expect((await read(visits[0] as string)).escalatedAt).not.toBeNull();
  });

  it('are shown to others only as far as they are their own', async () => {
    const visitId = await served();
    expect(await waiting('any', 200, volunteer)).toEqual([visitId]);
    expect(await waiting('any', 200, await city.person('volunteer'))).toEqual([]);
  });

  it('are counted in the clean lane by service kind', async () => {
    await served();
    const mealId = await city.plan(volunteer, volunteer, await city.request(coordinator, client, time(100), 40, 'meal'));
    await city.scan(volunteer, mealId, 'in', card.url);
    time(140);
    await city.scan(volunteer, mealId, 'out', card.url);
    expect((await queue()).clean).toEqual({
      visits: 2,
      minutes: 100,
      volunteers: 1,
      kinds: [
        { serviceKind: 'company', visits: 1, minutes: 60, volunteers: 1 },
        { serviceKind: 'meal', visits: 1, minutes: 40, volunteers: 1 },
      ],
    });
    const { items } = await city.get(ListVisits).run(coordinator.actor, city.bankId, { waiting: 'any', serviceKind: 'meal', limit: 200 });
    expect(items.map(({ visitId }) => visitId)).toEqual([mealId]);
  });

  it('have waited since their end where that was not kept', async () => {
    const visitId = await served();
    const ended = time(60);
    await city.rooms.database.query('update visit set waiting_since = null where visit_id = $1', [visitId]);
    time(500);
    expect((await read(visitId)).waitingSince).toBe(ended.toISOString());
  });
});
