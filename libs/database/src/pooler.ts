import { Client } from 'pg';

/** A connection that the product cannot use; the message says what to do. */
export class UnfitPooler extends Error {}

/** How often two connections are compared; a pooler hands out the server connection that became free last, so the first look is enough. */
const looks = 5;

/** As the product connects: a pooler may not know what it asks for at the beginning. */
async function open(url: string): Promise<Client> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000, statement_timeout: 30_000 });
  client.on('error', () => undefined);
  await client.connect().catch((fault: Error) => {
    if (/unsupported startup parameter/i.test(fault.message))
      throw new UnfitPooler(
        `The pooler before the database refuses a connection of the product's: ${fault.message}. For pgbouncer: ignore_startup_parameters = statement_timeout`,
      );
    throw fault;
  });
  return client;
}

async function backendOf(client: Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  return rows[0]?.pid ?? 0;
}

/**
 * Refuses a pooler that gives a session's statements to any free connection of the server (pgbouncer in transaction or statement mode): prepared
 * statements and a session's settings would then be somebody else's. A pooler that keeps a connection for each session is fine. The connection names
 * its server process; if the server names another, there is a pooler between. Only then are two sessions held side by side: one server process cannot
 * be both at a time.
 */
export async function refuseUnfitPooler(url: string): Promise<void> {
  const one = await open(url);
  try {
    const first = await backendOf(one);
    if (first === (one as unknown as { processID: number }).processID) return;
    for (let look = 0; look < looks; look += 1) if (await isShared(url, one, await backendOf(one))) throw shared();
  } finally {
    await one.end();
  }
}

/** Whether another session of ours is given the process that this one was just answered by. */
async function isShared(url: string, one: Client, before: number): Promise<boolean> {
  const other = await open(url);
  try {
    // Held in a transaction, so that in transaction mode nobody else has it for this moment.
    await other.query('begin');
    const theirs = await backendOf(other);
    await other.query('rollback');
    return theirs === before || (await backendOf(one)) !== before;
  } catch (fault) {
    // Statement mode takes no transaction at all.
    if (/transaction blocks not allowed/i.test((fault as Error).message)) return true;
    throw fault;
  } finally {
    await other.end();
  }
}

const shared = () =>
  new UnfitPooler(
    `The database is reached through a pooler that shares connections between transactions (pgbouncer with pool_mode = transaction or ` +
      `statement). Timebank needs a connection for each session: set pool_mode = session for this database, or connect to the server itself.`,
  );
