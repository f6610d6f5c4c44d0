import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onDatabase } from './on-database';

export type SqlFile = { name: string; sql: string; checksum: string };

/** A database that these files cannot have made; nothing was changed. The message says what it is and the way on. */
export class SchemaFault extends Error {}

export function readFiles(folder: string): SqlFile[] {
  return readdirSync(folder)
    .filter((file) => /^\d{4}-.+\.sql$/.test(file))
    .sort()
    .map((file) => {
      const sql = readFileSync(join(folder, file), 'utf8');
      return { name: file.replace(/\.sql$/, ''), sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}

type RecordedFile = { name: string; checksum: string };

/** Refuses a database that a newer version has brought up, or that another form of a file has made. */
export function refuseForeignSchema(files: readonly SqlFile[], recorded: readonly RecordedFile[]): void {
  const known = new Map(files.map(({ name, checksum }) => [name, checksum]));
  const newer = recorded.filter(({ name }) => !known.has(name)).at(-1);
  if (newer)
    throw new SchemaFault(
      `This database was brought up by another version of Timebank: it has migration ${newer.name}, and this version knows those up to ` +
        `${files.at(-1)?.name}. Run the version that brought it up, or a newer one. Nothing was changed.`,
    );
  const edited = recorded.find(({ name, checksum }) => known.get(name) !== checksum);
  if (edited)
    throw new SchemaFault(
      `The file ${edited.name}.sql is not the one that made this database. Nothing was changed. Put the file back as it was released ` +
        `(prisma-free-migrations/released.sha256 has its checksum); a change goes into a new file. A database that was made between two ` +
        `releases cannot be brought up: begin anew under another DATA_DIR.`,
    );
}

/** What a database has recorded of its files, in their order; null where it has none, or none that this login may see. */
async function recordedIn(url: string): Promise<RecordedFile[] | null> {
  return onDatabase(url, async (client) => {
    const { rows } = await client.query<{ readable: boolean }>(
      `select coalesce(has_table_privilege(to_regclass('public.migration_checksum'), 'select'), false) as readable`,
    );
    if (!rows[0]?.readable) return null;
    return (await client.query<RecordedFile>('select name, checksum from migration_checksum order by name')).rows;
  });
}

/** For whoever works with a database without bringing it up to date: refuses one that is not exactly what these files make. */
export async function refuseOtherSchema(url: string, folder: string): Promise<void> {
  const files = readFiles(folder);
  const recorded = await recordedIn(url);
  refuseForeignSchema(files, recorded ?? []);
  const names = new Set(recorded?.map(({ name }) => name));
  const missing = files.filter(({ name }) => !names.has(name));
  if (missing.length > 0)
    throw new SchemaFault(
      `This database is older than this version of Timebank: ${recorded === null ? 'its migrations are' : `${missing.length} migrations are`} missing, ` +
        `the last one ${missing.at(-1)?.name}. Bring it up to date: npx timebank migrate (npm start does so too). Nothing was changed.`,
    );
}
