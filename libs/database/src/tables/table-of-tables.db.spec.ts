import { existsSync, globSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@timebank/testing';
import { floors, openColumns, readsUpwards, secretColumns, tables } from './table-of-tables';

const names = Object.keys(tables);
const listed = (text: string) => text.split(' ').filter((word) => word !== '');

/** SQL in a room's product files that names a table: `room table`. */
function readings(): string[] {
  const found = globSync('libs/*/src/**/*.ts')
    .filter((file) => !file.endsWith('.spec.ts') && !file.startsWith('libs/testing/'))
    .flatMap((file) => {
      const text = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*/g, '');
      return [...text.matchAll(/\b(?:from|join)\s+([a-z_]+)\b/g)].map(([, table]) => `${file.split('/')[1]} ${table}`);
    });
  return [...new Set(found)].filter((reading) => {
    const [room, table = ''] = reading.split(' ');
    return table in tables && tables[table]?.owner !== room;
  });
}

describe('the table of tables', () => {
  let database: TestDatabase;
  let columns: string[];
  beforeAll(async () => {
    database = await createTestDatabase();
    const rows = await database.query<{ name: string }>(
      `select c.table_name || '.' || c.column_name as name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
        where c.table_schema = 'public' and t.table_type = 'BASE TABLE' order by 1`,
    );
    columns = rows.map(({ name }) => name);
  });
  afterAll(() => database.drop());

  it('names every table of the database and no other', () => {
    const there = [...new Set(columns.map((name) => name.split('.')[0] as string))];
    expect([
      ...there
        .filter((table) => !(table in tables))
        .map(
          (table) =>
            `${table}: say in libs/database/src/tables who owns it, who reads it, how its changes are kept, what is erased, how long it stays`,
        ),
      ...names.filter((table) => !there.includes(table)).map((table) => `${table} is no longer there: take its row away`),
    ]).toEqual([]);
  });

  it('names rooms, columns and abilities that are there', () => {
    const rooms = names.flatMap((table) => [tables[table]?.owner ?? '', ...listed(tables[table]?.readers ?? '')]);
    expect(rooms.filter((room) => !floors.includes(room))).toEqual([]);
    const cleared = names.flatMap((table) => {
      const { erasure } = tables[table] as (typeof tables)[string];
      return typeof erasure === 'string' ? [] : erasure.map((column) => `${table}.${column}`);
    });
    expect([...cleared, ...secretColumns].filter((column) => !columns.includes(column))).toEqual([]);
    const abilities = globSync('libs/*/src/**/*.ts')
      .filter((file) => !file.endsWith('.spec.ts'))
      .map((file) => readFileSync(file, 'utf8'));
    const pruning = names.flatMap((table) => {
      const { stays } = tables[table] as (typeof tables)[string];
      return 'prunedBy' in stays &&
        !abilities.some((text) => text.includes(`class ${stays.prunedBy} `) && text.includes(`delete from ${table}`))
        ? [`${table}: no ability ${stays.prunedBy} deletes from it`]
        : [];
    });
    expect(pruning).toEqual([]);
    expect(floors.filter((room) => !existsSync(`libs/${room}`))).toEqual([]);
  });

  it('names who reads a table in SQL, as the code has it', () => {
    const said = names.flatMap((table) => listed(tables[table]?.readers ?? '').map((room) => `${room} ${table}`));
    const done = readings();
    expect([
      ...done.filter((reading) => !said.includes(reading)).map((reading) => `${reading}: add the room to the table's readers`),
      ...said.filter((reading) => !done.includes(reading)).map((reading) => `${reading}: is not read any more`),
    ]).toEqual([]);
  });

  it('lets no room read what stands above it, but for what was so when this was written', () => {
    const upwards = readings().filter((reading) => {
      const [room = '', table = ''] = reading.split(' ');
      return floors.indexOf(room) < floors.indexOf(tables[table]?.owner ?? '');
    });
    expect(upwards.sort()).toEqual(Object.keys(readsUpwards).sort());
  });

  it('names every column that looks like a secret, or says why it is none', () => {
    const looks = columns.filter((name) => /hash|token|password|secret|key|code_|proof|salt/.test(name.split('.')[1] as string));
    const unnamed = looks.filter((name) => {
      const [table = '', column = ''] = name.split('.');
      return typeof tables[table]?.trail === 'string' && !secretColumns.includes(name) && !(column in openColumns);
    });
    expect(unnamed.map((name) => `${name}: name it in secretColumns, or say in openColumns why it is none`)).toEqual([]);
  });
});
