import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import { onDatabase } from './on-database';

export type SqlFile = { name: string; sql: string; checksum: string };

/** `forms` are the checksums of all forms that the file has had, oldest first. */
export type FunctionFile = SqlFile & { forms: readonly string[] };

/** What makes a database: the numbered files, and the functions as they are now. */
export type SchemaFiles = { numbered: readonly SqlFile[]; functions: readonly FunctionFile[] };

export type RecordedFile = { name: string; checksum: string };

/** What a database has on record about its files, each list by name; null where it has none, or none that this login may see. */
export type RecordedSchema = { numbered: RecordedFile[] | null; functions: RecordedFile[] | null };

/** A database that these files cannot have made; nothing was changed. The message says what it is and what to do. */
export class SchemaFault extends Error {}

function readFiles(folder: string, named: RegExp): SqlFile[] {
  return readdirSync(folder)
    .filter((file) => named.test(file))
    .sort()
    .map((file) => {
      const sql = readFileSync(join(folder, file), 'utf8');
      return { name: file.replace(/\.sql$/, ''), sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}

export function readSchemaFiles(folder: string): SchemaFiles {
  const forms = Map.groupBy(
    readFileSync(join(folder, 'functions.sha256'), 'utf8')
      .split('\n')
      .flatMap((line) => {
        const [, checksum = '', name = ''] = /^([0-9a-f]{64}) {2}functions\/(\w+)\.sql$/.exec(line) ?? [];
        return name === '' ? [] : [{ name, checksum }];
      }),
    ({ name }) => name,
  );
  return {
    numbered: readFiles(folder, /^\d{4}-.+\.sql$/),
    functions: readFiles(join(folder, 'functions'), /^\w+\.sql$/).map((file) => ({
      ...file,
      forms: (forms.get(file.name) ?? []).map(({ checksum }) => checksum),
    })),
  };
}

const otherVersion = (has: string) =>
  new SchemaFault(
    `This database was brought up by another version of Timebank: it has ${has}. Run the version that brought it up, or a newer one. ` +
      `Nothing was changed.`,
  );

const otherFile = (file: string, list: string, change: string) =>
  new SchemaFault(
    `The file ${file}.sql is not the one that made this database. Nothing was changed. Put the file back as it was released ` +
      `(prisma-free-migrations/${list} has its checksum); ${change}. A database that was made between two ` +
      `releases cannot be brought up: begin anew under another DATA_DIR.`,
  );

function refuseForeignFunctions({ numbered, functions }: SchemaFiles, recorded: RecordedSchema): void {
  const files = new Map(functions.map((file) => [file.name, file]));
  // The older version that migrated it had run all numbered files, so a function that is missing here was removed since.
  const isOlder = (recorded.numbered ?? []).length < numbered.length;
  for (const { name, checksum } of recorded.functions ?? []) {
    const file = files.get(name);
    if (file?.checksum === checksum || (!file && isOlder)) continue;
    if (file && file.forms.at(-1) !== file.checksum) {
      throw otherFile(`functions/${name}`, 'functions.sha256', 'a change adds a line there: npm run generate');
    }
    if (!file?.forms.includes(checksum)) throw otherVersion(`a form of the function ${name} that this version does not know`);
  }
}

/** Refuses a database that a newer version has brought up, or that another form of a file has made. */
export function refuseForeignSchema(files: SchemaFiles, recorded: RecordedSchema): void {
  const known = new Map(files.numbered.map(({ name, checksum }) => [name, checksum]));
  const numbered = recorded.numbered ?? [];
  const newer = numbered.filter(({ name }) => !known.has(name)).at(-1);
  if (newer) throw otherVersion(`migration ${newer.name}, and this version knows those up to ${files.numbered.at(-1)?.name}`);
  const edited = numbered.find(({ name, checksum }) => known.get(name) !== checksum);
  if (edited) throw otherFile(edited.name, 'released.sha256', 'a change goes into a new file');
  refuseForeignFunctions(files, recorded);
}

async function recordedIn(
  client: Pick<Client, 'query'>,
  table: 'migration_checksum' | 'function_checksum',
): Promise<RecordedFile[] | null> {
  const { rows } = await client.query<{ readable: boolean }>(
    `select coalesce(has_table_privilege(to_regclass('public.${table}'), 'select'), false) as readable`,
  );
  if (!rows[0]?.readable) return null;
  return (await client.query<RecordedFile>(`select name, checksum from ${table} order by name`)).rows;
}

export async function readRecorded(url: string): Promise<RecordedSchema> {
  return onDatabase(url, async (client) => ({
    numbered: await recordedIn(client, 'migration_checksum'),
    functions: await recordedIn(client, 'function_checksum'),
  }));
}

/** Files that a database has not on record in the form that they have here. */
export function missingOf<File extends SqlFile>(files: readonly File[], recorded: readonly RecordedFile[] | null): File[] {
  const known = new Map(recorded?.map(({ name, checksum }) => [name, checksum]));
  return files.filter(({ name, checksum }) => known.get(name) !== checksum);
}

/** For programs that use a database without migrating it: refuses one that is not exactly what these files make. */
export async function refuseOtherSchema(url: string, folder: string): Promise<void> {
  const files = readSchemaFiles(folder);
  const recorded = await readRecorded(url);
  refuseForeignSchema(files, recorded);
  const missing = missingOf(files.numbered, recorded.numbered);
  const older = missingOf(files.functions, recorded.functions);
  if (missing.length + older.length === 0) return;
  const lacks =
    missing.length === 0
      ? `${older.length} functions are older, the last one ${older.at(-1)?.name}`
      : `${recorded.numbered === null ? 'its migrations are' : `${missing.length} migrations are`} missing, the last one ${missing.at(-1)?.name}`;
  throw new SchemaFault(
    `This database is older than this version of Timebank: ${lacks}. Bring it up to date: npx timebank migrate (npm start does so too). ` +
      `Nothing was changed.`,
  );
}
