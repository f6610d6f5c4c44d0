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

/**
 * Columns in the order in which a row gives them: a step for each, so that a row of a known shape finds its statement by one look a column and
 * nothing is joined or built. `changes` begins what an update sets, after the columns that name the row.
 */
type Step = { column: Column | null; before: Step | null; next: Map<string, Step>; changes: Step | null; sql: string | null };
type Table = {
  name: string;
  columns: Map<string, Column>;
  version: string | undefined;
  inserts: Step;
  keys: Step;
  news: Map<string, Step>;
};

const tables = new Map<RowClass, Table>();

function step(column: Column | null = null, before: Step | null = null): Step {
  return { column, before, next: new Map(), changes: null, sql: null };
}

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
      inserts: step(),
      keys: step(),
      news: new Map(),
    };
    tables.set(entity, table);
  }
  return table;
}

function stepTo({ name, columns }: Table, from: Step, property: string): Step {
  const column = columns.get(property);
  if (!column) throw new Error(`${name} has no ${property}`);
  const next = step(column, from);
  from.next.set(property, next);
  return next;
}

/** Goes along the columns that are given, in their order, and lays down their values as they travel; where it ends, the statement is kept. */
function along(table: Table, from: Step, row: object, values: unknown[]): Step {
  let at = from;
  for (const property of Object.keys(row)) {
    const value = (row as Record<string, unknown>)[property];
    if (value === undefined) continue;
    at = at.next.get(property) ?? stepTo(table, at, property);
    const { type, isNullable } = at.column as Column;
    values.push(type === 'jsonb' && !(value === null && isNullable) ? JSON.stringify(value) : value);
  }
  return at;
}

/** As `along`, of what names a row: a part that is missing would name others too. */
function naming(table: Table, key: object, values: unknown[]): Step {
  const named = along(table, table.keys, key, values);
  if (values.length === 0 || values.length < Object.keys(key).length) throw new Error(`no row of ${table.name} is named`);
  return named;
}

/** The columns gone along, from the first. */
function namesTo(end: Step): string[] {
  const names: string[] = [];
  for (let at: Step | null = end; at?.column; at = at.before) names.unshift(at.column.name);
  return names;
}

const where = (names: readonly string[]) => names.map((name, index) => `${name} = $${index + 1}`).join(' and ');

function insertText({ name, columns }: Table, end: Step, unless?: readonly string[]): string {
  const names = namesTo(end);
  const places = names.map((_, index) => `$${index + 1}`).join(', ');
  const into = `insert into ${name} (${names.join(', ')}) values (${places})`;
  if (!unless) return into;
  const conflict = unless.length > 0 ? `(${unless.map((property) => columns.get(property)?.name).join(', ')}) ` : '';
  return `${into} on conflict ${conflict}do nothing returning 1 as made`;
}

function updateText({ name, version }: Table, named: Step, end: Step): string {
  const key = namesTo(named);
  const changes = namesTo(end).map((column, index) => `${column} = $${key.length + index + 1}`);
  if (version !== undefined) changes.push(`${version} = ${version} + 1`);
  return `update ${name} set ${changes.join(', ')} where ${where(key)}`;
}

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
  const values: unknown[] = [];
  const end = along(table, unless ? newsOf(table, unless.join()) : table.inserts, row, values);
  return { sql: (end.sql ??= insertText(table, end, unless)), values };
}

/** As `insertOf` with `unless`, of many rows of one shape in one statement; a row comes back for each that was new. */
export function insertManyOf(entity: RowClass, rows: readonly object[], unless: readonly string[]): Statement {
  const { name, columns } = tableOf(entity);
  const given = Object.keys(rows[0] ?? {}).map((property) => ({ property, column: columns.get(property) }));
  const unknown = given.find(({ column }) => !column);
  if (unknown) throw new Error(`${name} has no ${unknown.property}`);
  const names = given.map(({ column }) => (column as Column).name).join(', ');
  const places = given.map(({ column }, index) => `$${index + 1}::${(column as Column).type}[]`).join(', ');
  const conflict = unless.map((property) => columns.get(property)?.name).join(', ');
  const sql = `insert into ${name} (${names}) select * from unnest(${places}) on conflict (${conflict}) do nothing returning 1 as made`;
  const values = given.map(({ property }) => rows.map((row) => (row as Record<string, unknown>)[property]));
  if (values.some((column) => column.some(Array.isArray))) throw new Error('a list cannot be written by many rows');
  return { sql, values };
}

function newsOf({ news }: Table, unless: string): Step {
  const first = news.get(unless) ?? step();
  news.set(unless, first);
  return first;
}

/** A table with a version gets the next one. */
export function updateOf(entity: RowClass, key: object, set: object): Statement {
  const table = tableOf(entity);
  const values: unknown[] = [];
  const named = naming(table, key, values);
  const end = along(table, (named.changes ??= step()), set, values);
  return { sql: (end.sql ??= updateText(table, named, end)), values };
}

/** The hash of what was sent when a row came into being. */
export function hashOf(entity: RowClass, key: object): Statement {
  const table = tableOf(entity);
  const values: unknown[] = [];
  const named = naming(table, key, values);
  return { sql: (named.sql ??= `select content_hash from ${table.name} where ${where(namesTo(named))}`), values };
}
