import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { countTransactionsOn } from '@timebank/database';
import { openRooms, TestLedger, type TestRooms } from '@timebank/testing';
import { AuditLedger } from '../audit/audit-ledger';
import { CheckpointFolder } from './checkpoint-folder';
import { CheckpointsModule } from '../checkpoints.module';
import { LedgerModule } from '../ledger.module';
import { verifyProof } from './proof.rules';
import { ProveEntries } from './prove-entries';
import { SealCheckpoints } from './seal-checkpoints';
import { sealingOf, WatchBooks } from './watch-books';

describe('a dump that was restored into a fresh server', () => {
  const home = mkdtempSync(join(tmpdir(), 'timebank-dump-'));
  const folder = new CheckpointFolder(join(home, 'checkpoints'));
  let rooms: TestRooms;
  let bank: TestLedger;

  /** What the dump carries along; a fresh server's own count is lower by so many. */
  const countFrom = (offset: number) =>
    rooms.database.query(
      `create or replace function transaction_offset() returns bigint language sql stable parallel safe as 'select ${offset}::bigint'`,
    );
  const seal = async () => {
    await bank.settle();
    return rooms.get(SealCheckpoints).run([bank.bankId]);
  };

  beforeAll(async () => {
    rooms = await openRooms([LedgerModule, CheckpointsModule.forRoot({ keyFolder: home, folder: folder.path })]);
    await countFrom(50_000_000);
    bank = await TestLedger.open(rooms);
    await rooms.database.query(`insert into locator (hash, kind, bank_id, id) values ($1, 'bank', $2, $3)`, [
      Buffer.from(bank.bankId),
      bank.bankId,
      bank.bankId,
    ]);
    await bank.post(bank.posting({ minutes: 10 }));
    await seal();
    await bank.post(bank.posting({ minutes: 20 }));
    await countFrom(0);
  });
  afterAll(async () => {
    await rooms.close();
    rmSync(home, { recursive: true, force: true });
  });

  it('F2: is known as such: nothing is written, nothing sealed, and the service is not ready', async () => {
    const state = await rooms.get(WatchBooks).look();
    expect(state.transactionsBehind).toBeGreaterThan(40_000_000);
    expect(sealingOf(state)).toBe('behind');
    await expect(rooms.get(WatchBooks).refuseToWrite()).rejects.toMatchObject({
      code: 'service/unavailable',
      parameters: { reason: 'transactions_behind' },
    });
    await expect(rooms.get(SealCheckpoints).run([bank.bankId])).rejects.toMatchObject({ code: 'ledger/transactions_behind' });
  });

  it('F2: counts on from what is stored in one step, on record; then it posts, seals, proves and audits as ever', async () => {
    expect(await countTransactionsOn(rooms.database.ownerUrl)).toBeGreaterThan(40_000_000);
    expect(await countTransactionsOn(rooms.database.ownerUrl)).toBe(0);
    expect(await rooms.database.query('select name from installation_mark')).toEqual([{ name: 'transactions counted on' }]);
    expect(sealingOf(await rooms.get(WatchBooks).look())).toBe('ok');
    await bank.post(bank.posting({ minutes: 30 }));
    await bank.hold(5);
    expect(await seal()).toMatchObject([{ statement: { number: 2, counts: { transfer: 2, hold: 1 } } }]);
    await bank.post(bank.posting({ minutes: 40, holdId: await bank.hold(40) }));
    const { faults } = await rooms.get(AuditLedger).run([bank.bankId], { folder: folder.path });
    expect(faults).toEqual([]);
    const proof = await rooms.get(ProveEntries).run(bank.bankId, bank.volunteer, 1, 100);
    expect(verifyProof(proof, folder.keys())).toMatchObject({
      holds: true,
      lines: [{}, { isSealed: true }, { isSealed: true }, { isSealed: false }],
    });
  });
});
