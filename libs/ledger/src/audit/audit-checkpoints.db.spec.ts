import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openRooms, TestLedger, type TestRooms } from '@timebank/testing';
import { AuditCheckpoints } from './audit-checkpoints';
import { AuditLedger } from './audit-ledger';
import { AuditNewest } from './audit-newest';
import { CheckpointFolder } from '../sealing/checkpoint-folder';
import { checkpointFile, keyIdOf, type SignedCheckpoint, signStatement } from '../sealing/checkpoint.rules';
import { CheckpointsModule } from '../checkpoints.module';
import { LedgerModule } from '../ledger.module';
import { SealCheckpoints } from '../sealing/seal-checkpoints';

describe('the audit against published checkpoints', () => {
  let rooms: TestRooms;
  let bank: TestLedger;
  let gift: string;
  const home = mkdtempSync(join(tmpdir(), 'timebank-audit-'));
  const folder = new CheckpointFolder(join(home, 'checkpoints'));
  beforeAll(async () => {
    rooms = await openRooms([LedgerModule, CheckpointsModule.forRoot({ keyFolder: home, folder: folder.path })]);
    await rooms.database.query('set session_replication_role = replica');
    await rooms.database.query('alter table checkpoint drop constraint checkpoint_pkey, drop constraint checkpoint_bank_id_below_xid_key');
    for (const column of ['statement', 'signature'])
      await rooms.database.query(`alter table checkpoint alter column ${column} drop not null`);
  });
  beforeEach(async () => {
    bank = await TestLedger.open(rooms);
    const given = bank.posting({ minutes: 10, kind: 'gift', class: null, visitId: null });
    gift = given.transferId;
    await bank.post(given);
    await bank.hold(50);
    await seal();
    await bank.post(bank.posting({ minutes: 20, holdId: await bank.hold(20) }));
    await bank.post(bank.posting({ minutes: 9_999 }));
    await seal();
    await bank.post(bank.posting({ minutes: 30 }));
  });
  afterAll(async () => {
    await rooms.close();
    rmSync(home, { recursive: true, force: true });
  });

  const seal = async () => {
    await bank.settle();
    return rooms.get(SealCheckpoints).run([bank.bankId]);
  };
  const audit = async () =>
    (await rooms.get(AuditLedger).run([bank.bankId], { folder: folder.path })).faults.map(({ fault, id }) => ({ fault, id }));
  const file = (name: string) => join(folder.path, bank.bankId, name);
  const edit = (name: string, change: (text: string) => string) => writeFileSync(file(name), change(readFileSync(file(name), 'utf8')));
  /** Edits a row and every link after it, as one does who knows how the chain is made. */
  const forge = async (sql: string, values: unknown[]) => {
    await rooms.database.query(sql, values);
    await rooms.database.query(
      `with recursive ordered as (
         select transfer_id, transfer_content(t) as content, account_id, version, balance from transfer t
          cross join lateral (values (debit_account_id, debit_version, debit_balance_after), (credit_account_id, credit_version, credit_balance_after)) side (account_id, version, balance)
          where bank_id = $1
       ), link as (
         select transfer_id, account_id, version, chain_of(content, version, balance) over (partition by account_id order by version) as hash from ordered
       )
       update transfer set debit_hash = debit.hash, credit_hash = credit.hash from link debit, link credit
        where bank_id = $1 and debit.transfer_id = transfer.transfer_id and debit.account_id = debit_account_id
          and credit.transfer_id = transfer.transfer_id and credit.account_id = credit_account_id`,
      [bank.bankId],
    );
    await rooms.database.query(
      `update account set head_hash = (select case account_id when debit_account_id then debit_hash else credit_hash end from transfer
          where bank_id = $1 and (debit_account_id = account_id and debit_version = version or credit_account_id = account_id and credit_version = version))
        where bank_id = $1 and version > 0`,
      [bank.bankId],
    );
  };

  it('is green beside the sealing, also between the commit of a checkpoint and its publishing', async () => {
    await bank.post(bank.posting({ minutes: 1 }));
    await seal();
    renameSync(file('3.json'), file('aside'));
    const beside = audit();
    await sleep(200);
    renameSync(file('aside'), file('3.json'));
    expect(await beside).toEqual([]);
  });

  it('is green when a checkpoint is sealed and published while it looks', async () => {
    const looking = new (class extends CheckpointFolder {
      override keys() {
        writeFileSync(file('3.json'), readFileSync(file('2.json')));
        return super.keys();
      }
    })(folder.path);
    expect((await rooms.get(AuditCheckpoints).look(bank.bankId, looking)).faults).toEqual([]);
  });

  it('is green when nothing was touched', async () => {
    expect(await audit()).toEqual([]);
    expect((await rooms.get(AuditLedger).run([bank.bankId], { folder: folder.path })).checkpoints).toBe(2);
  });

  it('finds a clever forgery, chain and heads recomputed, and names the row', async () => {
    await forge(`update transfer set memo_code = 'rent' where transfer_id = $1`, [gift]);
    expect(await audit()).toEqual([{ fault: 'checkpoint_broken', id: gift }]);
    rmSync(file('1.leaves'));
    expect(await audit()).toEqual([{ fault: 'checkpoint_broken', id: '1' }]);
  });

  it.each([
    ['hold', `update hold set expires_at = expires_at + interval '1 hour' where bank_id = $1`],
    ['hold_end', `update hold_end set ended_at = ended_at + interval '1 hour' where bank_id = $1`],
    ['refusal', `update refusal set parameters = '{"availableMinutes": 0}' where bank_id = $1`],
    ['refusal', 'delete from refusal where bank_id = $1'],
    [
      'hold',
      `insert into hold select bank_id, gen_random_uuid(), account_id, minutes, expires_at, placed_at, recorded_xid from hold where bank_id = $1`,
    ],
    ['account_history', `update account_history set recorded_xid = '7' where bank_id = $1 and kind = 'fund'`],
  ])('finds an edit of a sealed %s', async (_, sql) => {
    await rooms.database.query(sql, [bank.bankId]);
    expect((await audit()).map(({ fault }) => fault)).toContain('checkpoint_broken');
  });

  it('finds a published file gone', async () => {
    rmSync(file('1.json'));
    expect(await audit()).toEqual([{ fault: 'checkpoint_missing', id: '1' }]);
  });

  it('finds a published file edited, also where nothing that it says changed', async () => {
    edit('2.json', (text) => text.replace(/(?<="root":")./, (first) => (first === '0' ? '1' : '0')));
    expect(await audit()).toEqual([{ fault: 'checkpoint_edited', id: '2' }]);
    edit('2.json', (text) => `${text} `);
    expect(await audit()).toEqual([{ fault: 'checkpoint_edited', id: '2' }]);
    writeFileSync(file('2.json'), 'no JSON');
    expect(await audit()).toEqual([{ fault: 'checkpoint_edited', id: '2' }]);
  });

  it('finds two published files that changed places', async () => {
    renameSync(file('1.json'), file('aside'));
    renameSync(file('2.json'), file('1.json'));
    renameSync(file('aside'), file('2.json'));
    expect(await audit()).toEqual([{ fault: 'checkpoint_edited', id: '1' }]);
  });

  it('finds a checkpoint signed by a key that nobody published, and one that does not follow', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const { statement } = folder.read(bank.bankId, 2) as SignedCheckpoint;
    const forged = signStatement({ ...statement, keyId: keyIdOf(publicKey), previousHash: '0'.repeat(64) }, privateKey);
    writeFileSync(file('2.json'), checkpointFile(forged));
    expect(await audit()).toEqual([{ fault: 'checkpoint_key_unknown', id: '2' }]);
    folder.publishKey(publicKey);
    expect((await audit()).map(({ fault }) => fault)).toEqual(['checkpoint_differs', 'checkpoint_unlinked']);
  });

  it.each([
    ['away', 'delete from checkpoint where bank_id = $1 and number = 2'],
    [
      'otherwise',
      `update checkpoint set statement = replace(statement, '"sumMinutes":0', '"sumMinutes":1') where bank_id = $1 and number = 2`,
    ],
    ['twice', 'insert into checkpoint select * from checkpoint where bank_id = $1 and number = 2'],
    ['at another transaction', `update checkpoint set below_xid = '900000000' where bank_id = $1 and number = 2`],
  ])("finds the database's copy %s", async (_, sql) => {
    await rooms.database.query(sql, [bank.bankId]);
    expect(await audit()).toEqual([{ fault: 'checkpoint_differs', id: '2' }]);
  });

  const auditNewest = async () =>
    (await rooms.get(AuditNewest).run(folder.path, [bank.bankId])).faults.map(({ fault, id }) => ({ fault, id }));

  it('looks in moments at what came after the newest checkpoint, and at no more', async () => {
    expect(await rooms.get(AuditNewest).run(folder.path, [bank.bankId])).toMatchObject({
      transfers: 1,
      accounts: 0,
      checkpoints: 1,
      faults: [],
    });
    await rooms.database.query(`update transfer set memo_code = 'rent' where transfer_id = $1`, [gift]);
    expect(await auditNewest()).toEqual([]);
  });

  const newTransfer = `bank_id = $1 and recorded_xid >= (select max(below_xid) from checkpoint where bank_id = $1)`;
  it.each([
    ['minutes', `update transfer set minutes = 31 where ${newTransfer}`, 'wrong_running_balance'],
    ['an actor', `update transfer set actor_id = gen_random_uuid() where ${newTransfer}`, 'wrong_hash'],
    ['a version', `update transfer set debit_version = 77 where ${newTransfer}`, 'missing_version'],
    ['a class', `update transfer set class = null where ${newTransfer}`, 'malformed_transfer'],
    ['a balance', `update account set balance_minutes = balance_minutes + 1 where bank_id = $1 and kind = 'member'`, 'wrong_balance'],
    ['a head', `update account set head_hash = '' where bank_id = $1 and kind = 'member'`, 'wrong_head'],
    ['an account', `delete from account where bank_id = $1 and kind = 'member'`, 'unknown_account'],
    ['the published file', 'update checkpoint set number = 3 where bank_id = $1 and number = 2', 'checkpoint_differs'],
  ])('finds there %s edited', async (_, sql, fault) => {
    await rooms.database.query(sql, [bank.bankId]);
    expect((await auditNewest()).map((found) => found.fault)).toContain(fault);
  });

  it('takes everything for new where nothing is published', async () => {
    for (const name of ['1.json', '2.json']) rmSync(file(name));
    await rooms.database.query(`update transfer set memo_code = 'rent' where transfer_id = $1`, [gift]);
    expect(await auditNewest()).toEqual([
      { fault: 'checkpoint_missing', id: '1' },
      { fault: 'checkpoint_missing', id: '2' },
      { fault: 'wrong_hash', id: gift },
    ]);
  });

  it("takes the database's copies where no folder is named, and finds one that nobody could have written", async () => {
    const alone = async () => (await rooms.get(AuditLedger).run([bank.bankId])).faults.map(({ fault, id }) => ({ fault, id }));
    expect(await alone()).toEqual([]);
    await rooms.database.query(`update checkpoint set statement = 'none' where bank_id = $1 and number = 2`, [bank.bankId]);
    expect(await alone()).toEqual([{ fault: 'checkpoint_edited', id: '2' }]);
    await rooms.database.query(`update checkpoint set statement = null, signature = null where bank_id = $1 and number = 2`, [bank.bankId]);
    expect(await audit()).toEqual([{ fault: 'checkpoint_differs', id: '2' }]);
  });

  it("does not take another bank's files for its own", async () => {
    const other = bank;
    bank = await TestLedger.open(rooms);
    await seal();
    writeFileSync(file('1.json'), readFileSync(join(folder.path, other.bankId, '1.json')));
    expect(await audit()).toEqual([{ fault: 'checkpoint_edited', id: '1' }]);
  });
});
