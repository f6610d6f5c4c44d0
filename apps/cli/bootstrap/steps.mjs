// Runs on whatever Node the machine has (20 or newer): plain JavaScript, built-in modules only.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
export const pinnedNode = join(root, 'node_modules', '.bin', 'node');

const installStamp = join(root, 'node_modules', '.timebank-lock');
const buildStamps = join(root, 'dist', 'stamps.json');
const shared = ['libs', 'package-lock.json', 'tsconfig.json', 'nest-cli.json'];

/** What is built, by what, and from what. */
const targets = [
  { name: 'api', title: 'API', from: ['apps/api'], run: ['node_modules/@nestjs/cli/bin/nest.js', 'build', 'api'] },
  {
    name: 'drawing',
    title: 'drawing of files',
    from: ['apps/api'],
    run: ['node_modules/@nestjs/cli/bin/nest.js', 'build', 'drawing'],
  },
  {
    name: 'jobs',
    title: 'background work',
    from: ['apps/jobs'],
    run: ['node_modules/@nestjs/cli/bin/nest.js', 'build', 'jobs'],
  },
  {
    name: 'cli',
    title: 'command line',
    from: ['apps/cli'],
    run: ['node_modules/@nestjs/cli/bin/nest.js', 'build', 'cli'],
  },
  {
    name: 'bench',
    title: 'bench',
    from: ['apps/bench/src', 'apps/api/src', 'libs/testing'],
    run: ['node_modules/@nestjs/cli/bin/nest.js', 'build', 'bench'],
  },
  {
    name: 'web',
    title: 'phone app',
    from: ['apps/web'],
    run: ['node_modules/vite/bin/vite.js', 'build', '-c', 'apps/web/vite.config.ts', '--logLevel', 'warn'],
  },
  {
    name: 'console',
    title: 'console',
    from: ['apps/console'],
    run: ['node_modules/vite/bin/vite.js', 'build', '-c', 'apps/console/vite.config.ts', '--logLevel', 'warn'],
  },
];

/** What serving needs. */
export const served = ['api', 'drawing', 'jobs', 'cli', 'web', 'console'];

function say(text) {
  process.stdout.write(`${text}\n`);
}

/** Runs a command, telling every few seconds that it still works; its output is shown only when it fails. */
export function runStep(title, command, args, env = process.env) {
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 1000);
  say(`  … ${title}`);
  return new Promise((done, failed) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    const ticking = setInterval(() => say(`    ${title}: ${seconds()} s`), 10_000);
    child.on('error', (error) => {
      clearInterval(ticking);
      failed(error);
    });
    child.on('close', (code) => {
      clearInterval(ticking);
      if (code === 0) {
        say(`  ✓ ${title} (${seconds()} s)`);
        done(output);
      } else {
        process.stderr.write(output);
        failed(new Error(`${title} failed (exit code ${code})`));
      }
    });
  });
}

function* filesIn(path) {
  const full = join(root, path);
  if (!existsSync(full)) return;
  if (statSync(full).isDirectory()) for (const name of readdirSync(full).sort()) yield* filesIn(`${path}/${name}`);
  else if (!/\.(spec\.ts|md)$/.test(path)) yield path;
}

/** Only the bench is built from the specs' helpers; it names them itself. */
function hashOf(paths) {
  const files = new Set(paths.flatMap((path) => [...filesIn(path)]));
  const hash = createHash('sha256');
  for (const file of files) {
    if (file.startsWith('libs/testing/') && !paths.includes('libs/testing')) continue;
    hash.update(file).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

/** Installs the packages of the lock file unless just these are installed already. */
export async function ensureInstalled() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(process.platform + process.arch)
    .digest('hex');
  if (existsSync(installStamp) && readFileSync(installStamp, 'utf8') === wanted) return;
  // Not `npm ci`: it refuses a lock that lacks optional packages of platforms which a registry does not carry.
  const npm = process.env.npm_execpath;
  const [command, args] = npm ? [process.execPath, [npm]] : ['npm', []];
  await runStep('installing packages (about a minute on a new machine)', command, [
    ...args,
    'install',
    '--no-save',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]);
  writeFileSync(installStamp, wanted);
}

/** The Node that everything but npm itself runs on: the pinned one where it is packaged, else this one if new enough. */
export function runtime() {
  if (existsSync(pinnedNode)) return pinnedNode;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  throw new Error(`Node 24 is not packaged for ${process.platform}-${process.arch}; install Node 24 and try again`);
}

/** Does a work for each thing, two at a time: one alone leaves a second core idle. Waits for both, so that a failure leaves none behind. */
export async function eachOfTwo(things, work) {
  const waiting = [...things];
  const worker = async () => {
    for (let thing = waiting.shift(); thing; thing = waiting.shift()) await work(thing);
  };
  const ends = await Promise.allSettled(Array.from({ length: Math.min(2, availableParallelism()) }, worker));
  const failed = ends.find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
}

/** Builds what has changed since it was built last. */
export async function ensureBuilt(names = served) {
  const stamps = existsSync(buildStamps) ? JSON.parse(readFileSync(buildStamps, 'utf8')) : {};
  const changed = targets
    .filter(({ name }) => names.includes(name))
    .map((target) => ({ ...target, stamp: hashOf([...shared, ...target.from]) }))
    .filter(({ name, stamp }) => stamps[name] !== stamp);
  await eachOfTwo(changed, async ({ name, title, run, stamp }) => {
    await runStep(`building the ${title}`, runtime(), run, { ...process.env, NODE_ENV: 'production' });
    stamps[name] = stamp;
    mkdirSync(dirname(buildStamps), { recursive: true });
    writeFileSync(buildStamps, JSON.stringify(stamps, null, 2));
  });
}

/** Id of the npm that runs this script, with or without a shell in between; null where /proc does not tell. */
function npmAbove() {
  const told = (id, file) => readFileSync(`/proc/${id}/${file}`, 'utf8');
  try {
    const above = [process.ppid, Number(/^PPid:\s*(\d+)$/m.exec(told(process.ppid, 'status'))[1])];
    return above.find((id) => told(id, 'comm').startsWith('npm')) ?? null;
  } catch {
    return null;
  }
}

/** Calls back once a process is gone. */
function whenGone(id, callBack) {
  const looking = setInterval(() => {
    try {
      process.kill(id, 0);
    } catch {
      clearInterval(looking);
      callBack();
    }
  }, 500);
  looking.unref();
}

/** Hands the terminal over to a command and ends as it ends; signals go through, and so does the end of npm or of this process. */
export function handOver(args, env = process.env) {
  const child = spawn(runtime(), args, { cwd: root, env, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  const npm = npmAbove();
  if (npm !== null) whenGone(npm, () => child.kill('SIGTERM'));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

/** Runs a bootstrap script's body and prints a failure as one line. */
export async function main(body) {
  try {
    await body();
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
