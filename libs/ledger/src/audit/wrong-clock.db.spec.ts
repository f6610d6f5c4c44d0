import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openRooms, TestLedger, testStart, type TestRooms } from '@timebank/testing';
import { AuditLedger } from './audit-ledger';
import { AuditNewest } from './audit-newest';
import { CheckpointsModule } from '../checkpoints.module';
import { LedgerModule } from '../ledger.module';
import { ReadStatement } from '../accounts-and-holds/read-statement';
import { RepairClock } from './repair-clock';
import { SealCheckpoints } from '../sealing/seal-checkpoints';
import { clockStateOf, WatchBooks } from '../sealing/watch-books';

const day = 86_400_000;

describe('books that ran ahead by a wrong clock of the machine', () => {
  const home = mkdtempSync(join(tmpdir(), 'timebank-wrong-clock-'));
  const folder = join(home, 'checkpoints');
  const said = { saidBy: 'Operator Shen', reason: 'the clock of the host was 40 days ahead' };
  const at = (days: number) => new Date(testStart.getTime() + days * day);
  let rooms: TestRooms;
  let bank: TestLedger;
  const audit = async () => [
    ...(await rooms.get(AuditLedger).run([bank.bankId], { folder })).faults,
    ...(await rooms.get(AuditNewest).run(folder, [bank.bankId])).faults,
  ];
  const seal = async () => {
    await bank.settle();
    await rooms.get(SealCheckpoints).run([bank.bankId]);
  };
  const refused = { code: 'service/unavailable', parameters: { reason: 'clock_behind', storedUntil: at(40).toISOString() } };

  beforeAll(async () => {
    rooms = await openRooms([LedgerModule, CheckpointsModule.forRoot({ keyFolder: home, folder })]);
    bank = await TestLedger.open(rooms);
    await rooms.database.query(`insert into locator (hash, kind, bank_id, id) values ($1, 'bank', $2, $2)`, [
      Buffer.from('bank'),
      bank.bankId,
    ]);
    await bank.post(bank.posting({ minutes: 10 }));
    await seal();
    rooms.clock.set(at(40));
    await bank.post(bank.posting({ minutes: 20 }));
    await bank.openAccounts([{ accountId: bank.bankId, kind: 'member', ownerId: bank.bankId, floorMinutes: 0, ceilingMinutes: 900 }]);
    rooms.clock.set(at(1));
    rooms.clock.isMachines = true;
  });
  afterAll(async () => {
    await rooms.close();
    rmSync(home, { recursive: true, force: true });
  });

  it('F4: are known as such before anything is written, and the reason is said', async () => {
    expect(await bank.post(bank.posting({ minutes: 5 }))).toMatchObject({ outcome: 'refused', code: 'ledger/clock_behind' });
    const state = await rooms.get(WatchBooks).look();
    expect([clockStateOf(state), state.storedUntil]).toEqual(['behind', at(40).toISOString()]);
    await expect(rooms.get(WatchBooks).refuseToWrite()).rejects.toMatchObject(refused);
  });

  it("F4: are no matter of a clock that is not the machine's, nor of one that lags by less than the ledger bears", async () => {
    rooms.clock.isMachines = false;
    expect(clockStateOf(await rooms.get(WatchBooks).look())).toBe('ok');
    rooms.clock.isMachines = true;
    rooms.clock.set(new Date(at(40).getTime() - 59 * 60_000));
    expect(clockStateOf(await rooms.get(WatchBooks).look())).toBe('ok');
    rooms.clock.set(at(1));
  });

  it('F4: go on once somebody has said so, on record, with every entry as it was', async () => {
    const entries = () => rooms.database.query(`select * from transfer where bank_id = $1 order by transfer_id`, [bank.bankId]);
    const before = await entries();
    const [repair, ...others] = await rooms.get(RepairClock).run(said);
    expect(repair).toMatchObject({ bankId: bank.bankId, aheadUntil: at(40), repairedAt: at(1), accounts: 3, ...said });
    expect(others).toEqual([]);
    expect(await entries()).toEqual(before);
    expect(await rooms.get(RepairClock).run(said)).toEqual([]);
    expect(await rooms.get(RepairClock).kept()).toEqual([repair]);
    await rooms.get(WatchBooks).refuseToWrite();
    rooms.clock.advance(5);
    expect(await bank.post(bank.posting({ minutes: 5 }))).toMatchObject({ outcome: 'posted' });
    expect(await bank.post(bank.opening(bank.bankId, 5))).toMatchObject({ outcome: 'posted' });
    expect(await audit()).toEqual([]);
    await seal();
    expect(await audit()).toEqual([]);
  });

  it('F4: leave opening and closing of every month right, and what was recorded ahead in the month of the repair', async () => {
    const borders = async (from: Date, to: Date) => {
      const { opening, closing } = await rooms.get(ReadStatement).run(bank.bankId, bank.client, from, to);
      return [opening.balanceMinutes, closing.balanceMinutes, closing.version - opening.version];
    };
    expect(await borders(at(0), at(1))).toEqual([0, 290, 2]);
    expect(await borders(at(1), at(2))).toEqual([290, 265, 2]);
    expect(await borders(at(39), at(41))).toEqual([265, 265, 0]);
  });

  it('F4: are found when it happens again, and when somebody moves an entry without a repair', async () => {
    rooms.clock.set(at(20));
    await bank.post(bank.posting({ minutes: 1 }));
    rooms.clock.set(at(2));
    await expect(rooms.get(WatchBooks).look()).resolves.toMatchObject({ storedUntil: at(20).toISOString() });
    await rooms.database.query('set session_replication_role = replica');
    await rooms.database.query(`update account set recorded_until = $2 where bank_id = $1 and recorded_until > $2`, [bank.bankId, at(2)]);
    expect((await audit()).map(({ fault }) => fault)).toEqual(['wrong_balance', 'wrong_balance']);
  });
});
