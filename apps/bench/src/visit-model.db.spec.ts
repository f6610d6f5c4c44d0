import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { GetVisit } from '@timebank/visits';
import { openCity, type TestCity, type TestPerson } from '@timebank/testing';
import { layVisits, visitAsItShould, type VisitCopy } from './visit-model';

describe('visits laid for measuring', () => {
  let city: TestCity;
  let coordinator: TestPerson;
  beforeAll(async () => {
    city = await openCity();
    coordinator = await city.person('coordinator');
  });
  afterAll(() => city.close());

  it('are visits like any other: ready and clean, their minutes held, approved and paid', async () => {
    const [volunteer, client, other] = [await city.person('volunteer'), await city.client(), await city.client()];
    const model = await visitAsItShould(city.rooms, city.rooms.clock, city.bankId, { coordinator, volunteer, client });
    const copies = [1, 2, 3].map((days): VisitCopy => ({
      visitId: newId(),
      volunteer,
      client: other,
      startsAt: new Date(model.startsAt.getTime() + days * 86_400_000),
    }));
    await layVisits(city.rooms, { look: (sql, values) => city.rooms.database.query(sql, values) }, model, copies);

    expect(await city.balance(other)).toEqual({ balanceMinutes: 600, heldOutMinutes: 180 });
    const seen = await city.get(GetVisit).run(coordinator.actor, city.bankId, copies[2]?.visitId ?? '');
    expect(seen).toMatchObject({ state: 'ready', lane: 'clean', creditedMinutes: 60, clientId: other.memberId });
    expect(seen.events.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['in', 'out']));
    expect(seen.plannedStart).toBe(copies[2]?.startsAt.toISOString());

    const results = await city.approve(
      coordinator,
      copies.map(({ visitId }) => visitId),
    );
    expect(results.map(({ outcome }) => outcome)).toEqual(['approved', 'approved', 'approved']);
    expect(await city.balance(other)).toEqual({ balanceMinutes: 420, heldOutMinutes: 0 });
    expect(await city.faults()).toEqual([]);
  });
});
