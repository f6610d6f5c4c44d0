import { randomBytes } from 'node:crypto';
import { asRole, type RolePasswords } from '@timebank/database';
import { Client } from 'pg';

export type TestServer = { superuserUrl: string; templateName: string; passwords: RolePasswords };

export type TestDatabase = {
  /** As the application's role: what the product uses. */
  url: string;
  /** As the role that imports documents. */
  importUrl: string;
  /** As the owner of the tables. */
  ownerUrl: string;
  /** As a superuser, past row security and grants: for looking and for tampering. */
  superuserUrl: string;
  /** Runs one statement as superuser. */
  query<Row extends object>(sql: string, values?: unknown[]): Promise<Row[]>;
  drop(): Promise<void>;
};

/** A database of its own for a spec file, cloned from the migrated template in tens of milliseconds. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const given = process.env['TIMEBANK_TEST_SERVER'];
  if (!given) throw new Error('no test server: run specs through npm test');
  const server = JSON.parse(given) as TestServer;
  const name = `test_${randomBytes(6).toString('hex')}`;
  const admin = new Client({ connectionString: server.superuserUrl });
  await admin.connect();
  await admin.query(`create database ${name} template ${server.templateName} strategy file_copy`);
  const address = new URL(server.superuserUrl);
  address.pathname = `/${name}`;
  const superuser = new Client({ connectionString: address.href });
  superuser.on('error', () => undefined);
  await superuser.connect();
  // What a spec lays or changes is no hand's: who looks for hands takes this away.
  await superuser.query(`set timebank.who = '{"work": "spec"}'`);
  return {
    url: asRole(address.href, 'app', server.passwords),
    importUrl: asRole(address.href, 'import', server.passwords),
    ownerUrl: asRole(address.href, 'owner', server.passwords),
    superuserUrl: address.href,
    query: async <Row extends object>(sql: string, values: unknown[] = []) => (await superuser.query<Row>(sql, values)).rows,
    drop: async () => {
      await superuser.end();
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}
