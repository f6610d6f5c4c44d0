import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { openRooms, TestLedger, type TestRooms } from '@timebank/testing';
import { Client } from 'pg';
import { LedgerModule } from './ledger.module';
import { ReadAccount } from './read-account';

const history = ['transfer', 'hold', 'hold_end', 'refusal'];

describe('the walls of the ledger', () => {
  let rooms: TestRooms;
  let bank: TestLedger;
  let app: Client;
  let owner: Client;

  const connect = async (url: string) => {
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query(`select set_config('timebank.banks', $1, false)`, [`{${bank.bankId}}`]);
    return client;
  };

  beforeAll(async () => {
    rooms = await openRooms([LedgerModule]);
    bank = await TestLedger.open(rooms);
    await bank.post(bank.posting({ holdId: await bank.hold(60) }));
    await bank.post(bank.posting({ minutes: 9_999 }));
    app = await connect(rooms.database.url);
    owner = await connect(rooms.database.ownerUrl);
  });
  afterAll(async () => {
    await app.end();
    await owner.end();
    await rooms.close();
  });

  it.each([...history, 'account'])('let the application read %s and change nothing there', async (table) => {
    expect((await app.query(`select from ${table}`)).rowCount).toBeGreaterThan(0);
    for (const sql of [
      `insert into ${table} select * from ${table}`,
      `update ${table} set bank_id = bank_id`,
      `delete from ${table}`,
      `truncate ${table} cascade`,
    ]) {
      await expect(app.query(sql)).rejects.toThrow('permission denied');
    }
  });

  it.each(history)('let not even the owner change or remove a row of %s', async (table) => {
    for (const sql of [`update ${table} set bank_id = bank_id`, `delete from ${table}`, `truncate ${table} cascade`]) {
      await expect(owner.query(sql)).rejects.toThrow('never changed');
    }
  });

  it('let not even the owner remove an account', async () => {
    await expect(owner.query('delete from account')).rejects.toThrow('never changed');
    await expect(owner.query('truncate account cascade')).rejects.toThrow('never changed');
  });

  it('keep an account inside its limits, whoever writes', async () => {
    const set = (column: string, value: number) =>
      rooms.database.query(`update account set ${column} = ${value} where account_id = $1`, [bank.client]);
    await expect(set('balance_minutes', -1)).rejects.toThrow('account_floor');
    await expect(set('held_out_minutes', 301)).rejects.toThrow('account_floor');
    await expect(set('balance_minutes', 1_001)).rejects.toThrow('account_ceiling');
    await expect(set('floor_minutes', -1)).rejects.toThrow('account_below_zero');
  });

  it('hide a bank from the others', async () => {
    const other = await TestLedger.open(rooms);
    for (const table of ['account', 'transfer']) {
      expect((await app.query(`select from ${table} where bank_id = $1`, [other.bankId])).rowCount).toBe(0);
      expect((await owner.query(`select from ${table} where bank_id = $1`, [other.bankId])).rowCount).toBe(0);
    }
    await expect(rooms.get(ReadAccount).run(bank.bankId, other.client)).rejects.toMatchObject({ code: 'ledger/account_not_found' });
  });

  it("take no posting whose accounts are another bank's, or accounts out of order", async () => {
    const other = await TestLedger.open(rooms);
    const parameters = Array.from({ length: 21 }, (_, index) => `$${index + 1}`).join(', ');
    const post = (banks: string[], accounts: string[]) =>
      app.query(`select post_many(${parameters})`, [
        new Date(),
        banks,
        accounts,
        [bank.bankId],
        [newId()],
        [1],
        [2],
        [1],
        ['gift'],
        [null],
        [null],
        [null],
        [null],
        [newId()],
        [new Date()],
        [null],
        [null],
        [null],
        [null],
        [null],
        [null],
      ]);
    const accounts = [other.client, other.volunteer].toSorted();
    await expect(post([other.bankId, other.bankId], accounts)).rejects.toThrow('within its bank');
    await expect(post([other.bankId, other.bankId], accounts.toReversed())).rejects.toThrow('in id order');
    await expect(post([other.bankId, other.bankId], [other.client, other.client])).rejects.toThrow('each once');
  });

  it('keep the functions from everyone but the application', async () => {
    const rows = await rooms.database.query<{ proname: string }>(
      `select p.proname from pg_proc p cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) grants
        where p.prosecdef and grants.grantee = 0`,
    );
    expect(rows).toEqual([]);
  });

  it('leave a connection without banks in sight after a call of its own', async () => {
    const fresh = new Client({ connectionString: rooms.database.url });
    await fresh.connect();
    await fresh.query(`select release_holds($1, array[$1::uuid], now())`, [bank.bankId]);
    expect((await fresh.query('select from account')).rowCount).toBe(0);
    await fresh.end();
  });
});
