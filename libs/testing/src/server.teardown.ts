import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { EmbeddedPostgres } from '../../database/src/embedded-postgres';

type TestServerGlobals = { timebankTestServer?: EmbeddedPostgres; timebankTestFolder?: string };

/** After all specs: the server stops and its files go. */
export default async function teardown(): Promise<void> {
  const { timebankTestServer: server, timebankTestFolder: folder } = globalThis as TestServerGlobals;
  await server?.stop('SIGQUIT');
  if (!folder) return;
  const where = join(folder, 'where');
  if (existsSync(where)) rmSync(readFileSync(where, 'utf8').trim(), { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
}
