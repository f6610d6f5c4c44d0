import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Card } from '@timebank/contract';
import { newId } from '@timebank/kernel';
import { openCity, refusal, type TestCity, type TestDay, type TestPerson } from '@timebank/testing';
import {
  GetVisit,
  IssueCard,
  IssueCards,
  ListCardless,
  ListCards,
  ListCardSheets,
  ReadCardPlace,
  RevokeCard,
  SaveCardSheet,
} from '@timebank/visits';

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
    const sheet = async (clientIds: string[], sheetId = newId(), by = coordinator) => {
      const { value, ...answer } = await city.get(IssueCards).run(by.actor, city.bankId, sheetId, { clientIds });
      return { ...value, ...answer };
    };
    const open = async () => (await city.get(ListCardSheets).run(city.bankId)).items;
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

    it('is made again where the answer was lost: then the cards of the lost one open nothing', async () => {
      const [sheetId, { memberId }] = [newId(), await city.person('client')];
      const lost = await sheet([memberId, client.memberId], sheetId);
      expect([lost.first, lost.cards.length, lost.left]).toEqual([true, 1, 1]);
      const colleague = await city.person('coordinator');
      const about = { sheetId, clientIds: [memberId, client.memberId], cards: 1, madeBy: coordinator.actor.personId };
      expect(await open()).toContainEqual(expect.objectContaining(about));
      const found = await sheet([memberId, client.memberId], sheetId, colleague);
      expect([found.first, found.cards, found.kept, found.left]).toEqual([
        false,
        [expect.objectContaining({ clientId: memberId, version: 2 })],
        [],
        1,
      ]);
      expect(await place(lost.sheet.cards[0]!.url)).toMatchObject({ revoked: true });
      expect(await place(found.sheet.cards[0]!.url)).toMatchObject({ revoked: false });
      // Neither does it touch the card that one of them had.
      expect(await place(card.url)).toMatchObject({ revoked: false });
      expect(await open()).toContainEqual(expect.objectContaining({ sheetId, madeBy: colleague.actor.personId }));
      await expect(sheet([memberId], sheetId)).rejects.toMatchObject(refusal('card_sheets/id_reused'));
    });

    it('is never made again once somebody said that it was saved', async () => {
      const [sheetId, { memberId }] = [newId(), await city.person('client')];
      const save = (id: string) => city.get(SaveCardSheet).run(coordinator.actor, city.bankId, id);
      const saved = await sheet([memberId], sheetId);
      for (const _ of ['once', 'twice']) expect(await save(sheetId)).toEqual({ done: true });
      expect((await open()).map((one) => one.sheetId)).not.toContain(sheetId);
      await expect(sheet([memberId], sheetId)).rejects.toMatchObject({ code: 'card_sheets/saved' });
      expect(await place(saved.sheet.cards[0]!.url)).toMatchObject({ revoked: false });
      await expect(save(newId())).rejects.toMatchObject(refusal('card_sheets/not_found'));
    });

    it("stays where others printed for the same clients, whose cards another sheet's repeat leaves alone", async () => {
      const [mine, theirs] = [await city.person('client'), await city.person('client')].map(({ memberId }) => memberId) as [string, string];
      const colleague = await sheet([theirs]);
      const sheetId = newId();
      await sheet([mine, theirs], sheetId);
      const again = await sheet([mine, theirs], sheetId);
      expect([again.cards.map(({ clientId }) => clientId), again.left]).toEqual([[mine], 1]);
      expect(await place(colleague.sheet.cards[0]!.url)).toMatchObject({ revoked: false });
    });

    it('keeps what was scanned or revoked since, and says so', async () => {
      const people = [client.memberId, (await city.person('client')).memberId, (await city.person('client')).memberId];
      await city.get(RevokeCard).run(coordinator.actor, city.bankId, client.memberId, card.cardId);
      const sheetId = newId();
      const first = await sheet(people, sheetId);
      const visitId = await city.planned(coordinator, volunteer, client, time(0));
      await city.scan(volunteer, visitId, 'in', first.sheet.cards[0]!.url);
      await city.get(RevokeCard).run(coordinator.actor, city.bankId, people[1]!, first.cards[1]!.cardId);
      for (const version of [2, 3]) {
        const again = await sheet(people, sheetId);
        expect(again.cards).toEqual([expect.objectContaining({ clientId: people[2], version })]);
        expect(again.kept).toEqual([
          { ...first.cards[0], why: 'scanned' },
          { ...first.cards[1], why: 'revoked' },
        ]);
      }
      expect(await place(first.sheet.cards[0]!.url)).toMatchObject({ revoked: false });
    });

    it('is made once for each of those who send the same call at once, the later in the place of the earlier', async () => {
      const [sheetId, { memberId }] = [newId(), await city.person('client')];
      const both = await Promise.all([sheet([memberId], sheetId), sheet([memberId], sheetId)]);
      expect(both.map(({ first }) => first).toSorted()).toEqual([false, true]);
      const later = both.find(({ first }) => !first)!;
      expect(await place(later.sheet.cards[0]!.url)).toMatchObject({ revoked: false });
      expect((await city.get(ListCards).run(city.bankId, memberId, { limit: 9 })).items.filter(({ revokedAt }) => !revokedAt)).toHaveLength(
        1,
      );
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
