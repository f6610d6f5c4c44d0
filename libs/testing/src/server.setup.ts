import { fork } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
// Jest resolves no aliases before its own set-up, so these come past the door.
import { EmbeddedPostgres } from '../../database/src/embedded-postgres';
import { migrate } from '../../database/src/migrations';
import { asRole, makeRoles, newRolePasswords, roleNamesInDatabase } from '../../database/src/roles';
import teardown from './server.teardown';
import type { TestServer } from './test-database';

const templateName = 'timebank_template';

/** Tests lose nothing that matters when the machine goes down. */
const fast = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  scram_iterations: '1',
  shared_buffers: '64MB',
  max_connections: '200',
  logging_collector: 'off',
};

async function createTemplate(superuserUrl: string): Promise<TestServer> {
  const passwords = newRolePasswords();
  const client = new Client({ connectionString: superuserUrl });
  await client.connect();
  await client.query(`drop database if exists ${templateName} with (force)`);
  await client.query(`create database ${templateName}`);
  await client.end();
  const template = new URL(superuserUrl);
  template.pathname = `/${templateName}`;
  await makeRoles(template.href, passwords);
  await migrate(asRole(template.href, 'owner', passwords), roleNamesInDatabase, resolve('prisma-free-migrations'));
  // Packed, it is copied in a tenth of the time; some four hundred specs do.
  const packing = new Client({ connectionString: template.href });
  await packing.connect();
  await packing.query('vacuum (full, freeze)');
  // Nobody has counted a new table's rows, and then the planner trusts no scan of the whole of it.
  await packing.query(
    `update pg_class set relpages = 0, reltuples = -1 where relnamespace = 'public'::regnamespace and relkind in ('r', 'i')`,
  );
  await packing.query('checkpoint');
  await packing.end();
  return { superuserUrl, templateName, passwords };
}

/** Everything temporary goes into one folder, which is deleted with the end of the tests, also when they are interrupted. */
function keepFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'timebank-test-'));
  const keeper = fork(resolve('libs/testing/src/server.keeper.ts'), [folder], {
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: [],
  });
  keeper.unref();
  keeper.channel?.unref();
  process.env['TMPDIR'] = folder;
  return folder;
}

/** Before all specs: one Postgres (the embedded one, or TEST_DATABASE_URL as a superuser) with a migrated template database. */
export default async function setup(): Promise<void> {
  const folder = keepFolder();
  const given = process.env['TEST_DATABASE_URL'];
  if (given) {
    process.env['TIMEBANK_TEST_SERVER'] = JSON.stringify(await createTemplate(given));
    return;
  }
  const server = await EmbeddedPostgres.prepare(folder, fast);
  Object.assign(globalThis, { timebankTestServer: server, timebankTestFolder: folder });
  try {
    await server.start();
    process.env['TIMEBANK_TEST_SERVER'] = JSON.stringify(await createTemplate(server.url()));
  } catch (error) {
    // Jest runs no teardown after a set-up that failed.
    await teardown();
    throw error;
  }
}
