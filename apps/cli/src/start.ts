import { dirname, resolve } from 'node:path';
import type { Config } from '@timebank/contract';
import { addMark } from '@timebank/database';
import type { BooksState } from '@timebank/ledger';
import { apiFlags, clockStart, jobsFlags } from '@timebank/process';
import { originOf } from '@timebank/visits';
import QRCode from 'qrcode';
import type { DemoCity } from './demo/build-city';
import { keptDemo } from './demo/kept';
import { loadDemoWhenWanted } from './demo/load';
import { type Environment, openEnvironment } from './environment';
import { keepDigests } from './importer';
import { whenInterrupted } from './interruption';
import { LookedAfter } from './looked-after';
import { bringUpToDate } from './migrate';

/** Built beside the command line; the bundler writes the source's place into `import.meta`, hence the script's own. */
const apiEntry = resolve(dirname(process.argv[1] ?? ''), '../api/main.js');
const jobsEntry = resolve(dirname(process.argv[1] ?? ''), '../jobs/main.js');

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** From then on what is stored may be ahead of the machine's time without anything being wrong. */
const ranFast = { name: 'clock speed', saidBy: null, reason: 'started with CLOCK_SPEED' };

/** What both processes get: the database, the key, and one clock. */
async function childEnvironment(config: Config, environment: Environment): Promise<NodeJS.ProcessEnv> {
  const { startsAt } = await clockStart(environment.appUrl, config.clockSpeed);
  return {
    ...process.env,
    DATABASE_URL: environment.appUrl,
    DATABASE_PASSWORD: '',
    DATABASE_OWNER_URL: '',
    DATABASE_IMPORT_URL: '',
    DATABASE_KIND: environment.embedded ? 'embedded' : 'external',
    SECRET_KEY: environment.secretKey,
    DATA_DIR: config.dataDir,
    CLOCK_ANCHOR: `${Date.now()}:${startsAt.getTime()}`,
  };
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

function warnOf({ rolledBack = [], storedUntil = null }: Partial<Pick<BooksState, 'rolledBack' | 'storedUntil'>>): void {
  if (storedUntil !== null) {
    say(`\n  ! Something is recorded as of ${storedUntil}, well ahead of now. People can look; nothing is written.`);
    say(
      "    Set the machine's clock right; or, when it was wrong then and is right now: npx timebank clock --repair --who NAME --why TEXT",
    );
  }
  if (rolledBack.length === 0) return;
  say('\n  ! The database is older than its newest published checkpoint. People can look; nothing is written and nothing sealed.');
  for (const { bankId, fromNumber, throughNumber } of rolledBack)
    say(`    bank ${bankId}: checkpoints ${fromNumber} to ${throughNumber} are published and not in these books`);
  say('    Put the newer database back; or, restored on purpose: npx timebank seal --after-restore --who NAME --why TEXT');
}

/**
 * Resolves when a signal comes, or when the process that started this one is gone. Both child processes may have got the signal as well, so their end
 * is no surprise then.
 */
function untilToldToEnd(processes: readonly LookedAfter[]): Promise<void> {
  return new Promise((told) => {
    const end = () => {
      for (const each of processes) each.expectEnd();
      told();
    };
    whenInterrupted(end);
  });
}

/** The API and the background work. The city can do without the second for a while, not without the first. */
function processesOf(env: NodeJS.ProcessEnv): { api: LookedAfter; jobs: LookedAfter } {
  const api = {
    name: 'The API',
    entry: apiEntry,
    flags: apiFlags,
    env,
    event: 'listening',
    working: 'API',
    unsaid: '"msg":"Server listening at ',
  };
  const jobs = { name: 'Background work', entry: jobsEntry, flags: jobsFlags, env, event: 'working', working: 'background work' };
  return { api: new LookedAfter(api, say), jobs: new LookedAfter(jobs, say) };
}

/** `timebank start`, once its place was found to be free. */
export async function start(config: Config): Promise<void> {
  say(`  … ${config.databaseUrl === null ? 'starting Postgres' : 'connecting to Postgres'}`);
  const environment = await openEnvironment(config, 'serve');
  let running: ReturnType<typeof processesOf> | null = null;
  try {
    const ran = await bringUpToDate(config, environment);
    say(ran === 0 ? '  ✓ schema up to date' : `  ✓ ${ran} migrations ran`);
    await loadDemoWhenWanted(config, environment, (text) => say(`  ${text}`));
    if (config.clockSpeed !== 1) await addMark(environment.ownerUrl, { ...ranFast, value: String(config.clockSpeed) });
    say('  … starting the API');
    const env = await childEnvironment(config, environment);
    const digests = keepDigests(environment);
    digests.catch(() => undefined);
    running = processesOf(env);
    const { port, ...books } = await running.api.start();
    if (await digests) say('  ✓ documents laid down');
    await describePlaces(config, port ?? config.port);
    warnOf(books);
    running.jobs.keep();
    environment.embedded?.watch(say);
    await untilToldToEnd([running.api, running.jobs]);
    process.exitCode = (await running.api.stop()) ?? 1;
  } finally {
    await running?.api.stop();
    await running?.jobs.stop();
    await environment.close();
  }
}
