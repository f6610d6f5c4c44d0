import { newId } from '@timebank/kernel';
import type { ClosingCity, WholeBank } from '@timebank/testing';
import { AskAbsentHelpers } from '@timebank/visits';

/** A series from its beginning to its end, with a regular. */
export async function liveSeries(at: ClosingCity, { base, coordinator, client, volunteer }: WholeBank): Promise<void> {
  const today = at.two.city.clock.now().getTime();
  const day = (days: number) => new Date(today + days * 86_400_000).toISOString().slice(0, 10);
  const series = `${base}/series/${newId()}`;
  const asked = {
    clientId: client.memberId,
    serviceKind: 'company',
    rule: 'FREQ=DAILY',
    startsOn: day(30),
    startTime: '09:00',
    minutes: 10,
  };
  await client.caller.put(series, asked).expect(201);
  const change = { from: day(31), startTime: '10:00' };
  const { body } = await coordinator.caller.post(`${series}/preview`, change).expect(200);
  await coordinator.caller.patch(series, { version: 1, previewHash: body.previewHash, ...change }).expect(200);
  await client.caller.post(`${base}/members/${client.memberId}/pause`, { from: day(60), to: day(61) }).expect(200);
  await client.caller.post(`${base}/members/${client.memberId}/pause-end`, { on: day(61) }).expect(200);
  const regular = `${series}/regulars/${volunteer.memberId}`;
  await volunteer.caller.put(regular).expect(201);
  await volunteer.caller.post(`${regular}/give-away`, { date: day(33) }).expect(200);
  await volunteer.caller.delete(regular).expect(200);
  await client.caller.post(`${series}/skip`, { date: day(32) }).expect(200);
  await client.caller.post(`${series}/pause`, { from: day(33), to: day(35) }).expect(200);
  await client.caller.post(`${series}/resume`, { on: day(34) }).expect(200);
  await client.caller.post(`${series}/end`, { on: day(30), reasonCode: 'need_met' }).expect(200);
}

/** As if the round had asked: written past every wall. */
const requests = 'request';

/** A request that a volunteer is asked about and says no to, that is still needed, taken after all, and moved. */
export async function liveOffer(at: ClosingCity, { base, coordinator, client, volunteer }: WholeBank): Promise<void> {
  const requestId = newId();
  const startsAt = new Date(at.two.city.clock.now().getTime() + 20 * 86_400_000).toISOString();
  await client.caller
    .put(`${base}/requests/${requestId}`, { clientId: client.memberId, serviceKind: 'company', startsAt, minutes: 10 })
    .expect(201);
  const offer = `${base}/offers/${newId()}`;
  await coordinator.caller.put(offer, { requestId, volunteerId: volunteer.memberId }).expect(201);
  await volunteer.caller.post(`${offer}/answer`, { answer: 'no', reasonCode: 'away' }).expect(200);
  await at.two.city.database.query(`update ${requests} set asked_again_at = created_at where request_id = $1`, [requestId]);
  await client.caller.post(`${base}/requests/${requestId}/still-needed`).expect(200);
  const visit = `${base}/visits/${newId()}`;
  await volunteer.caller.put(visit, { requestId, volunteerId: volunteer.memberId }).expect(201);
  const later = { volunteerId: volunteer.memberId, startsAt: new Date(Date.parse(startsAt) + 86_400_000).toISOString() };
  await coordinator.caller.put(`${visit}/rearrangements/${newId()}`, later).expect(201);
}

/** A visit that nobody began in time: its helper says that they are on the way, and then that they cannot come. */
export async function liveDay(
  { two: { city } }: ClosingCity,
  { bankId, base, coordinator, client, volunteer }: WholeBank,
  plan: (minutes?: number) => Promise<string>,
): Promise<void> {
  const colleague = await city.register(coordinator.caller, bankId, 'volunteer');
  const { body } = await coordinator.caller.get(`${base}/members/${colleague.memberId}`).expect(200);
  const given = await plan(600);
  const to = { memberNumber: (body as { memberNumber: string }).memberNumber };
  await volunteer.caller.put(`${given}/hand-overs/${newId()}`, to).expect(201);
  await volunteer.caller.post(`${given}/cancel`).expect(200);
  const absent = await plan();
  city.clock.advance(15);
  await city.app.get(AskAbsentHelpers, { strict: false }).run(bankId);
  await volunteer.caller.post(`${absent}/on-my-way`).expect(200);
  await volunteer.caller.post(`${absent}/cancel`).expect(200);
  await coordinator.caller.put(`${base}/members/${client.memberId}/needs`, { door: 'The bell is broken' }).expect(201);
  const wish = `${base}/call-wishes/${newId()}`;
  await volunteer.caller.put(wish, {}).expect(201);
  await coordinator.caller.post(`${wish}/done`).expect(200);
}
