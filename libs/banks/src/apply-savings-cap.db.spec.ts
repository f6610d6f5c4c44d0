import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessModule, type Actor } from '@timebank/access';
import { ApplySavingsCap, BanksModule, PutBank, PutPolicy } from '@timebank/banks';
import { UnitOfWork } from '@timebank/database';
import { newId } from '@timebank/kernel';
import { LedgerModule, OpenAccounts, PostTransfers } from '@timebank/ledger';
import { openRooms, type TestRooms } from '@timebank/testing';

const admin: Actor = { personId: newId(), roles: [{ role: 'admin', bankId: null, memberId: null }] };

describe('the savings cap', () => {
  let rooms: TestRooms;
  const bankId = newId();
  const [poor, rich] = [newId(), newId()];
  beforeAll(async () => {
    rooms = await openRooms([AccessModule.forRoot({ secretKey: 'x'.repeat(32) }), BanksModule, LedgerModule]);
    await rooms.get(PutBank).run(bankId, { name: 'Drum Tower', phone: '025-83330000', timeZone: 'Asia/Shanghai' });
    const account = (accountId: string) => ({
      accountId,
      kind: 'member' as const,
      ownerId: newId(),
      floorMinutes: 0,
      ceilingMinutes: 90_000,
    });
    const unit = rooms.get(UnitOfWork);
    await unit.run([bankId], () => rooms.get(OpenAccounts).run(bankId, [account(poor), account(rich)]));
    const [issuance] = await rooms.database.query<{ account_id: string }>(`select account_id from account where kind = 'issuance'`);
    const [posted] = await unit.run([bankId], () =>
      rooms.get(PostTransfers).run([
        {
          bankId,
          transferId: newId(),
          debitAccountId: issuance?.account_id ?? '',
          creditAccountId: rich,
          minutes: 70_000,
          kind: 'opening',
          class: null,
          visitId: null,
          reversesId: null,
          memoCode: null,
          actorId: admin.personId,
          effectiveAt: rooms.clock.now(),
          holdId: null,
          overflow: null,
          cover: null,
        },
      ]),
    );
    if (posted?.outcome !== 'posted') throw new Error('the opening was not posted');
  });
  afterAll(() => rooms.close());

  const apply = () => rooms.get(ApplySavingsCap).run(bankId);
  const ceilings = async () => {
    const rows = await rooms.database.query<{ account_id: string; ceiling_minutes: string | null }>(
      'select account_id, ceiling_minutes from account',
    );
    const of = (id: string) => Number(rows.find((row) => row.account_id === id)?.ceiling_minutes);
    return { poor: of(poor), rich: of(rich), unlimited: rows.filter((row) => row.ceiling_minutes === null).length };
  };

  it('changes nothing while policy stays as it was', async () => {
    expect(await apply()).toBe(0);
  });

  it("takes effect on its day, leaves those who hold more with what they have, and the bank's own accounts alone", async () => {
    await rooms
      .get(PutPolicy)
      .run(admin, bankId, newId(), { key: 'savingsCapMinutes', value: 60_000, validFrom: '2026-03-03', source: 'council' });
    expect(await apply()).toBe(0);
    rooms.clock.advance(24 * 60);
    expect(await apply()).toBe(2);
    expect(await ceilings()).toEqual({ poor: 60_000, rich: 70_000, unlimited: 4 });
    expect(await apply()).toBe(0);
  });
});
