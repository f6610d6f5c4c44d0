import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { EmbeddedPostgresFault, environmentOf, initialise, linkLibraries, placesFor, superuser, type Places } from './postgres-files';

type Kept = { port: number; password: string };

/** Extra `-c name=value` settings; tests trade durability for speed with them. */
export type ServerSettings = Record<string, string>;

const standardSettings: ServerSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '256MB',
  wal_compression: 'on',
  log_timezone: 'UTC',
  timezone: 'UTC',
  // A small bank's tables double within minutes; plans made for empty ones would read all of the city.
  autovacuum_naptime: '15s',
  autovacuum_analyze_scale_factor: '0.02',
  autovacuum_vacuum_insert_scale_factor: '0.05',
};

async function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => found(port));
    });
  });
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * A real PostgreSQL from an npm package, its data under `dataDir`, on a free port of 127.0.0.1 that is kept. A second
 * process with the same folder uses the running server.
 */
export class EmbeddedPostgres {
  /** Those that this process started and has not stopped yet. */
  private static readonly started = new Set<EmbeddedPostgres>();

  private child: ChildProcess | null = null;
  private adopted = false;
  private stopping = false;
  private claims: Client | null = null;

  private constructor(
    private readonly places: Places,
    private readonly kept: Kept,
    private readonly settings: ServerSettings,
  ) {}

  /** Prepares folder, port and password; initialises the data on first use. */
  static async prepare(dataDir: string, settings: ServerSettings = {}): Promise<EmbeddedPostgres> {
    const folder = resolve(dataDir);
    mkdirSync(folder, { recursive: true });
    const places = placesFor(folder);
    linkLibraries(places.binaries);
    const keeping = join(folder, 'postgres.json');
    let kept: Kept;
    if (existsSync(keeping)) {
      kept = JSON.parse(readFileSync(keeping, 'utf8')) as Kept;
    } else {
      kept = { port: await freePort(), password: randomBytes(24).toString('base64url') };
      writeFileSync(keeping, JSON.stringify(kept), { mode: 0o600 });
    }
    initialise(places, kept.password);
    return new EmbeddedPostgres(places, kept, settings);
  }

  /** Superuser address of a database on this server. */
  url(database = 'postgres'): string {
    return `postgres://${superuser}:${this.kept.password}@127.0.0.1:${this.kept.port}/${database}`;
  }

  /** Process id of the server that this object started. */
  get pid(): number | null {
    return this.child?.pid ?? null;
  }

  /**
   * Starts the server unless it runs already. Resolves once it answers. `adopt` makes this process responsible for a
   * server that ran already: a start after a crash of the process that had started it.
   */
  async start(options: { adopt?: boolean } = {}): Promise<void> {
    this.stopping = false;
    if (await answers(this.url())) {
      await this.refuseAnothers();
      this.adopted = options.adopt === true;
      return;
    }
    const deadline = Date.now() + 60_000;
    for (;;) {
      const said = await this.attemptStart(deadline);
      if (said === null) return;
      // After a kill the old server's children may hold its shared memory for a moment.
      if (!/still in use|lock file/.test(said) || Date.now() > deadline) throw new EmbeddedPostgresFault(`Postgres did not start: ${said}`);
    }
  }

  /** A copied folder names the port and password of the server that works in the original. */
  private async refuseAnothers(): Promise<void> {
    const place = await this.onServer(async (client) => (await client.query<{ data_directory: string }>('show data_directory')).rows[0]);
    const theirs = place?.data_directory ?? '';
    if (existsSync(theirs) && realpathSync(theirs) === realpathSync(this.places.data)) return;
    throw new EmbeddedPostgresFault(
      `The server at 127.0.0.1:${this.kept.port} works in ${theirs}, and this installation's data lie in ${this.places.data}: DATA_DIR was copied. ` +
        `Stop that server first, or give the copy a port of its own ("port" in its postgres.json). Nothing was changed.`,
    );
  }

  /** Null once the server answers, else what it said before it ended. */
  private async attemptStart(deadline: number): Promise<string | null> {
    const { data, identity, binaries } = this.places;
    const settings = { ...standardSettings, port: String(this.kept.port), ...this.settings };
    const child = spawn(
      join(binaries, 'bin', 'postgres'),
      ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      { ...identity, env: environmentOf(this.places), stdio: ['ignore', 'ignore', 'pipe'], cwd: '/', detached: true },
    );
    this.child = child;
    EmbeddedPostgres.started.add(this);
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-2_000);
    });
    while (!(await answers(this.url()))) {
      if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadline) return said || 'no message';
      await new Promise((again) => setTimeout(again, 50));
    }
    return null;
  }

  /** Starts the server again whenever it ends by itself, until `stop`. */
  watch(onRestart: () => void): void {
    this.child?.once('exit', () => {
      if (this.stopping) return;
      onRestart();
      this.start()
        .then(() => this.watch(onRestart))
        .catch((error: Error) => process.stderr.write(`${error.message}\n`));
    });
  }

  /** Creates a database unless it is there. */
  async createDatabase(name: string): Promise<void> {
    await this.onServer(async (client) => {
      const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
      if (rowCount === 0) await client.query(`create database "${name}"`);
    });
  }

  /** Drops a database whoever uses it. */
  async dropDatabase(name: string): Promise<void> {
    await this.onServer((client) => client.query(`drop database if exists "${name}" with (force)`));
  }

  private async onServer<Result>(work: (client: Client) => Promise<Result>): Promise<Result> {
    const client = new Client({ connectionString: this.url() });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  private async stopAdopted(signal: NodeJS.Signals): Promise<void> {
    const file = join(this.places.data, 'postmaster.pid');
    this.adopted = false;
    if (!existsSync(file)) return;
    process.kill(Number(readFileSync(file, 'utf8').split('\n')[0]), signal);
    for (let waits = 0; existsSync(file) && waits < 200; waits += 1) await new Promise((again) => setTimeout(again, 50));
  }

  /**
   * Claims a task on this server for this process, until it stops the server or ends in whatever way. Answers whether no
   * other process has it.
   */
  async claim(task: string): Promise<boolean> {
    if (!this.claims) {
      this.claims = new Client({ connectionString: this.url() });
      this.claims.on('error', () => undefined);
      await this.claims.connect();
    }
    const { rows } = await this.claims.query<{ claimed: boolean }>('select pg_try_advisory_lock(hashtextextended($1, 0)) as claimed', [
      task,
    ]);
    return rows[0]?.claimed ?? false;
  }

  /** Gives every claim back. */
  async release(): Promise<void> {
    await this.claims?.end().catch(() => undefined);
    this.claims = null;
  }

  /** Stops the server that this object started or adopted; any other is left alone. Claims last until it has stopped. */
  async stop(signal: 'SIGINT' | 'SIGQUIT' | 'SIGKILL' = 'SIGINT'): Promise<void> {
    this.stopping = true;
    const child = this.child;
    this.child = null;
    if (this.adopted) await this.stopAdopted(signal);
    if (child && child.exitCode === null && child.signalCode === null) {
      await new Promise<void>((ended) => {
        child.once('exit', () => ended());
        child.kill(signal);
      });
    }
    EmbeddedPostgres.started.delete(this);
    await this.release();
  }

  /** Stops every server that this process started: it is being interrupted. */
  static async stopStarted(): Promise<void> {
    for (const server of EmbeddedPostgres.started) await server.stop();
  }
}
