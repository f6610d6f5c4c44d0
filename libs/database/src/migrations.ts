import { DataSource, type EntityManager, type MigrationInterface, type QueryRunner } from 'typeorm';
import {
  type FunctionFile,
  missingOf,
  readRecorded,
  readSchemaFiles,
  type RecordedFile,
  refuseForeignSchema,
  type SqlFile,
} from './schema-state';

/** The logins that the files grant something: the application's, and the one that imports documents. */
export type MigrationRoles = { app: string; import: string };

async function nameRoles(runner: Pick<QueryRunner, 'query'>, roles: MigrationRoles): Promise<void> {
  await runner.query(`select set_config('timebank.app_role', $1, true), set_config('timebank.import_role', $2, true)`, [
    roles.app,
    roles.import,
  ]);
}

/** TypeORM orders and records migrations by class name and timestamp; the file's number is the timestamp. */
function asMigration(file: SqlFile, roles: MigrationRoles): new () => MigrationInterface {
  return class implements MigrationInterface {
    readonly name = `${file.name}-${file.name.slice(0, 4).padStart(13, '0')}`;

    async up(runner: QueryRunner): Promise<void> {
      await nameRoles(runner, roles);
      await runner.query(`select set_config('timebank.who', $1, true)`, [JSON.stringify({ work: `migration ${file.name.slice(0, 4)}` })]);
      await runner.query(file.sql);
      await runner.query('insert into migration_checksum (name, checksum) values ($1, $2)', [file.name, file.checksum]);
    }

    async down(): Promise<void> {
      throw new Error('migrations go forward only');
    }
  };
}

/** Counts what the tables hold, as their owner, so that plans made from now on fit it. */
export async function analyze(ownerUrl: string): Promise<void> {
  const dataSource = await new DataSource({ type: 'postgres', url: ownerUrl }).initialize();
  try {
    await dataSource.query('analyze');
  } finally {
    await dataSource.destroy();
  }
}

/** Replaces the functions whose file has changed, all or none of them; returns how many. */
async function renewFunctions(manager: EntityManager, files: readonly FunctionFile[], roles: MigrationRoles): Promise<number> {
  await nameRoles(manager, roles);
  // Two that bring the database up at once take turns.
  await manager.query('lock table function_checksum in share row exclusive mode');
  const changed = missingOf(files, await manager.query<RecordedFile[]>('select name, checksum from function_checksum'));
  // By name, one may come before another that it calls.
  await manager.query('set local check_function_bodies = off');
  for (const { name, sql, checksum } of changed) {
    await manager.query(sql);
    await manager.query(
      'insert into function_checksum (name, checksum) values ($1, $2) on conflict (name) do update set checksum = excluded.checksum',
      [name, checksum],
    );
  }
  await manager.query('delete from function_checksum where name <> all ($1)', [files.map(({ name }) => name)]);
  return changed.length;
}

/**
 * Brings a database to the newest schema as its owner: first the numbered files that it lacks, each in its own transaction, then the functions
 * that have changed, in one; so an interrupted run leaves whole files only and may be repeated. Refuses a database that other files have made
 * (`SchemaFault`). Returns the names of the numbered files that ran now, and `functions` where some were replaced.
 */
export async function migrate(
  ownerUrl: string,
  roles: MigrationRoles,
  folder: string,
  onProgress: (name: string) => void = () => undefined,
): Promise<string[]> {
  const { numbered, functions } = readSchemaFiles(folder);
  const dataSource = new DataSource({
    type: 'postgres',
    url: ownerUrl,
    migrationsTableName: 'migration',
    migrations: numbered.map((file) => asMigration(file, roles)),
    logging: false,
  });
  await dataSource.initialize();
  try {
    await dataSource.query('create table if not exists migration_checksum (name text primary key, checksum text not null)');
    const recorded = await readRecorded(ownerUrl);
    refuseForeignSchema({ numbered, functions }, recorded);
    for (const file of missingOf(numbered, recorded.numbered)) onProgress(file.name);
    const ran = (await dataSource.runMigrations({ transaction: 'each' })).map((migration) => migration.name);
    const renewed = await dataSource.transaction((manager) => renewFunctions(manager, functions, roles));
    if (renewed > 0) onProgress('functions');
    return renewed > 0 ? [...ran, 'functions'] : ran;
  } finally {
    await dataSource.destroy();
  }
}
