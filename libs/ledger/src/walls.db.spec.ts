import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openRooms, TestLedger, testStart, type TestRooms } from '@timebank/testing';
import { Client } from 'pg';
import { LedgerModule } from './ledger.module';
import { postArguments } from './posting/posting.rules';
import { ReadAccount } from './accounts-and-holds/read-account';
import { SetLimits } from './accounts-and-holds/set-limits';

const history = ['transfer', 'hold', 'hold_end', 'refusal', 'account_history'];

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
    await expect(set('balance_minutes', -1)).rejects.toThrow('account_limits');
    await expect(set('held_out_minutes', 301)).rejects.toThrow('account_limits');
    await expect(set('held_out_minutes', -1)).rejects.toThrow('account_limits');
    await expect(set('balance_minutes', 1_001)).rejects.toThrow('account_limits');
    const { unit, bankId } = bank;
    const below = unit.run([bankId], () => rooms.get(SetLimits).run(bankId, bank.volunteer, { floorMinutes: -1, ceilingMinutes: null }));
    await expect(below).rejects.toThrow('account_below_zero');
  });

  it('hide a bank from the others', async () => {
    const other = await TestLedger.open(rooms);
    for (const table of ['account', 'transfer']) {
      expect((await app.query(`select from ${table} where bank_id = $1`, [other.bankId])).rowCount).toBe(0);
      expect((await owner.query(`select from ${table} where bank_id = $1`, [other.bankId])).rowCount).toBe(0);
    }
    await expect(rooms.get(ReadAccount).run(bank.bankId, other.client)).rejects.toMatchObject({ code: 'ledger/account_not_found' });
  });

  it("take no posting whose accounts are another bank's", async () => {
    const other = await TestLedger.open(rooms);
    const post = (banks: string[], accounts: string[]) => {
      const [at, , , legs] = postArguments(
        [bank.posting({ debitAccountId: accounts[0] as string, creditAccountId: accounts[1] as string })],
        testStart,
      );
      return app.query('select post_many($1, $2, $3, $4)', [at, banks, accounts, legs]);
    };
    const accounts = [other.client, other.volunteer].toSorted();
    await expect(post([other.bankId, other.bankId], accounts)).rejects.toThrow('within its bank');
  });

  it('keep the functions from everyone but the application', async () => {
    const rows = await rooms.database.query<{ proname: string }>(
      `select p.proname from pg_proc p cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) grants
        where p.prosecdef and grants.grantee = 0`,
    );
    expect(rows).toEqual([]);
  });

  it('keep a function that a later migration makes from everyone, without a word of its own', async () => {
    await owner.query('begin');
    await owner.query(`create table made_later (made_id uuid primary key); call keep_trail('made_later', false)`);
    await owner.query(`create procedure do_later() language sql security definer as 'select'`);
    const { rows } = await owner.query<{ name: string }>(
      `select proname as name from pg_proc p where p.proname in ('do_later', 'trail_of_made_later') and not has_function_privilege($1, p.oid, 'execute')
        order by 1`,
      [new URL(rooms.database.url).username],
    );
    await owner.query('rollback');
    expect(rows.map(({ name }) => name)).toEqual(['do_later', 'trail_of_made_later']);
  });

  it('leave a connection without banks in sight after a call of its own', async () => {
    const fresh = new Client({ connectionString: rooms.database.url });
    await fresh.connect();
    await fresh.query(`select release_holds($1, array[$1::uuid], now())`, [bank.bankId]);
    expect((await fresh.query('select from account')).rowCount).toBe(0);
    await fresh.end();
  });
});
