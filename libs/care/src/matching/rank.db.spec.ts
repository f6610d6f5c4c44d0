import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ForYou, RankCandidates } from '@timebank/care';
import type { AvailabilityInput } from '@timebank/contract';
import { newId } from '@timebank/kernel';
import { Availability, PairBlocks, PatchMember, ReadMember } from '@timebank/members';
import { openCity, refusal, type TestCity, type TestDay, type TestPerson } from '@timebank/testing';
import { CancelVisit, ConsentToLocation, PlaceClient } from '@timebank/visits';
import { rankedOf } from './rank-candidates';

const saidNothing: AvailabilityInput = { weekly: [], pauses: [], languages: [], kinds: [] };
const nanjing = { latitude: 32.05, longitude: 118.78, system: 'wgs84' as const };

describe('who suits a request', () => {
  let city: TestCity;
  let coordinator: TestPerson;
  let client: TestPerson;
  let people: TestPerson[];
  let time: TestDay['time'];
  let requestId: string;
  beforeAll(async () => {
    city = await openCity();
    coordinator = await city.person('coordinator');
    ({ client, time } = await city.nextDay(coordinator));
    await city.give(client, 5_000);
    people = [];
    for (let count = 0; count < 12; count += 1) people.push(await city.person('volunteer'));
    requestId = await city.request(coordinator, client, new Date(time(0).getTime() + 5 * 86_400_000));
  });
  afterAll(() => city.close());

  const one = (at: number) => people[at] as TestPerson;
  const says = (who: TestPerson, said: Partial<AvailabilityInput>) =>
    city.get(Availability).put(city.bankId, who.memberId, { ...saidNothing, ...said });
  const list = async (limit = 50) => (await city.get(RankCandidates).list(city.bankId, requestId, limit)).items;
  const partOf = async (who: TestPerson, name: string) => {
    const { parts } = await city.get(RankCandidates).one(coordinator.actor, city.bankId, requestId, who.memberId);
    return parts.find((part) => part.name === name);
  };
  const offered = (who: TestPerson, state: string, daysAgo: number, kind = 'company') =>
    city.rooms.database.query(
      `insert into offer (bank_id, offer_id, request_id, volunteer_id, service_kind, state, round, offered_at, answer_by)
       values ($1, $2, $3, $4, $5, $6, 1, $7, $7)`,
      [city.bankId, newId(), requestId, who.memberId, kind, state, new Date(city.rooms.clock.now().getTime() - daysAgo * 86_400_000)],
    );

  it('knows who was here, who said when, in which language and what they like, and who was asked and said no', async () => {
    const before = await city.planned(coordinator, one(0), client, time(60));
    await city.rooms.database.query(`update visit set state = 'no_show' where visit_id = $1`, [before]);
    expect(await partOf(one(0), 'reliability')).toMatchObject({ value: 0 });
    // The request's day is a Sunday, 09:00 by the bank's clock.
    await says(one(1), { weekly: [{ day: 7, from: '08:00', to: '12:00' }] });
    await says(one(2), { weekly: [{ day: 7, from: '08:00', to: '09:30' }] });
    await says(one(3), { languages: ['wuu'], kinds: ['company'] });
    await says(one(4), { languages: ['ko'], kinds: ['meal'] });
    await says(client, { languages: ['wuu', 'zh'] });
    for (const daysAgo of [1, 2, 29]) await offered(one(5), 'expired', daysAgo);
    await offered(one(6), 'declined', 59);
    await offered(one(6), 'declined', 61);
    await offered(one(6), 'declined', 1, 'meal');
    expect(await partOf(one(1), 'availability')).toMatchObject({ value: 1 });
    expect(await partOf(one(2), 'availability')).toMatchObject({ value: 0 });
    expect(await partOf(one(3), 'availability')).toMatchObject({ value: 0.5 });
    expect(await partOf(one(3), 'language')).toMatchObject({ value: 1 });
    expect(await partOf(one(4), 'language')).toMatchObject({ value: 0 });
    expect(await partOf(one(3), 'kind')).toMatchObject({ value: 1 });
    expect(await partOf(one(4), 'kind')).toMatchObject({ value: 0 });
    expect(await partOf(one(5), 'fairness')).toMatchObject({ value: 1 / 4 });
    expect(await partOf(one(5), 'kind')).toMatchObject({ weight: 10 * 0.5 * Math.SQRT1_2 });
    expect(await partOf(one(6), 'kind')).toMatchObject({ weight: 5 });
    expect(await partOf(one(6), 'fairness')).toMatchObject({ value: 1 / 2 });
  });

  it('measures the way between homes by squares of 500 metres, and only where somebody agreed', async () => {
    await city.get(PlaceClient).run(coordinator.actor, city.bankId, client.memberId, nanjing);
    const neighbour = await city.person('volunteer', 'client');
    people.push(neighbour);
    await city.get(PlaceClient).run(coordinator.actor, city.bankId, neighbour.memberId, { ...nanjing, latitude: nanjing.latitude + 0.009 });
    expect(await partOf(neighbour, 'distance')).toMatchObject({ value: 0.5 });
    await city.get(ConsentToLocation).run(neighbour.actor, { granted: true });
    expect(await partOf(neighbour, 'distance')).toMatchObject({ value: 1 - 1_000 / 5_000 });
  });

  it('is listed as it is scored: SQL puts them in the order of the rule, to the last digit', async () => {
    const items = await list();
    expect(items).toHaveLength(people.length + 2);
    expect(items.map(({ score }) => score)).toEqual(items.map(({ score }) => score).toSorted((a, b) => b - a));
    for (const { memberId, score, parts } of items) {
      expect(score).toBe(parts.reduce((sum, { value, weight }) => sum + value * weight, 0));
      const alone = await city.get(RankCandidates).one(coordinator.actor, city.bankId, requestId, memberId);
      expect({ gate: alone.gate, score: alone.score, parts: alone.parts }).toEqual({ gate: [], score, parts });
    }
    expect(new Set(items.map(({ score }) => score)).size).toBeGreaterThan(5);
    expect(await list(3)).toEqual(items.slice(0, 3));
  });

  it('leaves out whom the gate stops, and says of one person why', async () => {
    await city.get(PairBlocks).put(coordinator.actor, city.bankId, client.memberId, one(7).memberId);
    await says(one(8), { pauses: [{ from: '2026-01-01', to: '2026-12-31' }] });
    await says(one(9), { weekMinutes: 30 });
    const { version } = await city.get(ReadMember).whole(city.bankId, one(10).memberId);
    await city.get(PatchMember).run(coordinator.actor, city.bankId, one(10).memberId, { version, disabled: true });
    const other = await city.request(coordinator, await city.client(), new Date(time(0).getTime() + 5 * 86_400_000 + 1_800_000));
    const busy = await city.plan(one(11), one(11), other);
    const stopped = { 7: ['blocked_pair'], 8: ['paused'], 9: ['week_wish'], 10: ['barred'], 11: ['overlaps'] };
    const ids = (await list()).map(({ memberId }) => memberId);
    for (const [at, gate] of Object.entries(stopped)) {
      const { memberId } = one(Number(at));
      expect([at, ids.includes(memberId)]).toEqual([at, false]);
      const alone = await city.get(RankCandidates).one(coordinator.actor, city.bankId, requestId, memberId);
      expect([at, alone.gate, alone.parts.length]).toEqual([at, gate, 8]);
    }
    expect(ids).not.toContain(client.memberId);
    await city.get(CancelVisit).run(one(11).actor, city.bankId, busy);
    expect((await list()).map(({ memberId }) => memberId)).toContain(one(11).memberId);
    await expect(city.get(RankCandidates).list(city.bankId, newId(), 5)).rejects.toMatchObject(refusal('requests/not_found'));
  });

  it('shows a volunteer what suits them, best first, and nothing that is hidden from them', async () => {
    const forYou = async (who: TestPerson) => (await city.get(ForYou).run(who.actor, 20)).items;
    const mine = (items: Awaited<ReturnType<typeof forYou>>) => items.find((item) => item.requestId === requestId);
    expect(mine(await forYou(one(1)))).toMatchObject({ reasons: ['free_then'], note: null, place: null });
    expect(mine(await forYou(one(3)))).toMatchObject({ reasons: ['language', 'likes_kind'] });
    expect(mine(await forYou(one(6)))).toMatchObject({ reasons: [] });
    for (const at of [7, 8, 9, 10]) expect([at, mine(await forYou(one(at)))]).toEqual([at, undefined]);
    const meal = await city.request(coordinator, await city.client(), new Date(time(0).getTime() + 3 * 86_400_000), 30, 'meal');
    const [first] = await forYou(one(4));
    expect(first).toMatchObject({ requestId: meal, reasons: ['likes_kind'] });
    const without = await city.request(coordinator, await city.client(0), new Date(time(0).getTime() + 3 * 86_400_000), 30, 'meal');
    expect((await forYou(one(4))).map((item) => item.requestId)).not.toContain(without);
  });

  it('comes to the same score from facts that are given as from those that are read', () => {
    const facts = {
      memberId: newId(),
      visits: 3,
      isAskedFor: true,
      meters: 0,
      isFree: true,
      sharesLanguage: true,
      likesKind: true,
      halfDeclines: 0,
      offers: 0,
      kept: 20,
      taken: 20,
    };
    const policy = { weightHelpedBefore: 4, weightAskedFor: 1, weightDistance: 1, weightAvailability: 1, weightLanguage: 1 };
    const rest = { weightKind: 1, weightFairness: 1, weightReliability: 1 };
    expect(rankedOf(facts, { ...policy, ...rest } as Parameters<typeof rankedOf>[1]).score).toBe(10);
  });
});
