import { getMetadataArgsStorage } from 'typeorm';

/** An entity class. `defaulted` names columns that are never null and may be left out of a new row all the same. */
export type RowClass<Row extends object = object> = (new () => Row) & { readonly defaulted?: readonly string[] };

type RowOf<Entity extends RowClass> = InstanceType<Entity>;
type Nullable<Row> = { [Name in keyof Row]: null extends Row[Name] ? Name : never }[keyof Row];
type DefaultedColumns<Entity extends RowClass> = Entity extends { readonly defaulted: readonly (infer Name)[] } ? Name : never;
type LeftOut<Entity extends RowClass> = Extract<keyof RowOf<Entity>, Nullable<RowOf<Entity>> | DefaultedColumns<Entity>>;

/** What a new row needs. A column that is left out, or undefined, gets the table's default: mostly null. */
export type NewRow<Entity extends RowClass> = Omit<RowOf<Entity>, LeftOut<Entity>> & Partial<Pick<RowOf<Entity>, LeftOut<Entity>>>;
/** Columns that name a row, or are changed in it. */
export type Columns<Entity extends RowClass> = Partial<RowOf<Entity>>;
export type Statement = { sql: string; values: unknown[] };

type Column = { name: string; type: string; isNullable: boolean };
type Table = { name: string; columns: Map<string, Column>; version: string | undefined; statements: Map<string, string> };

const tables = new Map<RowClass, Table>();

function tableOf(entity: RowClass): Table {
  let table = tables.get(entity);
  if (!table) {
    const storage = getMetadataArgsStorage();
    const mapped = storage.filterColumns(entity).map(({ propertyName, mode, options }) => {
      const column = { name: options.name ?? propertyName, type: String(options.type), isNullable: options.nullable === true };
      return { propertyName, mode, column };
    });
    table = {
      name: storage.filterTables(entity)[0]?.name ?? '',
      columns: new Map(mapped.map(({ propertyName, column }) => [propertyName, column])),
      version: mapped.find(({ mode }) => mode === 'version')?.column.name,
      statements: new Map(),
    };
    tables.set(entity, table);
  }
  return table;
}

/** The columns that were given, in their order, with the values as they travel. */
function given({ name, columns }: Table, row: object): { columns: Column[]; values: unknown[] } {
  const found = Object.entries(row)
    .filter(([, value]) => value !== undefined)
    .map(([property, value]): [Column, unknown] => {
      const column = columns.get(property);
      if (!column) throw new Error(`${name} has no ${property}`);
      return [column, column.type === 'jsonb' && !(value === null && column.isNullable) ? JSON.stringify(value) : value];
    });
  return { columns: found.map(([column]) => column), values: found.map(([, value]) => value) };
}

/** One text for each set of columns, so that Postgres prepares it once. */
function prepared({ statements }: Table, kind: string, columns: readonly (readonly Column[])[], write: () => string): string {
  const shape = `${kind} ${columns.map((list) => list.map(({ name }) => name).join()).join(' ')}`;
  let sql = statements.get(shape);
  if (sql === undefined) {
    sql = write();
    statements.set(shape, sql);
  }
  return sql;
}

/** As `given`, of what names a row: a part that is missing would name others too. */
function naming(table: Table, key: object): { columns: Column[]; values: unknown[] } {
  const parts = Object.values(key);
  if (parts.length === 0 || parts.includes(undefined)) throw new Error(`no row of ${table.name} is named`);
  return given(table, key);
}

const where = (key: readonly Column[]) => key.map(({ name }, index) => `${name} = $${index + 1}`).join(' and ');

/** Name and type of a column in the table, for SQL that no function here writes. */
export function columnOf<Entity extends RowClass>(
  entity: Entity,
  property: keyof InstanceType<Entity> & string,
): { name: string; type: string } {
  const column = tableOf(entity).columns.get(property);
  if (!column) throw new Error(`${entity.name} has no ${property}`);
  return column;
}

/** `unless`: of what another row may have already, which then is left as it is; none named is anything unique. One row comes back if it was new. */
export function insertOf(entity: RowClass, row: object, unless?: readonly string[]): Statement {
  const table = tableOf(entity);
  const { columns, values } = given(table, row);
  const taken = (unless ?? []).map((property) => table.columns.get(property) as Column);
  const sql = prepared(table, unless ? 'new' : 'insert', [columns, taken], () => {
    const places = columns.map((_, index) => `$${index + 1}`).join(', ');
    const conflict = taken.length > 0 ? `(${taken.map(({ name }) => name).join(', ')}) ` : '';
    return `insert into ${table.name} (${columns.map(({ name }) => name).join(', ')}) values (${places})${
      unless ? ` on conflict ${conflict}do nothing returning 1 as made` : ''
    }`;
  });
  return { sql, values };
}

/** A table with a version gets the next one. */
export function updateOf(entity: RowClass, key: object, set: object): Statement {
  const table = tableOf(entity);
  const [named, changed] = [naming(table, key), given(table, set)];
  const sql = prepared(table, 'update', [named.columns, changed.columns], () => {
    const changes = changed.columns.map(({ name }, index) => `${name} = $${named.columns.length + index + 1}`);
    if (table.version !== undefined) changes.push(`${table.version} = ${table.version} + 1`);
    return `update ${table.name} set ${changes.join(', ')} where ${where(named.columns)}`;
  });
  return { sql, values: [...named.values, ...changed.values] };
}

/** The hash of what was sent when a row came into being. */
export function hashOf(entity: RowClass, key: object): Statement {
  const table = tableOf(entity);
  const { columns, values } = naming(table, key);
  return { sql: prepared(table, 'hash', [columns], () => `select content_hash from ${table.name} where ${where(columns)}`), values };
}
