import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { openRooms, TestLedger, type TestRooms } from '@timebank/testing';
import { CapMembers } from './cap-members';
import { CloseAccount } from './close-account';
import { LedgerModule } from '../ledger.module';
import { SetLimits } from './set-limits';

describe('an account', () => {
  let rooms: TestRooms;
  let bank: TestLedger;
  beforeAll(async () => {
    rooms = await openRooms([LedgerModule]);
  });
  beforeEach(async () => {
    bank = await TestLedger.open(rooms);
  });
  afterAll(() => rooms.close());

  const history = (accountId: string) =>
    rooms.database.query(
      'select revision, floor_minutes::int as floor, ceiling_minutes::int as ceiling, closed from account_history where account_id = $1 order by 1',
      [accountId],
    );
  const limit = (accountId: string, floorMinutes: number | null, ceilingMinutes: number | null) =>
    rooms.get(SetLimits).run(bank.bankId, accountId, { floorMinutes, ceilingMinutes });
  const empty = () => bank.post(bank.posting({ minutes: 300 }));

  it('keeps every limit it ever had', async () => {
    await limit(bank.client, 0, 500);
    await limit(bank.client, 0, 500);
    await rooms.get(CapMembers).run(bank.bankId, 600);
    expect(await history(bank.client)).toEqual([
      { revision: 1, floor: 0, ceiling: 1_000, closed: false },
      { revision: 2, floor: 0, ceiling: 500, closed: false },
      { revision: 3, floor: 0, ceiling: 600, closed: false },
    ]);
  });

  it('takes no limit that what is on it has passed', async () => {
    await bank.hold(100);
    await expect(limit(bank.client, 201, null)).rejects.toMatchObject({
      code: 'ledger/limit_passed',
      parameters: { balanceMinutes: 300, heldMinutes: 100 },
    });
    await expect(limit(bank.client, 0, 299)).rejects.toMatchObject({ code: 'ledger/limit_passed' });
    const other = await TestLedger.open(rooms);
    await expect(limit(other.client, 0, 500)).rejects.toMatchObject({ code: 'ledger/account_not_found' });
  });

  it('closes once, for good, when nothing is left on it', async () => {
    const close = (accountId = bank.client) => rooms.get(CloseAccount).run(bank.bankId, accountId);
    await expect(close()).rejects.toMatchObject({ code: 'ledger/account_not_empty', parameters: { balanceMinutes: 300, heldMinutes: 0 } });
    await empty();
    await close();
    await close();
    expect((await history(bank.client)).at(-1)).toEqual({ revision: 2, floor: 0, ceiling: 1_000, closed: true });
    expect(await bank.post(bank.opening(bank.client, 10))).toMatchObject({
      code: 'ledger/account_closed',
      parameters: { accountId: bank.client },
    });
    expect(await bank.post(bank.posting())).toMatchObject({ code: 'ledger/account_closed' });
    await expect(bank.hold(1)).rejects.toMatchObject({ code: 'ledger/account_closed' });
    await expect(limit(bank.client, 0, null)).rejects.toMatchObject({ code: 'ledger/account_closed' });
  });

  it('takes nothing that a cap sends on, and issues nothing, once it is closed', async () => {
    for (const accountId of [bank.pool, bank.fund]) await rooms.get(CloseAccount).run(bank.bankId, accountId);
    await bank.post(bank.opening(bank.volunteer, 950));
    const overflow = { accountId: bank.pool, transferId: newId() };
    const closed = { code: 'ledger/account_closed', parameters: { accountId: bank.pool } };
    expect(await bank.post(bank.posting({ overflow }))).toMatchObject(closed);
    const cover = { accountId: bank.fund, transferId: newId(), limitMinutes: null };
    expect(await bank.post(bank.posting({ minutes: 301, cover }))).toMatchObject({ ...closed, parameters: { accountId: bank.fund } });
    expect(await bank.minutesOf(bank.pool)).toBe(0);
  });

  it('does not close for another bank', async () => {
    const other = await TestLedger.open(rooms);
    await expect(rooms.get(CloseAccount).run(other.bankId, bank.client)).rejects.toMatchObject({ code: 'ledger/account_not_found' });
  });
});
