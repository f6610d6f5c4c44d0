import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { monthRange } from '@timebank/kernel';
import { openRooms, TestLedger, testStart, type TestRooms } from '@timebank/testing';
import { LedgerModule } from '../ledger.module';
import { ReadEntries } from './read-entries';
import { ReadStatement } from './read-statement';
import { ReadTrialBalance } from './read-trial-balance';

describe('reading an account', () => {
  let rooms: TestRooms;
  let bank: TestLedger;
  beforeAll(async () => {
    rooms = await openRooms([LedgerModule]);
    bank = await TestLedger.open(rooms);
    for (let day = 0; day < 60; day += 1) {
      rooms.clock.advance(24 * 60);
      await bank.post(bank.posting({ minutes: 3 }));
      await bank.post(
        bank.posting({
          debitAccountId: bank.volunteer,
          creditAccountId: bank.client,
          minutes: 1,
          kind: 'gift',
          class: null,
          visitId: null,
        }),
      );
    }
  });
  afterAll(async () => {
    rooms.clock.set(testStart);
    await rooms.close();
  });

  it('gives all entries once, newest first, page by page, with the balance after each', async () => {
    const all = [];
    let cursor: string | null | undefined;
    do {
      const page = await rooms.get(ReadEntries).run(bank.bankId, bank.client, { limit: 7, cursor: cursor ?? undefined });
      all.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor);
    expect(all.map((entry) => entry.version)).toEqual(Array.from({ length: 121 }, (_, index) => 121 - index));
    expect(all[0]).toMatchObject({
      kind: 'gift',
      minutes: 1,
      balanceAfterMinutes: 180,
      otherAccountId: bank.volunteer,
      otherAccountKind: 'member',
    });
    for (const [index, entry] of all.entries()) {
      expect(entry.balanceAfterMinutes).toBe((all[index + 1]?.balanceAfterMinutes ?? 0) + entry.minutes);
    }
  });

  it('gives the entries of a kind or a class', async () => {
    const gifts = await rooms.get(ReadEntries).run(bank.bankId, bank.client, { limit: 200, kind: 'gift' });
    expect(gifts.items).toHaveLength(60);
    expect((await rooms.get(ReadEntries).run(bank.bankId, bank.client, { limit: 200, class: 'verified' })).items).toHaveLength(60);
    expect((await rooms.get(ReadEntries).run(bank.bankId, bank.client, { limit: 200, class: 'manual' })).items).toHaveLength(0);
  });

  it('opens and closes each month where the months beside it do', async () => {
    let opening = 0;
    let entries = 0;
    for (const month of ['2026-02', '2026-03', '2026-04', '2026-05', '2026-06']) {
      const { from, to } = monthRange(month, 'Asia/Shanghai');
      const borders = await rooms.get(ReadStatement).run(bank.bankId, bank.client, from, to);
      const stated = await rooms.get(ReadStatement).entries(bank.bankId, bank.client, borders.opening.version, borders.closing.version);
      const listed = await rooms.get(ReadEntries).run(bank.bankId, bank.client, { limit: 200, recorded: { from, to } });
      expect(listed.items.map((entry) => entry.transferId)).toEqual(stated.map((entry) => entry.transferId).toReversed());
      expect(borders.opening.balanceMinutes).toBe(opening);
      expect(stated.every((entry) => entry.recordedAt >= from && entry.recordedAt < to)).toBe(true);
      expect(borders.closing.balanceMinutes).toBe(opening + stated.reduce((sum, entry) => sum + entry.minutes, 0));
      expect(stated).toHaveLength(borders.closing.version - borders.opening.version);
      opening = borders.closing.balanceMinutes;
      entries += stated.length;
    }
    expect([opening, entries]).toEqual([180, 121]);
  });

  it('never records before what the account recorded last, even when the clock runs behind', async () => {
    rooms.clock.advance(-90 * 24 * 60);
    await bank.post(bank.posting({ minutes: 3 }));
    const { items } = await rooms.get(ReadEntries).run(bank.bankId, bank.client, { limit: 2 });
    expect(items[0]?.recordedAt).toEqual(items[1]?.recordedAt);
  });

  it('refuses a cursor of another list', async () => {
    await expect(rooms.get(ReadEntries).run(bank.bankId, bank.client, { limit: 5, cursor: 'WyJhIl0' })).rejects.toMatchObject({
      code: 'request/malformed',
    });
  });

  it('gives nothing of an account of another bank', async () => {
    const other = await TestLedger.open(rooms);
    expect((await rooms.get(ReadEntries).run(bank.bankId, other.client, { limit: 5 })).items).toEqual([]);
  });

  it('balances to zero', async () => {
    const trial = await rooms.get(ReadTrialBalance).run(bank.bankId);
    expect(trial.sumMinutes).toBe(0);
    expect(trial.accounts).toHaveLength(5);
  });
});
