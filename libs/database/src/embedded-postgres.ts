import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { keepRunning, type RestartTimes } from './keep-running';
import { onDatabase } from './on-database';
import { EmbeddedPostgresFault, environmentOf, initialise, linkLibraries, placesFor, superuser, type Places } from './postgres-files';
import { logSettings, newestLines, pruneLogs } from './postgres-log';
import { type ServerLogin, keptIn } from './postgres-kept';

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

/** The process id of the server in a data folder; null where none is noted. */
function serverIn(data: string): number | null {
  const file = join(data, 'postmaster.pid');
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : null;
}

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const lookMilliseconds = 500;

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
 * A real PostgreSQL from an npm package, its data under `dataDir`, on a free port of 127.0.0.1 that stays the same. A second process with the same
 * folder uses the running server.
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
    private readonly kept: ServerLogin,
    private readonly settings: ServerSettings,
  ) {}

  /** Prepares folder, port and password; initialises the data on first use. */
  static async prepare(dataDir: string, settings: ServerSettings = {}): Promise<EmbeddedPostgres> {
    const folder = resolve(dataDir);
    mkdirSync(folder, { recursive: true });
    const places = placesFor(folder);
    linkLibraries(places.binaries);
    const kept = await keptIn(folder);
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
    if (await answers(this.url())) await this.refuseAnothers();
    const deadline = Date.now() + 60_000;
    while (!(await answers(this.url()))) {
      const said = await this.attemptStart(deadline);
      if (said === null) break;
      // After a kill the old server's children may hold its shared memory for a moment; another start may have been first.
      if (!/still in use|lock file/.test(said) || Date.now() > deadline) throw this.faultOf(said);
    }
    this.adopted = options.adopt === true && !this.isOurs;
  }

  /** Whether the server that runs is a child of this process. */
  private get isOurs(): boolean {
    return this.child !== null && this.child.pid === serverIn(this.places.data);
  }

  /** In a few words, with the log's reason and its place. */
  private faultOf(said: string): EmbeddedPostgresFault {
    const { data } = this.places;
    const told = [...said.split('\n'), ...newestLines(data, 3)].filter((line) => /FATAL|PANIC|ERROR/.test(line));
    const words = told.map((line) => line.replace(/^.*?(FATAL|PANIC|ERROR):\s*/, '')).join('; ') || said.trim() || 'it said nothing';
    return new EmbeddedPostgresFault(`Postgres did not start: ${words}. Its log: ${join(data, 'log')}`);
  }

  /** A copied folder names the port and password of the server that works in the original. */
  private async refuseAnothers(): Promise<void> {
    const place = await onDatabase(
      this.url(),
      async (client) => (await client.query<{ data_directory: string }>('show data_directory')).rows[0],
    );
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
    pruneLogs(data);
    const settings = { ...standardSettings, ...logSettings, port: String(this.kept.port), ...this.settings };
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

  /** Keeps the server running, whoever started it, until `stop`: starts it again whenever it ends by itself, as often as it takes. */
  watch(say: (text: string) => void, times?: RestartTimes): void {
    const pruning = setInterval(() => pruneLogs(this.places.data), 600_000).unref();
    const isOver = () => this.stopping;
    void keepRunning({ untilEnded: () => this.untilEnded(), start: () => this.start({ adopt: true }), isOver, say }, times).finally(() =>
      clearInterval(pruning),
    );
  }

  /** Resolves when the server has ended, or is to end. */
  private async untilEnded(): Promise<void> {
    const id = serverIn(this.places.data);
    const runs = () => id !== null && serverIn(this.places.data) === id && isRunning(id);
    while (!this.stopping && runs()) await new Promise((again) => setTimeout(again, lookMilliseconds).unref());
  }

  /** Creates a database unless it is there. */
  async createDatabase(name: string): Promise<void> {
    await onDatabase(this.url(), async (client) => {
      const { rows } = await client.query('select from pg_database where datname = $1', [name]);
      if (rows.length > 0) return;
      await client.query(`create database "${name}"`).catch((fault: { code?: string }) => {
        // Another command was first.
        if (fault.code !== '42P04' && fault.code !== '23505') throw fault;
      });
    });
  }

  /** Drops a database even if somebody is using it. */
  async dropDatabase(name: string): Promise<void> {
    await onDatabase(this.url(), (client) => client.query(`drop database if exists "${name}" with (force)`));
  }

  private async stopAdopted(signal: NodeJS.Signals): Promise<void> {
    const id = serverIn(this.places.data);
    this.adopted = false;
    if (id === null || !isRunning(id)) return;
    process.kill(id, signal);
    for (let waits = 0; serverIn(this.places.data) === id && waits < 200; waits += 1) await new Promise((again) => setTimeout(again, 50));
  }

  /** Claims a task on this server for this process, until it stops the server or ends in any way. Answers whether no other process has it. */
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

  /** Leaves the server to another start, which was first: gives every claim back, ends nothing later, and waits for nothing of a server that this one began. */
  async leave(): Promise<void> {
    this.child?.stderr?.destroy();
    this.child?.unref();
    this.child = null;
    this.adopted = false;
    EmbeddedPostgres.started.delete(this);
    await this.release();
  }

  /** Makes this process responsible for the server, whoever started it. */
  adopt(): void {
    this.adopted = !this.isOurs;
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
