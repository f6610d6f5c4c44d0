import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { openPageCity, type PageCity } from '@timebank/testing';

describe('the week over HTTP', () => {
  let city: PageCity;
  let base: string;
  beforeAll(async () => {
    city = await openPageCity();
    base = `/api/banks/${city.bankId}`;
  });
  afterAll(() => city.app.close());

  it('answers staff of the bank alone, and refuses a week that begins on no Monday and what it does not know', async () => {
    const visitId = await city.take(await city.ask('company', 60));
    const { body } = await city.coordinator.caller.get(`${base}/week?from=2026-03-02`).expect(200);
    expect(body).toMatchObject({
      to: '2026-03-08',
      today: '2026-03-02',
      visits: [{ visitId, day: 1 }],
      counts: { visits: 1, unfilled: 0 },
    });
    const refused = await city.coordinator.caller.get(`${base}/week?from=2026-03-03`).expect(422);
    expect(refused.body).toMatchObject({ code: 'week/not_a_monday' });
    for (const query of ['', 'from=monday', 'from=2026-03-02&by=days', 'from=2026-03-02&also=x', 'from=2026-03-02&more=1'])
      await city.coordinator.caller.get(`${base}/week?${query}`).expect(400);
    await city.volunteer.caller.get(`${base}/week?from=2026-03-02`).expect(403);
    await city.coordinator.caller.get(`/api/banks/${newId()}/week?from=2026-03-02`).expect(404);
    const other = await city.app.register(city.coordinator.caller, city.bankId, 'volunteer');
    const path = `${base}/visits/${visitId}/rearrangements/${newId()}`;
    await city.volunteer.caller.put(path, { volunteerId: other.memberId }).expect(403);
    await city.coordinator.caller.put(path, { volunteerId: newId() }).expect(404);
    await city.coordinator.caller.put(path, { volunteerId: other.memberId, overruleNote: 'x' }).expect(400);
    await city.coordinator.caller.put(path, { volunteerId: other.memberId }).expect(201);
    await city.coordinator.caller.put(path, { volunteerId: other.memberId }).expect(200);
    const asked = `${base}/requests/${(body as { visits: { requestId: string }[] }).visits[0]?.requestId}/candidates/${city.volunteer.memberId}`;
    expect((await city.coordinator.caller.get(`${asked}?startsAt=2026-03-04T01:00:00Z`).expect(200)).body).toMatchObject({
      gate: ['full'],
    });
    await city.coordinator.caller.get(`${asked}?startsAt=soon`).expect(400);
  });
});
