import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Card } from '@timebank/contract';
import { newId } from '@timebank/kernel';
import { openCity, refusal, type TestCity, type TestDay, type TestPerson } from '@timebank/testing';
import { GetVisit, IssueCard, IssueCards, ListCardless, ReadCardPlace, RevokeCard } from '@timebank/visits';

describe('a card', () => {
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
  });
  afterAll(() => city.close());

  it('is kept only as keyed hashes', async () => {
    const [token, code] = [card.url.slice(-16), card.code.replace('-', '')];
    const rows = await city.rooms.database.query<{ text: string }>(
      `select encode(hash, 'escape') as text from locator union all select row_to_json(c)::text from service_card c`,
    );
    expect(rows.some(({ text }) => text.includes(token) || text.includes(code))).toBe(false);
  });

  it('is issued to clients only, revoked once', async () => {
    await expect(city.get(IssueCard).run(coordinator.actor, city.bankId, volunteer.memberId)).rejects.toMatchObject(
      refusal('cards/not_a_client'),
    );
    await expect(city.get(IssueCard).run(coordinator.actor, city.bankId, newId())).rejects.toMatchObject(refusal('members/not_found'));
    const revoke = (memberId: string) => city.get(RevokeCard).run(coordinator.actor, city.bankId, memberId, card.cardId);
    await expect(revoke(volunteer.memberId)).rejects.toMatchObject(refusal('cards/not_found'));
    await revoke(client.memberId);
    await expect(revoke(client.memberId)).rejects.toMatchObject({ code: 'cards/already_revoked' });
  });

  describe('on a sheet with others', () => {
    const sheet = (clientIds: string[], anew = false) => city.get(IssueCards).run(coordinator.actor, city.bankId, { clientIds, anew });
    const without = () => city.get(ListCardless).run(city.bankId);
    const place = (url: string) => city.get(ReadCardPlace).run(null, url.slice(-16));

    it('is issued to those who have none, in the order asked for, and opens their visits', async () => {
      const [one, other] = [await city.person('client'), await city.person('client')];
      const before = await without();
      expect(before.items.map(({ memberId }) => memberId)).toEqual(expect.arrayContaining([one.memberId, other.memberId]));
      const wanted = [other.memberId, client.memberId, one.memberId, other.memberId];
      const { cards, left, sheet: drawn } = await sheet(wanted);
      expect([cards.map(({ clientId }) => clientId), left]).toEqual([[other.memberId, one.memberId], 1]);
      expect((await without()).clients).toBe(before.clients - 2);
      for (const { url } of drawn.cards) expect(await place(url)).toMatchObject({ bankId: city.bankId, revoked: false });
      const nobody = await sheet(wanted);
      expect([nobody.cards, nobody.left]).toEqual([[], 3]);
    });

    it('is made anew where a sheet was lost: then the cards of the lost one open nothing', async () => {
      const { memberId } = await city.person('client');
      const lost = await sheet([memberId]);
      const found = await sheet([memberId], true);
      expect(await place(lost.sheet.cards[0]!.url)).toMatchObject({ revoked: true });
      expect(await place(found.sheet.cards[0]!.url)).toMatchObject({ revoked: false });
      expect(found.cards[0]?.version).toBe(2);
    });

    it('is one for each, however many print at once', async () => {
      const people = [await city.person('client'), await city.person('client')].map(({ memberId }) => memberId);
      const both = await Promise.all([sheet(people), sheet(people.toReversed())]);
      expect(both.flatMap(({ cards }) => cards)).toHaveLength(2);
    });

    it('is issued to nobody where one of them is no client of the bank', async () => {
      const { memberId } = await city.person('client');
      const before = await without();
      await expect(sheet([memberId, volunteer.memberId])).rejects.toMatchObject({ code: 'cards/not_a_client', path: 'body.clientIds' });
      await expect(sheet([memberId, newId()])).rejects.toMatchObject({ code: 'members/not_found', path: 'body.clientIds' });
      expect(await without()).toEqual(before);
    });
  });

  describe('the page behind a card', () => {
    const place = (by: TestPerson | null, text = card.url.slice(-16)) => city.get(ReadCardPlace).run(by?.actor ?? null, text);

    it("tells anybody the bank and whom to call, and nobody else's visit", async () => {
      const bank = { bankId: city.bankId, bankName: 'Drum Tower', bankPhone: '025-83330000', revoked: false, visit: null };
      expect(await place(null)).toEqual(bank);
      expect(await place(await city.person('volunteer'))).toEqual(bank);
      await expect(place(null, '0'.repeat(16))).rejects.toMatchObject(refusal('cards/not_found'));
      await expect(place(null, card.code)).rejects.toMatchObject(refusal('cards/not_found'));
    });

    it('tells a volunteer what scanning would do, and changes nothing', async () => {
      const visitId = await city.planned(coordinator, volunteer, client, time(0));
      expect((await place(volunteer)).visit).toMatchObject({ visitId, next: 'in' });
      expect((await city.get(GetVisit).run(coordinator.actor, city.bankId, visitId)).events).toHaveLength(1);
      await city.scan(volunteer, visitId, 'in', card.url);
      expect((await place(volunteer)).visit).toMatchObject({ visitId, next: 'out' });
      await city.get(RevokeCard).run(coordinator.actor, city.bankId, client.memberId, card.cardId);
      expect(await place(volunteer)).toMatchObject({ revoked: true, visit: null });
    });
  });
});
