import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessModule } from '@timebank/access';
import { BanksModule } from '@timebank/banks';
import { HoursModule } from '@timebank/hours';
import { LedgerModule } from '@timebank/ledger';
import { MembersModule } from '@timebank/members';
import { NoticesModule } from '@timebank/notices';
import { RequestsModule } from '@timebank/requests';
import { openRooms, type TestRooms } from '@timebank/testing';
import { VisitsModule } from '@timebank/visits';
import { DataSource } from 'typeorm';

type Column = { table: string; column: string; type: string; isNullable: boolean; hasDefault: boolean };

/** In a table and in no row type: TypeORM does not know the type, or only SQL reads it. */
const unmapped = ['hold.recorded_xid', 'hold_end.recorded_xid', 'refusal.recorded_xid', 'transfer.recorded_xid'];

describe('rows in code and tables in the database', () => {
  let rooms: TestRooms;
  let columns: Column[];
  beforeAll(async () => {
    rooms = await openRooms([
      AccessModule.forRoot({ secretKey: 'x'.repeat(32) }),
      BanksModule,
      MembersModule,
      HoursModule,
      LedgerModule,
      RequestsModule,
      NoticesModule.forRoot({ driver: null }),
      VisitsModule.forRoot({ origin: 'http://localhost', originIsPublic: false }),
    ]);
    columns = await rooms.database.query<Column>(
      `select table_name as "table", column_name as "column", data_type as "type", is_nullable = 'YES' as "isNullable", column_default is not null as "hasDefault"
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

  it('has one entity a table', () => {
    const tables = entities().map((entity) => entity.tableName);
    expect(tables).toEqual([...new Set(tables)]);
  });
});
