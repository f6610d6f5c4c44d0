import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { readFiles, refuseForeignSchema, type SqlFile } from './schema-state';

/** Whom the files grant something: the logins of the application and of whoever imports documents. */
export type MigrationRoles = { app: string; import: string };

/** TypeORM orders and records migrations by class name and timestamp; the file's number is the timestamp. */
function asMigration(file: SqlFile, roles: MigrationRoles): new () => MigrationInterface {
  return class implements MigrationInterface {
    readonly name = `${file.name}-${file.name.slice(0, 4).padStart(13, '0')}`;

    async up(runner: QueryRunner): Promise<void> {
      await runner.query(`select set_config('timebank.app_role', $1, true), set_config('timebank.import_role', $2, true)`, [
        roles.app,
        roles.import,
      ]);
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

/**
 * Brings a database to the newest schema as its owner. Each file runs in its own transaction, so an interrupted run
 * leaves whole files only and may be repeated. Refuses a database that other files have made (`SchemaFault`). Returns the names of the files
 * that ran now.
 */
export async function migrate(
  ownerUrl: string,
  roles: MigrationRoles,
  folder: string,
  onProgress: (name: string) => void = () => undefined,
): Promise<string[]> {
  const files = readFiles(folder);
  const dataSource = new DataSource({
    type: 'postgres',
    url: ownerUrl,
    migrationsTableName: 'migration',
    migrations: files.map((file) => asMigration(file, roles)),
    logging: false,
  });
  await dataSource.initialize();
  try {
    await dataSource.query('create table if not exists migration_checksum (name text primary key, checksum text not null)');
    const recorded = await dataSource.query<{ name: string; checksum: string }[]>(
      'select name, checksum from migration_checksum order by name',
    );
    refuseForeignSchema(files, recorded);
    const known = new Set(recorded.map((row) => row.name));
    for (const file of files) if (!known.has(file.name)) onProgress(file.name);
    const ran = await dataSource.runMigrations({ transaction: 'each' });
    return ran.map((migration) => migration.name);
  } finally {
    await dataSource.destroy();
  }
}
