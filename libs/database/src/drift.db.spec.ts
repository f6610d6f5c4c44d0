import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessModule } from '@timebank/access';
import { BanksModule } from '@timebank/banks';
import { CareModule } from '@timebank/care';
import { ActivitiesModule } from '@timebank/activities';
import { FamilyModule } from '@timebank/family';
import { TrainingModule } from '@timebank/training';
import { HoursModule } from '@timebank/hours';
import { LedgerModule } from '@timebank/ledger';
import { MembersModule } from '@timebank/members';
import { NoticesModule } from '@timebank/notices';
import { RequestsModule } from '@timebank/requests';
import { openRooms, type TestRooms } from '@timebank/testing';
import type { RowClass } from '@timebank/database';
import { VisitsModule } from '@timebank/visits';
import { DataSource } from 'typeorm';

type Column = { table: string; column: string; type: string; isNullable: boolean; hasDefault: boolean };

/** Written by the ledger's functions alone. */
const byFunction = ['account', 'hold', 'hold_end', 'refusal', 'transfer'];

/** In a table and in no row type: TypeORM does not know the type, or only SQL reads it. */
const unmapped = ['hold.recorded_xid', 'hold_end.recorded_xid', 'refusal.recorded_xid', 'transfer.recorded_xid'];

describe('rows in code and tables in the database', () => {
  let rooms: TestRooms;
  let columns: Column[];
  beforeAll(async () => {
    const visits = VisitsModule.forRoot({ origin: 'http://localhost', originIsPublic: false });
    rooms = await openRooms([
      AccessModule.forRoot({ secretKey: 'x'.repeat(32) }),
      BanksModule,
      MembersModule,
      HoursModule,
      LedgerModule,
      RequestsModule,
      NoticesModule.forRoot({ driver: null }),
      CareModule.forRoot(visits),
      TrainingModule.forRoot(visits),
      ActivitiesModule.forRoot(visits),
      FamilyModule.forRoot(visits),
    ]);
    columns = await rooms.database.query<Column>(
      `select table_name as "table", column_name as "column", data_type as "type", is_nullable = 'YES' as "isNullable",
              column_default is not null or is_identity = 'YES' or is_generated = 'ALWAYS' as "hasDefault"
         from information_schema.columns where table_schema = 'public' order by table_name, ordinal_position`,
    );
  });
  afterAll(() => rooms.close());

  const entities = () => rooms.get(DataSource).entityMetadatas;
  const typeNames: Record<string, string> = {
    timestamptz: 'timestamp with time zone',
    int: 'integer',
    int4: 'integer',
    int8: 'bigint',
    bool: 'boolean',
  };

  it('has entities to look at', () => {
    expect(entities().map((entity) => entity.tableName)).toEqual(
      expect.arrayContaining(['account', 'transfer', 'hold', 'hold_end', 'refusal', 'member', 'bank', 'request', 'visit']),
    );
  });

  it('finds each mapped column in its table, of the same type and nullability', () => {
    const wrong = entities().flatMap((entity) =>
      entity.columns.flatMap((mapped) => {
        const column = columns.find((candidate) => candidate.table === entity.tableName && candidate.column === mapped.databaseName);
        const name = `${entity.tableName}.${mapped.databaseName}`;
        if (!column) return [`${name} is not there`];
        const type = mapped.isArray ? 'ARRAY' : String(mapped.type);
        if ((typeNames[type] ?? type) !== column.type) return [`${name} is ${column.type}`];
        return mapped.isNullable === column.isNullable ? [] : [`${name} is ${column.isNullable ? '' : 'not '}null`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('leaves out no column that a row needs', () => {
    const missing = entities().flatMap((entity) => {
      const mapped = new Set(entity.columns.map((column) => column.databaseName));
      return columns
        .filter(({ table, column }) => table === entity.tableName && !mapped.has(column))
        .map(({ table, column }) => `${table}.${column}`);
    });
    expect(missing).toEqual(unmapped);
  });

  it('says which columns a new row may leave out although they are never null', () => {
    const named = entities().map(({ tableName, target }) => [tableName, [...((target as RowClass).defaulted ?? [])].sort()] as const);
    const inTables = entities().map((entity) => {
      const mayBeLeft = columns.filter(({ table, isNullable, hasDefault }) => table === entity.tableName && !isNullable && hasDefault);
      const properties = mayBeLeft.map(({ column }) => entity.columns.find((mapped) => mapped.databaseName === column)?.propertyName);
      return [entity.tableName, properties.filter((property) => property !== undefined).sort()] as const;
    });
    expect(named.filter(([table]) => !byFunction.includes(table))).toEqual(inTables.filter(([table]) => !byFunction.includes(table)));
  });

  it('knows every key by its columns', async () => {
    const keys = await rooms.database.query<{ table: string; key: string[] }>(
      `select c.conrelid::regclass::text as "table", array_agg(a.attname::text order by a.attname::text) as key
         from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any (c.conkey)
        where c.contype = 'p' and c.connamespace = 'public'::regnamespace group by 1`,
    );
    const wrong = entities().filter((entity) => {
      const own = entity.primaryColumns.map((column) => column.databaseName).sort();
      return String(own) !== String(keys.find(({ table }) => table === entity.tableName)?.key);
    });
    expect(wrong.map(({ tableName }) => tableName)).toEqual([]);
  });

  it('has one entity a table', () => {
    const tables = entities().map((entity) => entity.tableName);
    expect(tables).toEqual([...new Set(tables)]);
  });
});
