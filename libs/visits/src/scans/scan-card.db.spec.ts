import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import type { Card, ExceptionCode, ScanInput } from '@timebank/contract';
import { openCity, refusal, testOrigin, type TestCity, type TestDay, type TestPerson } from '@timebank/testing';
import { CancelVisit, GetVisit, RevokeCard, ScanCard } from '@timebank/visits';

describe('scanning a card', () => {
  let city: TestCity;
  let coordinator: TestPerson;
  let volunteer: TestPerson;
  let client: TestPerson;
  let card: Card;
  let visitId: string;
  let at: TestDay['time'];
  beforeAll(async () => {
    city = await openCity();
    coordinator = await city.person('coordinator');
  });
  beforeEach(async () => {
    ({ volunteer, client, card, time: at } = await city.nextDay(coordinator));
    visitId = await city.planned(coordinator, volunteer, client, at(0));
  });
  afterAll(() => city.close());

  const put = (input: ScanInput, eventId = newId(), by = volunteer, id = visitId) =>
    city.get(ScanCard).run(by.actor, city.bankId, id, eventId, input);
  const read = () => city.get(GetVisit).run(coordinator.actor, city.bankId, visitId);
  const time = (minutes: number) => at(minutes).toISOString();

  it('in and out makes a clean visit whose minutes wait for approval', async () => {
    const startedAt = time(2);
    expect(await put({ kind: 'in', card: card.url })).toMatchObject({
      first: true,
      value: { state: 'in_progress', capturedIn: startedAt, lane: null, creditedMinutes: null },
    });
    const endedAt = time(62);
    expect(await put({ kind: 'out', card: card.url })).toMatchObject({
      first: true,
      value: {
        state: 'ready',
        lane: 'clean',
        assurance: 'A1',
        class: 'verified',
        capturedIn: startedAt,
        capturedOut: endedAt,
        creditedMinutes: 60,
        exceptions: [{ code: 'STATIC_ONLY', lane: 'info' }],
      },
    });
    expect((await read()).events.map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual([
      'plan accepted',
      'in accepted',
      'out accepted',
    ]);
  });

  it('takes the token alone and the typed code, however it is typed', async () => {
    await put({ kind: 'in', card: card.url.slice(-16) });
    time(60);
    const { value } = await put({ kind: 'out', card: card.code.toLowerCase() });
    expect(value.events.map(({ via }) => via)).toEqual([null, 'card', 'typed']);
  });

  it('answers the first answer to the same event, also after more has happened', async () => {
    const eventId = newId();
    const first = await put({ kind: 'in', card: card.url }, eventId);
    expect(await put({ kind: 'in', card: card.url }, eventId)).toEqual({ ...first, first: false });
    time(60);
    await put({ kind: 'out', card: card.url });
    expect(await put({ kind: 'in', card: card.url }, eventId)).toEqual({ ...first, first: false });
    await expect(put({ kind: 'out', card: card.url }, eventId)).rejects.toMatchObject(refusal('scans/id_reused'));
  });

  it('answers the first answer to a second scan too, also after the visit has ended', async () => {
    await put({ kind: 'in', card: card.url });
    const eventId = newId();
    const duplicate = await put({ kind: 'in', card: card.url }, eventId);
    expect(duplicate.value).toMatchObject({ state: 'in_progress', duplicate: true });
    time(60);
    await put({ kind: 'out', card: card.url });
    expect(await put({ kind: 'in', card: card.url }, eventId)).toEqual(duplicate);
  });

  it('takes five of the same event at once as one, and five different ones as one start', async () => {
    const eventId = newId();
    const same = await Promise.all(Array.from({ length: 5 }, () => put({ kind: 'in', card: card.url }, eventId)));
    expect(same.filter(({ first }) => first)).toHaveLength(1);
    time(60);
    const others = await Promise.all(Array.from({ length: 5 }, () => put({ kind: 'out', card: card.url })));
    expect(others.filter(({ value }) => value.duplicate)).toHaveLength(4);
    expect((await read()).events.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(3);
  });

  it('twice within five minutes is the first time again, later it is refused', async () => {
    const startedAt = time(0);
    await put({ kind: 'in', card: card.url });
    time(5);
    expect(await put({ kind: 'in', card: card.url })).toMatchObject({
      first: false,
      value: { duplicate: true, capturedIn: startedAt, state: 'in_progress' },
    });
    time(5.1);
    await expect(put({ kind: 'in', card: card.url })).rejects.toMatchObject(refusal('visits/already_started', { at: startedAt }));
    const endedAt = time(60);
    await put({ kind: 'out', card: card.url });
    time(66);
    await expect(put({ kind: 'out', card: card.url })).rejects.toMatchObject(refusal('visits/already_ended', { at: endedAt }));
  });

  describe('online, with a card that does not fit', () => {
    const bad: [string, string, () => Promise<string>][] = [
      ["another client's card", 'visits/wrong_card', async () => (await city.card(coordinator, await city.client(0))).url],
      ['a card of nobody', 'visits/unknown_card', async () => `${testOrigin}/s/${'0'.repeat(16)}`],
      ['a foreign sticker with the right token', 'visits/unknown_card', async () => card.url.replace(testOrigin, 'https://evil.example')],
      ['a rotating code', 'visits/unknown_card', async () => `${testOrigin}/r/display.1.mac`],
      [
        'a revoked card',
        'visits/card_revoked',
        async () => {
          await city.get(RevokeCard).run(coordinator.actor, city.bankId, client.memberId, card.cardId);
          return card.url;
        },
      ],
    ];

    it.each(bad)('%s is refused, kept as evidence, and refused the same way again', async (_, code, cardOf) => {
      const text = await cardOf();
      const eventId = newId();
      await expect(put({ kind: 'in', card: text }, eventId)).rejects.toMatchObject({ code });
      const visit = await read();
      expect(visit).toMatchObject({ state: 'planned', capturedIn: null, version: 1 });
      expect(visit.events.at(-1)).toMatchObject({ kind: 'in', outcome: 'refused', code });
      await expect(put({ kind: 'in', card: text }, eventId)).rejects.toMatchObject({ code });
      expect((await read()).events).toHaveLength(2);
    });

    it('leaves the volunteer free to scan again', async () => {
      await expect(put({ kind: 'in', card: 'hello' })).rejects.toMatchObject(refusal('visits/unknown_card'));
      expect((await put({ kind: 'in', card: card.url })).value.state).toBe('in_progress');
    });

    it('does not take a typed code more than a day from the plan, but does take the card', async () => {
      time(-24 * 60 - 1);
      await expect(put({ kind: 'in', card: card.code })).rejects.toMatchObject(refusal('visits/code_not_valid_now'));
      time(-24 * 60);
      expect((await put({ kind: 'in', card: card.code })).value.exceptions).toContainEqual(
        expect.objectContaining({ code: 'UNSCHEDULED', lane: 'red' }),
      );
    });
  });

  it("of somebody else's visit is refused and kept", async () => {
    const other = await city.person('volunteer');
    await expect(put({ kind: 'in', card: card.url }, newId(), other)).rejects.toMatchObject(refusal('visits/not_yours'));
    const visit = await read();
    expect(visit.state).toBe('planned');
    expect(visit.events.at(-1)).toMatchObject({
      outcome: 'refused',
      code: 'visits/not_yours',
      actorName: expect.stringMatching(/^Person/),
    });
    await expect(put({ kind: 'in', card: card.url }, newId(), other, newId())).rejects.toMatchObject(refusal('visits/not_found'));
  });

  it('out without in is taken and needs a fix', async () => {
    time(60);
    expect((await put({ kind: 'out', card: card.url })).value).toMatchObject({ state: 'needs_fix', lane: 'red', creditedMinutes: 0 });
    await expect(put({ kind: 'in', card: card.url })).rejects.toMatchObject(refusal('visits/not_scannable', { state: 'needs_fix' }));
  });

  describe('offline', () => {
    it("B5: is kept with the phone's time; sent by anybody afterwards it is acknowledged, and then paid", async () => {
      const [startedAt, endedAt] = [time(1), time(61)];
      time(90);
      expect(await put({ kind: 'in', card: card.url, clientTime: startedAt })).toMatchObject({
        first: false,
        value: { capturedIn: startedAt },
      });
      const acknowledge: ExceptionCode[] = ['UNVOUCHED', 'UNSIGNED', 'SENT_TOGETHER'];
      const { value } = await put({ kind: 'out', card: card.url, clientTime: endedAt });
      expect(value).toMatchObject({ state: 'needs_ack', creditedMinutes: 60 });
      expect(value.exceptions.map(({ code }) => code)).toEqual(['STATIC_ONLY', ...acknowledge, 'OFFLINE']);
      expect(await city.approve(coordinator, [visitId])).toMatchObject([{ code: 'visits/must_be_acknowledged' }]);
      expect(await city.approve(coordinator, [visitId], { acknowledge })).toMatchObject([{ outcome: 'approved' }]);
      expect(await city.balance(volunteer)).toMatchObject({ balanceMinutes: 60 });
    });

    it.each([
      [24 * 60 + 61, 'yellow'],
      [72 * 60 + 61, 'red'],
    ])('%d minutes late is %s', async (minutes, lane) => {
      const [startedAt, endedAt] = [time(0), time(60)];
      time(minutes);
      await put({ kind: 'in', card: card.url, clientTime: startedAt });
      const { value } = await put({ kind: 'out', card: card.url, clientTime: endedAt });
      expect(value).toMatchObject({ lane, exceptions: expect.arrayContaining([expect.objectContaining({ code: 'LATE_SYNC', lane })]) });
    });

    it('cannot be earlier than the plan was made nor later than it arrives', async () => {
      const arrival = time(30);
      expect((await put({ kind: 'in', card: card.url, clientTime: time(-600) })).value.capturedIn).toBe(time(0));
      at(30);
      const { value } = await put({ kind: 'out', card: card.url, clientTime: new Date(Date.parse(arrival) + 3_600_000).toISOString() });
      expect(value.capturedOut).toBe(arrival);
      expect(value.exceptions).toContainEqual(expect.objectContaining({ code: 'CLOCK_SKEW', lane: 'yellow' }));
    });

    it.each([
      ["another client's card", 'CARD_CLIENT_MISMATCH', async () => (await city.card(coordinator, await city.client(0))).url],
      ['no card of ours', 'UNKNOWN_CODE', async () => 'hello'],
      [
        'a revoked card',
        'CARD_REVOKED',
        async () => {
          await city.get(RevokeCard).run(coordinator.actor, city.bankId, client.memberId, card.cardId);
          return card.url;
        },
      ],
    ])('%s is kept and red', async (_, code, cardOf) => {
      const text = await cardOf();
      const { value } = await put({ kind: 'in', card: text, clientTime: time(0) });
      expect(value).toMatchObject({
        state: 'in_progress',
        exceptions: expect.arrayContaining([expect.objectContaining({ code, lane: 'red' })]),
      });
    });

    it('a start that arrives after its end mends the visit', async () => {
      const startedAt = time(0);
      time(60);
      expect((await put({ kind: 'out', card: card.url })).value.state).toBe('needs_fix');
      expect((await put({ kind: 'in', card: card.url, clientTime: startedAt })).value).toMatchObject({
        state: 'needs_ack',
        creditedMinutes: 60,
      });
    });

    it('a second start is kept beside the first, and one for a visit that is over too', async () => {
      const startedAt = time(0);
      await put({ kind: 'in', card: card.url });
      time(30);
      expect((await put({ kind: 'in', card: card.url, clientTime: time(30) })).value).toMatchObject({
        duplicate: true,
        capturedIn: startedAt,
      });
      time(60);
      const { value } = await put({ kind: 'out', card: card.url });
      await city.approve(coordinator, [visitId]);
      expect((await put({ kind: 'out', card: card.url, clientTime: time(90) })).value).toMatchObject({
        capturedOut: value.capturedOut,
        state: 'approved',
      });
    });
  });

  describe('finds what is wrong in its own transaction', () => {
    const visit = async (from: number, to: number, by = volunteer, of = client, on = card) => {
      const id = await city.planned(coordinator, by, of, at(from), to - from);
      return { id, in: () => city.scan(by, id, 'in', on.url), out: () => city.scan(by, id, 'out', on.url) };
    };
    const codesOf = (answer: { exceptions: { code: string }[] }) => answer.exceptions.map(({ code }) => code);

    it('two visits of one volunteer at once', async () => {
      time(0);
      await put({ kind: 'in', card: card.url });
      const neighbour = await city.client(60);
      const second = await visit(61, 90, volunteer, neighbour, await city.card(coordinator, neighbour));
      at(50);
      await second.in();
      time(60);
      expect(codesOf((await put({ kind: 'out', card: card.url })).value)).toContain('OVERLAP');
    });

    it("a fourth visit of a pair in a day, and hours over the day's cap", async () => {
      await city.get(CancelVisit).run(coordinator.actor, city.bankId, visitId);
      for (const from of [0, 60, 120]) {
        const one = await visit(from, from + 30);
        await one.in();
        at(from + 30);
        expect(codesOf(await one.out())).toEqual(['STATIC_ONLY']);
      }
      const fourth = await visit(180, 210);
      await fourth.in();
      at(210);
      const { lane, exceptions } = await fourth.out();
      expect(lane).toBe('red');
      expect(exceptions).toContainEqual(expect.objectContaining({ code: 'OVER_CAP', parameters: { cap: 'pair', visits: 4 } }));
    });

    it('a related pair', async () => {
      await city.relate(coordinator, volunteer, client, 'child');
      expect(codesOf((await put({ kind: 'in', card: card.url })).value)).toContain('CONFLICT_OF_INTEREST');
    });
  });

  it('leaves a sound ledger behind', async () => {
    expect(await city.faults()).toEqual([]);
  });
});
