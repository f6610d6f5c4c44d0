import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Card, Letter, LetterAnswerInput, ScanInput } from '@timebank/contract';
import { newId } from '@timebank/kernel';
import { openCity, refusal, type TestCity, type TestDay, type TestPerson } from '@timebank/testing';
import {
  AnswerLetter,
  CancelVisit,
  EnterTimes,
  GetLetter,
  GetVisit,
  ListLetters,
  ListVisitScans,
  PlanVisit,
  ReadQueue,
  ScanCard,
} from '@timebank/visits';

describe('an offline scan that the server does not like', () => {
  let city: TestCity;
  let coordinator: TestPerson;
  let volunteer: TestPerson;
  let client: TestPerson;
  let card: Card;
  let visitId: string;
  let at: TestDay['time'];
  let start: Date;
  beforeAll(async () => {
    city = await openCity();
    coordinator = await city.person('coordinator', 'volunteer');
  });
  beforeEach(async () => {
    ({ volunteer, client, card, time: at } = await city.nextDay(coordinator));
    start = at(0);
    visitId = await city.planned(coordinator, volunteer, client, start);
  });
  afterAll(() => city.close());

  /** So many minutes after the day's beginning; `at` moves the clock there too. */
  const iso = (minutes: number) => new Date(start.getTime() + minutes * 60_000).toISOString();
  const put = (input: Partial<ScanInput>, eventId = newId(), id = visitId, by = volunteer) =>
    city.get(ScanCard).run(by.actor, city.bankId, id, eventId, { kind: 'in', card: card.url, clientTime: iso(0), ...input });
  const read = (eventId: string) => city.get(GetLetter).run(city.bankId, eventId);
  const close = (eventId: string, input: Partial<LetterAnswerInput> = {}, answerId = newId(), by = coordinator) =>
    city
      .get(AnswerLetter)
      .run(by.actor, city.bankId, eventId, answerId, { outcome: 'explained', reasonCode: 'other', ...input } as LetterAnswerInput);
  const list = (state?: 'open' | 'closed') => city.get(ListLetters).run(city.bankId, { limit: 200, state });
  const told = async (letterId: string) =>
    (
      await city.rooms.database.query<{ payload: Record<string, unknown> }>(
        `select payload from outbox where kind = 'letters/closed' and payload ->> 'letterId' = $1`,
        [letterId],
      )
    ).map(({ payload }) => payload);

  type Case = [code: string, refused: boolean, make: (eventId: string) => Promise<unknown>];
  const cases: Case[] = [
    ['visits/not_found', true, (eventId) => put({}, eventId, newId())],
    ['visits/not_yours', true, async (eventId) => put({}, eventId, visitId, await city.person('volunteer'))],
    [
      'visits/not_scannable',
      false,
      async (eventId) => {
        await city.get(CancelVisit).run(coordinator.actor, city.bankId, visitId);
        return put({}, eventId);
      },
    ],
    [
      'visits/already_started',
      false,
      async (eventId) => {
        await city.scan(volunteer, visitId, 'in', card.url);
        at(60);
        return put({ clientTime: iso(30) }, eventId);
      },
    ],
    [
      'visits/already_ended',
      false,
      async (eventId) => {
        await city.scan(volunteer, visitId, 'in', card.url);
        at(20);
        await city.scan(volunteer, visitId, 'out', card.url);
        at(90);
        return put({ kind: 'out', clientTime: iso(60) }, eventId);
      },
    ],
  ];

  it.each(cases)('%s is kept for the coordinator, once however often it is sent', async (code, refused, make) => {
    const eventId = newId();
    const answer = await make(eventId).then(
      () => null,
      (thrown: { code: string }) => thrown.code,
    );
    expect(answer).toBe(refused ? code : null);
    const letter = await read(eventId);
    expect(letter).toMatchObject({
      eventId,
      state: 'open',
      code,
      volunteerName: expect.stringMatching(/^Person/),
      answer: null,
      proof: null,
    });
    expect(letter.visit?.visitId ?? null).toBe(code === 'visits/not_found' ? null : visitId);
    expect(letter.cardClient?.memberId).toBe(client.memberId);
    expect((await list('open')).items.map((one) => one.eventId)).toContain(eventId);
  });

  it.each<[string, Partial<ScanInput>]>([
    ['an accepted one', {}],
    ['one at the right visit with a wrong card', { card: 'hello' }],
    ['an online one', { clientTime: undefined }],
  ])('is not %s', async (_, input) => {
    const eventId = newId();
    await put(input, eventId);
    await expect(read(eventId)).rejects.toMatchObject(refusal('letters/not_found'));
  });

  it('is not the first one again within five minutes, nor an online scan for an unknown visit', async () => {
    await city.scan(volunteer, visitId, 'in', card.url);
    const again = newId();
    await put({}, again);
    const online = newId();
    await expect(put({ clientTime: undefined }, online, newId())).rejects.toMatchObject(refusal('visits/not_found'));
    for (const eventId of [again, online]) await expect(read(eventId)).rejects.toMatchObject(refusal('letters/not_found'));
  });

  it('gives the same answer to the same content, also at once and after the visit was made, and 409 to other content', async () => {
    const [eventId, unknown] = [newId(), newId()];
    const all = await Promise.allSettled(Array.from({ length: 4 }, () => put({}, eventId, unknown)));
    expect(all.map((one) => one.status === 'rejected' && (one.reason as { code: string }).code)).toEqual(Array(4).fill('visits/not_found'));
    const requestId = await city.request(coordinator, client, at(70));
    at(60);
    await city.get(PlanVisit).run(volunteer.actor, city.bankId, unknown, { requestId, volunteerId: volunteer.memberId });
    await expect(put({}, eventId, unknown)).rejects.toMatchObject(refusal('visits/not_found'));
    await expect(put({ kind: 'out' }, eventId, unknown)).rejects.toMatchObject(refusal('scans/id_reused'));
    await expect(put({}, eventId)).rejects.toMatchObject(refusal('scans/id_reused'));
    expect((await list()).items.filter((one) => one.eventId === eventId)).toHaveLength(1);
  });

  it('says between when it was, as far as the server can vouch for it, and until when it can still be entered', async () => {
    const [stray, own] = [newId(), newId()];
    const [claimed, arrival] = [iso(10), at(60).toISOString()];
    await put({ clientTime: claimed }, stray, newId()).catch(() => undefined);
    expect(await read(stray)).toMatchObject({ clientTime: claimed, earliest: null, latest: arrival, receivedAt: arrival });
    await city.get(CancelVisit).run(coordinator.actor, city.bankId, visitId);
    await put({ clientTime: claimed }, own);
    const letter = await read(own);
    expect(letter).toMatchObject({ clientTime: claimed, earliest: iso(0), latest: arrival });
    expect(Date.parse(letter.deadline) - Date.parse(claimed)).toBeGreaterThan(10 * 86_400_000);
    const deadlines = (await list()).items.map(({ deadline }) => deadline);
    expect(deadlines).toEqual(deadlines.toSorted());
  });

  describe('is closed by a coordinator', () => {
    let eventId: string;
    beforeEach(async () => {
      eventId = newId();
      await put({}, eventId, newId()).catch(() => undefined);
    });

    it('once, with a reason, and counted no more', async () => {
      const before = (await city.get(ReadQueue).run(coordinator.actor, city.bankId)).letters;
      const answerId = newId();
      const { first, value } = await close(eventId, { note: 'We phoned her' }, answerId);
      expect([first, value]).toMatchObject([
        true,
        { state: 'explained', answer: { reasonCode: 'other', note: 'We phoned her', byName: expect.any(String), visitId: null } },
      ]);
      expect((await close(eventId, { note: 'We phoned her' }, answerId)).first).toBe(false);
      await expect(close(eventId, { note: 'Another' }, answerId)).rejects.toMatchObject(refusal('letters/id_reused'));
      await expect(close(eventId)).rejects.toMatchObject(refusal('letters/already_closed'));
      expect((await city.get(ReadQueue).run(coordinator.actor, city.bankId)).letters).toBe(before - 1);
      expect((await list('closed')).items.map((one: Letter) => one.eventId)).toContain(eventId);
      expect((await list('open')).items.map((one: Letter) => one.eventId)).not.toContain(eventId);
    });

    it('by one of two who answer at once', async () => {
      const both = await Promise.allSettled([close(eventId), close(eventId, { outcome: 'rejected' })]);
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    });

    it('as entered only with a visit of that volunteer whose times were entered by hand', async () => {
      const refused = refusal('letters/not_entered');
      await expect(close(eventId, { outcome: 'entered', visitId })).rejects.toMatchObject(refused);
      await expect(close(eventId, { outcome: 'entered', visitId: newId() })).rejects.toMatchObject(refused);
      const [startedAt, endedAt] = [iso(0), at(60).toISOString()];
      await city.get(EnterTimes).run(coordinator.actor, city.bankId, visitId, { startedAt, endedAt, reasonCode: 'no_phone' });
      const strangers = newId();
      await put({}, strangers, newId(), await city.person('volunteer')).catch(() => undefined);
      await expect(close(strangers, { outcome: 'entered', visitId })).rejects.toMatchObject(refused);
      expect((await close(eventId, { outcome: 'entered', visitId })).value).toMatchObject({ state: 'entered', answer: { visitId } });
      expect(await told(eventId)).toMatchObject([{ outcome: 'entered', visitId, volunteerId: volunteer.memberId, at: iso(0) }]);
    });

    it('never by whose it is, and told without a visit that is not theirs', async () => {
      const [own, foreign] = [newId(), newId()];
      await put({}, own, newId(), coordinator).catch(() => undefined);
      await expect(close(own)).rejects.toMatchObject(refusal('letters/own_letter'));
      await put({}, foreign, visitId, await city.person('volunteer')).catch(() => undefined);
      await close(foreign);
      const events = await told(foreign);
      expect(events).toMatchObject([{ outcome: 'explained' }]);
      expect(JSON.stringify(events)).not.toContain(visitId);
      await expect(close(newId())).rejects.toMatchObject(refusal('letters/not_found'));
    });
  });

  it('waits on the phone when a hundred of a volunteer are open, and comes in when one was closed', async () => {
    const events = Array.from({ length: 100 }, () => newId());
    for (const eventId of events) await put({}, eventId, newId()).catch(() => undefined);
    const late = newId();
    const tooMany = refusal('letters/too_many_open', { retryAfterSeconds: 300 });
    await expect(put({}, late)).resolves.toMatchObject({ value: { state: 'in_progress' } });
    const next = newId();
    const unknown = newId();
    await expect(put({}, next, unknown)).rejects.toMatchObject(tooMany);
    await expect(read(next)).rejects.toMatchObject(refusal('letters/not_found'));
    await close(events[0] as string);
    await expect(put({}, next, unknown)).rejects.toMatchObject(refusal('visits/not_found'));
    expect((await read(next)).state).toBe('open');
  });

  it('cannot be rewritten', async () => {
    for (const table of ['letter', 'letter_answer']) {
      await expect(city.rooms.database.query(`delete from ${table}`)).rejects.toThrow('are never changed');
    }
  });

  /** Scans of the visit that changed nothing, as many came before. */
  const crowd = (count: number) =>
    city.rooms.database.query(
      `insert into scan_event (bank_id, event_id, visit_id, kind, outcome, code, at, received_at, actor_id, content_hash, answer)
       select $1, gen_random_uuid(), $2, 'in', 'refused', 'visits/wrong_card', $3, $3, $4, '\\x00', '{}' from generate_series(1, $5::integer)`,
      [city.bankId, visitId, start, volunteer.actor.personId, count],
    );

  it('A4: leaves the answer of a visit small however often a wrong card was read; staff read all of them in pages', async () => {
    at(1);
    await crowd(500);
    await put({ clientTime: iso(0) });
    const visit = await city.get(GetVisit).run(coordinator.actor, city.bankId, visitId);
    expect([
      visit.scanCount,
      visit.events.length,
      visit.events.some(({ outcome, kind }) => outcome === 'accepted' && kind === 'in'),
    ]).toEqual([501, 52, true]);
    expect(JSON.stringify(visit).length).toBeLessThan(20_000);
    const pages = async (by: TestPerson) => {
      const found: string[] = [];
      for (let cursor: string | undefined; ;) {
        const page = await city.get(ListVisitScans).run(by.actor, city.bankId, visitId, { limit: 200, cursor });
        found.push(...page.items.map(({ eventId }) => eventId));
        if (page.nextCursor === null) return found;
        cursor = page.nextCursor;
      }
    };
    expect(new Set(await pages(coordinator)).size).toBe(501);
    const stranger = await city.person('client');
    await expect(city.get(ListVisitScans).run(stranger.actor, city.bankId, visitId, { limit: 200 })).rejects.toMatchObject(
      refusal('visits/not_found'),
    );
  });

  it('F16: keeps a thousand events of a visit that changed nothing, further ones without signal as letters, and always those that count', async () => {
    await put({ clientTime: iso(0) });
    at(1);
    await crowd(1_000);
    const [again, other] = [newId(), newId()];
    const answers = [await put({ clientTime: iso(1) }, again), await put({ clientTime: iso(1) }, again)];
    expect(answers.map(({ first, value }) => [first, value.duplicate, value.state])).toEqual([
      [false, true, 'in_progress'],
      [false, true, 'in_progress'],
    ]);
    expect(await read(again)).toMatchObject({ state: 'open', code: 'visits/already_started', kind: 'in', visit: { visitId } });
    await expect(put({ clientTime: iso(2) }, again)).rejects.toMatchObject(refusal('scans/id_reused'));
    const strange = (await city.nextDay(coordinator)).card.url;
    at(2);
    await expect(put({ clientTime: undefined, card: strange, kind: 'out' }, other)).rejects.toMatchObject(refusal('visits/wrong_card'));
    const kept = await city.rooms.database.query('select from scan_event where event_id = any ($1)', [[again, other]]);
    expect(kept).toEqual([]);
    at(60);
    const { value: ended } = await put({ clientTime: iso(60), kind: 'out' });
    expect([ended.state === 'in_progress', ended.capturedOut, ended.scanCount]).toEqual([false, iso(60), 1_002]);
    expect(JSON.stringify(ended).length).toBeLessThan(20_000);
  });
});
