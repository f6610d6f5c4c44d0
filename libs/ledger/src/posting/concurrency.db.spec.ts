import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { openRooms, TestLedger, type TestRooms } from '@timebank/testing';
import { AuditLedger } from '../audit/audit-ledger';
import { LedgerModule } from '../ledger.module';
import type { Posting } from './posting.rules';
import { PostTransfers } from './post-transfers';

describe('many at once', () => {
  let rooms: TestRooms;
  beforeAll(async () => {
    rooms = await openRooms([LedgerModule]);
  });
  afterAll(() => rooms.close());

  const members = async (bank: TestLedger, count: number, minutes: number) => {
    const ids = Array.from({ length: count }, () => newId());
    await bank.openAccounts(
      ids.map((accountId) => ({ accountId, kind: 'member', ownerId: newId(), floorMinutes: 0, ceilingMinutes: null })),
    );
    if (minutes > 0) await rooms.get(PostTransfers).run(ids.map((accountId) => bank.opening(accountId, minutes)));
    return ids;
  };
  const pick = <Item>(items: readonly Item[], chance: number) => items[Math.floor(chance * items.length)] as Item;
  const faultsOf = async (bank: TestLedger) => (await rooms.get(AuditLedger).run([bank.bankId])).faults;

  it('posts each of 200 ids once although each is sent five times at once', async () => {
    const bank = await TestLedger.open(rooms, null);
    await bank.post(bank.opening(bank.client, 700));
    const services = Array.from({ length: 200 }, () => bank.posting({ minutes: 5 }));
    const sends = services.flatMap((service) => Array.from({ length: 5 }, () => service)).sort(() => Math.random() - 0.5);
    const outcomes = await Promise.all(sends.map((service) => bank.post(service)));
    expect(outcomes.filter((answer) => answer.outcome === 'posted')).toHaveLength(200);
    expect(outcomes.filter((answer) => answer.outcome === 'repeated')).toHaveLength(800);
    expect(await bank.minutesOf(bank.volunteer)).toBe(1_000);
    expect(await faultsOf(bank)).toEqual([]);
  });

  it('lets exactly one win when an id is sent at once for different accounts', async () => {
    const bank = await TestLedger.open(rooms);
    const ids = await members(bank, 10, 100);
    for (let round = 0; round < 20; round += 1) {
      const transferId = newId();
      const rivals = Array.from({ length: 5 }, (_, index) =>
        bank.posting({ transferId, debitAccountId: pick(ids, index / 5), creditAccountId: pick(ids, index / 5 + 0.1), minutes: 1 }),
      );
      const outcomes = await Promise.all(rivals.map((posting) => bank.post(posting)));
      expect(outcomes.map((answer) => answer.code ?? answer.outcome).sort()).toEqual([
        ...Array<string>(4).fill('ledger/id_reused'),
        'posted',
      ]);
    }
    expect(await faultsOf(bank)).toEqual([]);
  });

  it.each([2, 5, 10])('lets no deadlock reach 32 workers that cross on %i accounts', async (count) => {
    const bank = await TestLedger.open(rooms);
    const ids = await members(bank, count, 1_000);
    const other = (taken: string) =>
      pick(
        ids.filter((id) => id !== taken),
        Math.random(),
      );
    const worker = async () => {
      for (let call = 0; call < 10; call += 1) {
        const batch: Posting[] = Array.from({ length: 1 + Math.floor(Math.random() * 4) }, () => {
          const debitAccountId = pick(ids, Math.random());
          return bank.posting({ debitAccountId, creditAccountId: other(debitAccountId), minutes: 1 + Math.floor(Math.random() * 50) });
        });
        await rooms.get(PostTransfers).run(batch);
      }
    };
    await Promise.all(Array.from({ length: 32 }, worker));
    expect(await faultsOf(bank)).toEqual([]);
  });

  it('never holds or spends a minute twice', async () => {
    const bank = await TestLedger.open(rooms);
    const attempts = Array.from({ length: 10 }, (_, index) =>
      (index % 2 === 0
        ? bank.hold(100).then(() => 'held')
        : bank.post(bank.posting({ minutes: 100 })).then((answer) => answer.outcome)
      ).catch(() => 'refused'),
    );
    const outcomes = await Promise.all(attempts);
    expect(outcomes.filter((outcome) => outcome !== 'refused')).toHaveLength(3);
    expect(await faultsOf(bank)).toEqual([]);
  });
});
