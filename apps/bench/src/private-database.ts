import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { asRole, EmbeddedPostgres, makeRoles, migrate, newRolePasswords, onDatabase, roleNamesInDatabase } from '@timebank/database';

const name = 'timebank';

/** A migrated Postgres of its own with ordinary durability, gone without a trace when closed. */
export class PrivateDatabase {
  private constructor(
    private readonly folder: string,
    readonly postgres: EmbeddedPostgres,
    /** As the application's role. */
    readonly url: string,
    /** As the role that imports documents. */
    readonly importUrl: string,
  ) {}

  static async open(): Promise<PrivateDatabase> {
    const folder = mkdtempSync(join(tmpdir(), 'timebank-bench-'));
    const postgres = await EmbeddedPostgres.prepare(folder);
    await postgres.start();
    await postgres.createDatabase(name);
    const passwords = newRolePasswords();
    await makeRoles(postgres.url(name), passwords);
    await migrate(asRole(postgres.url(name), 'owner', passwords), roleNamesInDatabase, resolve('prisma-free-migrations'));
    return new PrivateDatabase(
      folder,
      postgres,
      asRole(postgres.url(name), 'app', passwords),
      asRole(postgres.url(name), 'import', passwords),
    );
  }

  /** As superuser, past row security: for looking. */
  get superuserUrl(): string {
    return this.postgres.url(name);
  }

  /** As superuser, past row security: one statement, for looking and for laying what no caller could. */
  async look<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return onDatabase(this.superuserUrl, async (client) => (await client.query<Row>(sql, values)).rows);
  }

  /** Statistics, as autovacuum would have them in a while: the first plans after a bulk load are made without any. */
  async analyze(): Promise<void> {
    await this.look('analyze');
  }

  async close(): Promise<void> {
    await this.postgres.stop('SIGQUIT');
    const where = join(this.folder, 'where');
    if (existsSync(where)) rmSync(readFileSync(where, 'utf8').trim(), { recursive: true, force: true });
    rmSync(this.folder, { recursive: true, force: true });
  }
}
