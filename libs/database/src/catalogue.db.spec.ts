import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@timebank/testing';

/** Outside row security, or with a policy of its own, and why. */
const differently: Record<string, string> = {
  role: 'read at sign-in, before a bank is known',
  proxy_role: 'read with every call, as role is',
  role_change: 'says why a row of role came or went',
  locator: 'finds the bank of a card whose bank is not known yet',
  policy: "a row without a bank is the city's, which every bank reads",
  policy_withdrawal: 'as the row that it withdraws',
  relation: 'the bank of the other one reads it too, and confirms it',
  audit_trail: 'its triggers write for whichever bank a row is of',
};

const ledgerTables = [
  'account',
  'transfer',
  'hold',
  'hold_end',
  'refusal',
  'account_history',
  'checkpoint',
  'ledger_restore',
  'ledger_clock_repair',
  'void_checkpoint',
  'audit_trail',
];

describe('the catalogue of the migrated database', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  const names = async (sql: string, values: unknown[] = []) => (await database.query<{ name: string }>(sql, values)).map((row) => row.name);
  const tablesOf = (schema: string) => `select c.oid, c.relname, c.relrowsecurity, c.relforcerowsecurity from pg_class c
    join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and n.nspname = '${schema}'`;
  const withBank = `select t.* from (${tablesOf('public')}) t join pg_attribute a on a.attrelid = t.oid and a.attname = 'bank_id' and not a.attisdropped`;

  it('forces row security by bank on every table that has one', async () => {
    const wall = '((bank_id = ANY (( SELECT timebank_banks() AS timebank_banks)::uuid[])) IS TRUE)';
    const isolated = `exists (select from pg_policy p where p.polrelid = t.oid and p.polname = 'by_bank' and p.polcmd = '*'
      and pg_get_expr(p.polqual, p.polrelid) = '${wall}' and pg_get_expr(p.polwithcheck, p.polrelid) = '${wall}')
      and 1 = (select count(*) from pg_policy p where p.polrelid = t.oid)`;
    expect(
      await names(
        `select relname as name from (${withBank}) t where not (relrowsecurity and relforcerowsecurity and ${isolated}) order by relname`,
      ),
    ).toEqual(Object.keys(differently).sort());
    expect(
      await names(
        `select relname as name from (${tablesOf('public')}) t where relname = 'policy' and relrowsecurity and relforcerowsecurity`,
      ),
    ).toEqual(['policy']);
    // Written in its own bank alone; what is more than the wall only reads.
    expect(
      await names(`select polname || ' ' || polcmd::text || ' ' || relrowsecurity || ' ' || relforcerowsecurity as name
        from pg_policy join pg_class on pg_class.oid = polrelid where polrelid = 'relation'::regclass order by 1`),
    ).toEqual(['by_bank * true true', 'by_other_bank r true true']);
  });

  it('has an index that begins with the columns of every foreign key', async () => {
    expect(
      await names(
        `select c.conrelid::regclass || ' ' || c.conname as name from pg_constraint c
          where c.contype = 'f' and not exists (
            select from pg_index i
             where i.indrelid = c.conrelid and i.indpred is null
               and (select array_agg(k order by k) from unnest(c.conkey) k)
                 = (select array_agg(k order by k) from unnest((i.indkey::int2[])[0:cardinality(c.conkey) - 1]) k))
          order by 1`,
      ),
    ).toEqual([]);
  });

  it('begins every key, unique and foreign key of a table that has a bank with it', async () => {
    const first = (keys: string) => `(select a.attname from pg_attribute a where a.attrelid = t.oid and a.attnum = ${keys})`;
    expect(
      await names(
        `select i.indexrelid::regclass::text as name from (${withBank}) t join pg_index i on i.indrelid = t.oid
          where i.indisunique and ${first('i.indkey[0]')} is distinct from 'bank_id' and t.relname <> all ($1)
         union all
         select c.conname from (${withBank}) t join pg_constraint c on c.conrelid = t.oid
          where c.contype = 'f' and ${first('c.conkey[1]')} is distinct from 'bank_id' and t.relname <> all ($1)
            and exists (select from pg_attribute far where far.attrelid = c.confrelid and far.attname = 'bank_id' and not far.attisdropped)`,
        [Object.keys(differently)],
      ),
    ).toEqual([]);
  });

  it('has no index on what changes in an account', async () => {
    expect(
      await names(
        `select distinct a.attname as name from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
          where i.indrelid = 'account'::regclass order by 1`,
      ),
    ).toEqual(['account_id', 'bank_id']);
  });

  it('lets the application only read the ledger', async () => {
    expect(
      await names(
        `select distinct privilege_type as name from information_schema.role_table_grants
          where grantee = 'timebank_app' and table_name = any ($1)`,
        [ledgerTables],
      ),
    ).toEqual(['SELECT']);
  });

  it('lets the application own nothing, truncate nothing and delete no history', async () => {
    expect(await names(`select relname as name from pg_class where relowner = 'timebank_app'::regrole`)).toEqual([]);
    expect(
      await names(
        `select distinct table_name || ' ' || privilege_type as name from information_schema.role_table_grants
          where grantee = 'timebank_app' and privilege_type in ('TRUNCATE', 'TRIGGER', 'REFERENCES')`,
      ),
    ).toEqual([]);
    const changeable = `select distinct g.table_name as name from information_schema.role_table_grants g
      join pg_class c on c.relname = g.table_name and c.relnamespace = 'public'::regnamespace
      join pg_trigger t on t.tgrelid = c.oid and t.tgname = 'append_only'
     where g.table_schema = 'public' and g.grantee = 'timebank_app' and g.privilege_type in ('UPDATE', 'DELETE')`;
    expect(await names(changeable)).toEqual([]);
  });

  it('lets functions that run as their owner name their search path', async () => {
    expect(
      await names(
        `select proname as name from pg_proc where prosecdef and pronamespace = 'public'::regnamespace
          and not exists (select from unnest(proconfig) setting where setting like 'search_path=%pg_temp')`,
      ),
    ).toEqual([]);
  });
});
