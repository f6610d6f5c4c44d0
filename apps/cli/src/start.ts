import { type ChildProcess, fork } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { Command } from 'commander';
import { clockStart } from '../../api/src/clock-start';
import { nodeFlags } from '../../api/src/node-flags';
import { type Config, readConfig } from '@timebank/contract';
import { originOf } from '@timebank/visits';
import QRCode from 'qrcode';
import type { DemoCity } from './demo/build-city';
import { keptDemo } from './demo/kept';
import { loadDemoWhenWanted } from './demo/load';
import { CannotRun, type Environment, openEnvironment } from './environment';
import { keepDigests } from './importer';
import { JobsProcess } from './jobs-process';
import { bringUpToDate } from './migrate';

/** Built beside the command line; the bundler writes the source's place into `import.meta`, hence the script's own. */
const apiEntry = resolve(dirname(process.argv[1] ?? ''), '../api/main.js');
const jobsEntry = resolve(dirname(process.argv[1] ?? ''), '../jobs/main.js');

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** What both processes are told: the database, the key, and one clock between them. */
async function childEnvironment(config: Config, environment: Environment): Promise<NodeJS.ProcessEnv> {
  const start = await clockStart(environment.appUrl);
  return {
    ...process.env,
    DATABASE_URL: environment.appUrl,
    DATABASE_OWNER_URL: '',
    DATABASE_IMPORT_URL: '',
    DATABASE_KIND: environment.embedded ? 'embedded' : 'external',
    SECRET_KEY: environment.secretKey,
    DATA_DIR: config.dataDir,
    CLOCK_ANCHOR: `${Date.now()}:${start.getTime()}`,
  };
}

/** The API as a process of its own, which ends when this one does; resolves with the port once it listens. */
function startApi(env: NodeJS.ProcessEnv): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(apiEntry, {
    execArgv: [...nodeFlags],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env,
  });
  return new Promise((listening, failed) => {
    child.once('exit', (code) => failed(new CannotRun(`The API ended before it listened (exit code ${code}).`)));
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      const port = line.startsWith('{"event":"listening"') ? (JSON.parse(line) as { port: number }).port : null;
      if (port !== null) listening({ child, port });
      else if (!line.includes('"msg":"Server listening at ')) say(line);
    });
  });
}

function describeDemo({ people, card }: DemoCity, origin: string): string[] {
  const width = Math.max(...people.map((person) => person.phone.length));
  return [
    '',
    '  Demo people (passwords made for this installation only):',
    ...people.map((person) => `    ${person.phone.padEnd(width)}  ${person.password}  ${person.title}`),
    `  The first one has had a visit to begin when the demo was made; the card at that door: ${card.code} or ${origin}/s/${card.token}`,
  ];
}

async function describePlaces(config: Config, port: number): Promise<void> {
  const origin = originOf({ ...config, port });
  const here = `http://localhost:${port}`;
  const demo = keptDemo(config.dataDir);
  say('');
  say('Timebank is ready.');
  say(`  Phone app  ${origin}/`);
  say(`  Console    ${here}/console/`);
  say(`  API        ${here}/api/docs`);
  if (config.clockSpeed !== 1) say(`  The clock runs ${config.clockSpeed} times as fast as real time.`);
  if (config.publicUrl === null)
    say('  Cards printed now carry this address of the local network; set PUBLIC_URL before printing for real.');
  if (demo) for (const line of describeDemo(demo, origin)) say(line);
  say('');
  say(await QRCode.toString(`${origin}/`, { type: 'terminal', small: true }));
  say('  Stop with Ctrl-C.');
}

/** Ends with the API: a signal, or the end of whoever started this, goes to it first, then the embedded Postgres stops. */
function superviseUntilEnd(child: ChildProcess, environment: Environment): Promise<void> {
  environment.embedded?.watch(() => say('Postgres ended by itself; starting it again.'));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill('SIGTERM'));
  process.once('disconnect', () => child.kill('SIGTERM'));
  process.channel?.unref();
  return new Promise((ended) => {
    child.once('exit', (code) => {
      process.exitCode = code ?? 1;
      ended();
    });
  });
}

export const start = new Command('start')
  .description('Start the database, bring it up to date, load the demo city into an empty one, and serve')
  .action(async () => {
    const config = readConfig(process.env);
    say(`  … ${config.databaseUrl === null ? 'starting Postgres' : 'connecting to Postgres'}`);
    const environment = await openEnvironment(config, 'serve');
    let jobs: JobsProcess | null = null;
    try {
      const ran = await bringUpToDate(environment);
      say(ran === 0 ? '  ✓ schema up to date' : `  ✓ ${ran} migrations ran`);
      await loadDemoWhenWanted(config, environment, (text) => say(`  ${text}`));
      say('  … starting the API');
      const env = await childEnvironment(config, environment);
      const digests = keepDigests(environment);
      digests.catch(() => undefined);
      const { child, port } = await startApi(env);
      const laidDown = await digests.catch((fault: unknown) => {
        child.kill('SIGTERM');
        throw fault;
      });
      if (laidDown) say('  ✓ documents laid down');
      await describePlaces(config, port);
      jobs = new JobsProcess(jobsEntry, env, say);
      jobs.start();
      await superviseUntilEnd(child, environment);
    } finally {
      await jobs?.stop();
      await environment.close();
    }
  });
