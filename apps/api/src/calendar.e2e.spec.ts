import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { openTwoBanks, type TestCaller, type TwoBanks } from '@timebank/testing';
import ICAL from 'ical.js';

const mine = '/api/me/calendar';

describe('my visits in my own calendar, over HTTP', () => {
  let two: TwoBanks;
  beforeAll(async () => {
    two = await openTwoBanks();
    await two.befriend();
  });
  afterAll(() => two.city.close());

  const address = async (caller: TestCaller, body?: object) => {
    const { url } = (await caller.post(mine, body ?? {}).expect(201)).body as { url: string };
    return new URL(url).pathname;
  };
  const read = async (path: string) => {
    const answer = await two.city.anybody.get(path).expect(200);
    expect(answer.headers).toMatchObject({ 'content-type': 'text/calendar; charset=utf-8', 'cache-control': 'no-store' });
    return new ICAL.Component(ICAL.parse(answer.text)).getAllSubcomponents('vevent').map((component) => ({
      uid: String(component.getFirstPropertyValue('uid')).split('@')[0],
      summary: component.getFirstPropertyValue('summary'),
      status: component.getFirstPropertyValue('status'),
      start: (component.getFirstPropertyValue('dtstart') as ICAL.Time).toJSDate().toISOString(),
      sequence: Number(component.getFirstPropertyValue('sequence')),
    }));
  };

  it('shows both sides each step of a visit: taken, given up, taken again', async () => {
    const { guest, client, host } = two;
    const [helper, helped] = [await address(guest.caller, { language: 'en' }), await address(client.caller, { language: 'ja' })];
    expect(await read(helper)).toEqual([]);
    const startsAt = new Date(two.city.clock.now().getTime() + 120 * 60_000).toISOString();
    const requestId = await two.openRequest(60, 'company', 120);
    const visit = `${host.base}/visits/${newId()}`;
    await guest.caller.put(visit, { requestId, volunteerId: guest.memberId }).expect(201);
    const [taken] = await read(helper);
    expect(taken).toMatchObject({ uid: requestId, status: 'CONFIRMED', start: startsAt });
    expect(taken?.summary).toMatch(/^Company · /);
    const [seen] = await read(helped);
    expect(seen).toMatchObject({ uid: requestId, status: 'CONFIRMED', sequence: taken?.sequence });
    expect(seen?.summary).not.toMatch(/Company/);
    await guest.caller.post(`${visit}/cancel`, {}).expect(200);
    const [given] = await read(helper);
    expect(given).toMatchObject({ uid: requestId, status: 'CANCELLED' });
    await guest.caller.put(`${host.base}/visits/${newId()}`, { requestId, volunteerId: guest.memberId }).expect(201);
    const [again] = await read(helper);
    expect(again).toMatchObject({ uid: requestId, status: 'CONFIRMED' });
    const sequences = [taken, given, again].map((event) => event?.sequence ?? 0);
    expect(sequences).toEqual([...new Set(sequences)].sort((one, other) => one - other));
  });

  it('reads by the newest address alone, and by none once it is ended or its person is barred', async () => {
    const { guest } = two;
    const first = await address(guest.caller);
    const { body } = await guest.caller.get(mine).expect(200);
    expect(Date.parse(body.since)).toBe(two.city.clock.now().getTime());
    const second = await address(guest.caller);
    expect(second).not.toBe(first);
    await two.city.anybody.get(first).expect(404);
    await two.city.anybody.get(second).expect(200);
    await guest.caller.delete(mine).expect(200);
    await two.city.anybody.get(second).expect(404);
    expect((await guest.caller.get(mine).expect(200)).body).toEqual({ since: null });
    const third = await address(guest.caller);
    const member = `${two.home.base}/members/${guest.memberId}`;
    const { version } = (await two.home.coordinator.caller.get(member).expect(200)).body;
    await two.home.coordinator.caller.patch(member, { version, disabled: true }).expect(200);
    expect((await two.city.anybody.get(third).expect(404)).body).toMatchObject({ code: 'calendar/not_found' });
  });

  it.each(['x.ics', `${'A'.repeat(43)}.ics`, `${'A'.repeat(43)}`, `${'A'.repeat(99)}`, '%00.ics', '..%2f.ics'])(
    'answers a made-up address as one that never was: %s',
    async (file) => {
      const { status } = await two.city.anybody.get(`/calendar/${file}`);
      expect([400, 404]).toContain(status);
    },
  );

  it('makes no address for nobody, nor in a language that it does not speak', async () => {
    await two.city.anybody.post(mine, {}).expect(401);
    await two.client.caller.post(mine, { language: 'tlh' }).expect(400);
  });
});
