import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { openRooms, type TestRooms } from '@timebank/testing';
import { Client } from 'pg';
import { secretColumns, tables } from '../tables/table-of-tables';
import { UnitOfWork } from '../unit-of-work';
import { CheckTrail, cityId } from './check-trail';
import { workAs } from './who-works';

type Entry = {
  act: string;
  actor_id: string | null;
  role: string | null;
  session_id: string | null;
  work: string | null;
  reason_code: string | null;
  happened_at: Date;
  row_keys: string[];
  changes: (Record<string, [unknown, unknown]> | null)[] | null;
};

describe('the audit trail', () => {
  let rooms: TestRooms;
  let unit: UnitOfWork;
  beforeAll(async () => {
    rooms = await openRooms([]);
    unit = rooms.get(UnitOfWork);
  });
  afterAll(() => rooms.close());

  const query = <Row extends object>(sql: string, values: unknown[] = []) => rooms.database.query<Row>(sql, values);
  const check = (bankId = cityId) => rooms.get(CheckTrail).run(bankId);
  const trailOf = (table: string, key: string) =>
    query<Entry>(`select * from audit_trail where table_name = $1 and $2 = any (row_keys) order by number`, [table, key]);
  const addPerson = async (phone: string, personId = newId()) => {
    await unit.run([], () =>
      unit.query('insert into person (person_id, sign_in_phone, password_hash, created_at) values ($1, $2, $3, $4)', [
        personId,
        phone,
        'a hash that nobody may read',
        unit.now,
      ]),
    );
    return personId;
  };
  /** As a superuser whom no trigger stops. */
  const past = async (sql: string, values: unknown[] = []) => {
    await query('set session_replication_role = replica');
    await query(sql, values);
    await query('set session_replication_role = origin');
  };

  it('says who changed what, as what, from where, when and why, with each field before and after', async () => {
    const [actorId, sessionId] = [newId(), newId()];
    const who = { work: 'patchMember', actorId, role: 'coordinator', sessionId, reasonCode: 'typing_error' };
    const personId = await addPerson('13800000001');
    await workAs(who, () =>
      unit.run([], () =>
        unit.query(`update person set sign_in_phone = '13800000002', password_hash = 'another' where person_id = $1`, [personId]),
      ),
    );
    const [laid, changed] = await trailOf('person', personId);
    // What it began with the row still says, or the change of it.
    expect(laid).toMatchObject({ act: 'insert', work: 'timebank', changes: null });
    expect(changed).toMatchObject({
      act: 'update',
      actor_id: actorId,
      role: 'coordinator',
      session_id: sessionId,
      work: 'patchMember',
      reason_code: 'typing_error',
      happened_at: rooms.clock.now(),
      changes: [{ sign_in_phone: ['13800000001', '13800000002'], password_hash: [null, 'changed'] }],
    });
    await unit.run([], () => unit.query('delete from role where person_id = $1', [personId]));
    await unit.run([], () => unit.query(`update person set sign_in_phone = '13800000002' where person_id = $1`, [personId]));
    expect(await trailOf('person', personId)).toHaveLength(2);
    expect(await check()).toEqual([]);
  });

  it('keeps no secret, in no table', async () => {
    const personId = await addPerson('13800000003');
    await query('delete from person where person_id = $1', [personId]);
    const kept = await query<{ text: string }>(`select string_agg(changes::text, ' ') as text from audit_trail`);
    expect(kept[0]?.text).toContain('13800000003');
    expect(kept[0]?.text).not.toContain('a hash that nobody may read');
    const named = await query<{ name: string; source: string }>(
      `select substr(proname, 10) as name, prosrc as source from pg_proc where proname like 'trail\\_of\\_%'`,
    );
    const told = secretColumns.filter((secret) => {
      const [table, column] = secret.split('.');
      return named.some(({ name, source }) => name === table && source.includes(`to_jsonb(n.${column})`));
    });
    expect(told).toEqual([]);
  });

  it('writes one entry for a statement over many rows, of a thousand at most', async () => {
    await workAs({ work: 'many' }, () =>
      unit.run([], () =>
        unit.query(`insert into person (person_id, created_at) select gen_random_uuid(), $1 from generate_series(1, 2500)`, [unit.now]),
      ),
    );
    const entries = await query<{ rows: number }>(
      `select cardinality(row_keys) as rows from audit_trail where work = 'many' order by 1 desc`,
    );
    expect(entries.map(({ rows }) => rows)).toEqual([1000, 1000, 500]);
    expect(await check()).toEqual([]);
  });

  it('keeps the changes of a bank where its own unit of work alone reads them, and lets the application write nothing', async () => {
    const bankId = newId();
    const personId = await addPerson('13800000005');
    await unit.run([], () =>
      unit.query(`insert into role (person_id, bank_id, role, granted_at) values ($1, $2, 'admin', $3)`, [personId, bankId, unit.now]),
    );
    const seen = (banks: string[]) => unit.run(banks, () => unit.query('select from audit_trail where bank_id = $1', [bankId]));
    expect(await seen([bankId])).toHaveLength(1);
    expect(await seen([newId()])).toHaveLength(0);
    expect(await seen([])).toHaveLength(0);
    for (const sql of [
      `insert into audit_trail (bank_id, number, happened_at, table_name, act, row_keys, states) values ('${bankId}', 0, now(), 'x', 'insert', '{}', '')`,
      'update audit_trail set role = null',
      'delete from audit_trail',
      'update audit_trail set changes = null',
      `select lay_trail('person', 'insert', null, null, null, null, null, null)`,
      `select erase_trail('${bankId}', 'person', '')`,
      `select nextval('audit_trail_number')`,
    ])
      await expect(unit.run([bankId], () => unit.query(sql))).rejects.toThrow(/permission denied/);
    const owner = new Client({ connectionString: rooms.database.ownerUrl });
    await owner.connect();
    for (const sql of ['delete from audit_trail', 'truncate audit_trail', `update audit_trail set states = ''`])
      await expect(owner.query(sql)).rejects.toThrow(/never changed/);
    await owner.end();
  });

  it('finds each row that a superuser changes, lays or takes out past it, and names it', async () => {
    const personId = await addPerson('13800000004');
    await past(`update person set password_hash = 'mine' where person_id = $1`, [personId]);
    expect(await check()).toEqual([{ fault: 'wrong_row', id: `person ${personId}` }]);
    await past(`update person set password_hash = 'a hash that nobody may read' where person_id = $1`, [personId]);
    expect(await check()).toEqual([]);
    const added = newId();
    await past(`insert into role (person_id, role, granted_at) values ($1, 'admin', now())`, [added]);
    expect(await check()).toEqual([{ fault: 'wrong_row', id: `role ${added} admin` }]);
    await past('delete from role where person_id = $1', [added]);
    await past('delete from person where person_id = $1', [personId]);
    expect(await check()).toEqual([{ fault: 'wrong_row', id: `person ${personId}` }]);
    await past(
      `insert into person (person_id, sign_in_phone, password_hash, created_at) values ($1, '13800000004', 'a hash that nobody may read', $2)`,
      [personId, rooms.clock.now()],
    );
    expect(await check()).toEqual([]);
  });

  describe('with a person of its own', () => {
    let personId: string;
    let phone = 13_900_000_000;
    beforeEach(async () => {
      personId = await addPerson(String((phone += 1)));
      await unit.run([], () => unit.query('update person set sign_in_phone = $2 where person_id = $1', [personId, String((phone += 1))]));
    });

    it('stays green when what can be read is erased, and tells nothing of it any more', async () => {
      await unit.run([], () => unit.query('update person set sign_in_phone = null, password_hash = null where person_id = $1', [personId]));
      await query(`select erase_trail($1, 'person', $2)`, [cityId, personId]);
      expect((await trailOf('person', personId)).map(({ act, changes }) => [act, changes])).toEqual([
        ['insert', null],
        ['update', [null]],
        ['update', [null]],
        ['erase', null],
      ]);
      expect(await check()).toEqual([]);
      await past('update person set disabled_at = now() where person_id = $1', [personId]);
      expect(await check()).toEqual([{ fault: 'wrong_row', id: `person ${personId}` }]);
      await past('update person set disabled_at = null where person_id = $1', [personId]);
    });

    it('finds what an entry tells changed, or taken away without a word', async () => {
      const number = (
        await query<{ number: string }>(`select max(number) as number from audit_trail where $1 = any (row_keys)`, [personId])
      )[0]?.number;
      const keeping = async (sql: string) => {
        await query('create temp table kept as select * from audit_trail where number = $1'.replace('$1', String(number)));
        await past(sql.replace('$1', String(number)));
        const found = await check();
        await past(`delete from audit_trail where number = ${number}`);
        await past('insert into audit_trail select * from kept');
        await query('drop table kept');
        return found.map(({ fault }) => fault);
      };
      expect(await keeping(`update audit_trail set changes = '[{"sign_in_phone": [null, "1"]}]' where number = $1`)).toEqual([
        'wrong_trail',
      ]);
      expect(await keeping(`update audit_trail set changes = null where number = $1`)).toEqual(['wrong_trail']);
      expect(await keeping(`update audit_trail set salts = decode(repeat('00', 32), 'hex'), changes = '[null]' where number = $1`)).toEqual(
        ['wrong_row', 'wrong_trail'],
      );
      expect(await keeping('update audit_trail set salts = null where number = $1')).toEqual(['wrong_row', 'wrong_trail']);
      expect(await keeping(`update audit_trail set salts = salts || '\\x00' where number = $1`)).toEqual(['wrong_trail']);
      expect(await keeping(`update audit_trail set changes = changes || '[null]' where number = $1`)).toEqual(['wrong_trail']);
      expect(await keeping('delete from audit_trail where number = $1')).toEqual(['wrong_row']);
      expect(await check()).toEqual([]);
    });

    it('names what was changed by hand, triggers and all', async () => {
      await query('begin');
      await query(`set local timebank.who = ''`);
      await query('update person set disabled_at = now() where person_id = $1', [personId]);
      await query('commit');
      expect(await check()).toEqual([{ fault: 'changed_by_hand', id: `person ${personId}` }]);
      await past(`update audit_trail set work = 'spec' where work is null`);
    });
  });

  it('keeps the trail of every table that the table of tables says, with all its columns, and of no other', async () => {
    const kept = await query<{ name: string; triggers: number; source: string }>(
      `select c.relname as name, count(*)::integer as triggers, min(p.prosrc) as source from pg_trigger t join pg_class c on c.oid = t.tgrelid
         join pg_proc p on p.oid = t.tgfoid where t.tgname like 'trail\\_of\\_%' and t.tgenabled = 'O' group by 1 order by 1`,
    );
    const said = Object.keys(tables).filter((name) => typeof tables[name]?.trail === 'string');
    expect(kept.map(({ name, triggers }) => `${name} ${triggers}`)).toEqual(said.sort().map((name) => `${name} 3`));
    const columns = await query<{ table: string; column: string }>(
      `select table_name as table, column_name as column from information_schema.columns where table_schema = 'public' and is_generated = 'NEVER'`,
    );
    const left = columns.filter(({ table, column }) => {
      if (tables[table]?.trail !== 'values') return false;
      const source = kept.find(({ name }) => name === table)?.source ?? '';
      return !source.includes(`'"${column}": '`);
    });
    expect(
      left.map(({ table, column }) => `${table}.${column}: call keep_trail for the table again in the migration that adds it`),
    ).toEqual([]);
    const states = said.filter(
      (name) => tables[name]?.trail === 'states' && kept.some((one) => one.name === name && one.source.includes('jsonb_build_array')),
    );
    expect(states).toEqual([]);
  });

  it('reads a row as text by the same settings, whoever reads it', async () => {
    const settings = await query<{ name: string; pinned: string }>(
      `select min(p.proname) as name, array_agg(setting order by setting)::text as pinned
         from pg_proc p cross join unnest(p.proconfig) setting
        where (p.proname like 'trail\\_of\\_%' or p.proname = 'lay_standing') and setting not like 'search_path=%' group by p.oid`,
    );
    expect([...new Set(settings.map(({ pinned }) => pinned))]).toEqual([
      '{"DateStyle=ISO, MDY",IntervalStyle=postgres,TimeZone=UTC,bytea_output=hex,extra_float_digits=1}',
    ]);
    expect(settings.length).toBe(98);
  });

  it('holds rows that are older than their trail from their first entry on', async () => {
    await past('delete from audit_trail');
    expect((await check()).map(({ fault }) => fault)).toContain('wrong_row');
    for (const table of Object.keys(tables).filter((name) => typeof tables[name]?.trail === 'string'))
      await query(`call lay_standing('${table}')`);
    expect(await check()).toEqual([]);
    const [{ rows } = { rows: 0 }] = await query<{ rows: number }>(
      `select sum(cardinality(row_keys))::integer as rows from audit_trail where table_name = 'person' and act = 'standing'`,
    );
    const [people] = await query<{ rows: number }>('select count(*)::integer as rows from person');
    expect(rows).toBe(people?.rows);
  });
});
