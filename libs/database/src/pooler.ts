import { Client } from 'pg';

/** A way to the database that the product cannot use; the message says the way on. */
export class UnfitPooler extends Error {}

/** How often two connections are looked at side by side; a pooler hands out the server's connection that was free last, so the first look tells. */
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
 * Refuses a pooler that gives a session's statements to whatever connection of the server is free (pgbouncer in transaction or statement
 * mode): prepared statements and a session's settings are then somebody else's. One that keeps a connection for each session is all right.
 * Whoever connected us names a process; where the server names another there is a pooler between, and only then two sessions are held
 * side by side: in one process of the server at a time they cannot both be its session.
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
    // Held in a transaction, so that in transaction mode it is nobody else's for this moment.
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
