import { Command } from 'commander';

const exitCodes = `
Exit codes: 0 done · 1 a check failed or a fault · 2 wrong use, a setting that cannot be used, or rows of an import that failed
Settings are environment variables; see README.md, "Settings".`;

/** Works under the command's name, for the audit trail: what is written here no person signed in for. */
async function work(name: string, act: () => unknown): Promise<void> {
  const { workAs } = await import('@timebank/database');
  await workAs({ work: `timebank ${name}` }, act);
}

// What a command does is loaded when it is run: most of the product is not needed to say what is wrong with what was typed.
const start = new Command('start')
  .description('Start the database, bring it up to date, load the demo city into an empty one, and serve')
  .action(async () => {
    const config = await (await import('./free-port')).servableConfig();
    const loaded = await import('./start');
    await work('start', () => loaded.start(config));
  });

const migrate = new Command('migrate')
  .description('Make the database roles and bring the schema up to date; runs each migration once, in its own transaction')
  .action(async () => {
    const { migrateHere } = await import('./migrate');
    await work('migrate', migrateHere);
  });

const demo = new Command('demo').description('Load the demo city into an empty database and print its people').action(async () => {
  const loaded = await import('./demo/command');
  await work('demo', loaded.demo);
});

const audit = new Command('audit')
  .description(
    'Recompute every balance, chain and limit, every published checkpoint, and each row against its audit trail; name the first bad row',
  )
  .option('--incremental', "only what came after each bank's newest published checkpoint")
  .option('--checkpoints <folder>', 'published checkpoints, best a copy kept elsewhere; by default those published here')
  .option('--json', 'print the whole result as JSON')
  .action(async (options) => {
    const loaded = await import('./audit');
    await work('audit', () => loaded.audit(options));
  });

const seal = new Command('seal')
  .description("Seal what every bank's ledger wrote since its newest checkpoint, and publish it; what is published is never replaced")
  .option('--new-key', 'sign with a new key from now on; the old public key stays published')
  .option('--after-restore', 'the database was restored from a backup on purpose: what was published since is void from now on')
  .option('--who <name>', 'with --after-restore: who says so, published for good')
  .option('--why <text>', 'with --after-restore: why, published for good')
  .action(async (options) => {
    const loaded = await import('./seal');
    await work('seal', () => loaded.seal(options));
  });

const clock = new Command('clock')
  .description("Show the machine's time beside the database's and the newest that is stored, and what was repaired")
  .option('--repair', 'the clock had been ahead and is right now: accounts that ran ahead take entries again, and no entry is touched')
  .option('--who <name>', 'with --repair: who says so')
  .option('--why <text>', 'with --repair: why')
  .action(async (options) => {
    const loaded = await import('./clock');
    await work('clock', () => loaded.clock(options));
  });

const verify = new Command('verify')
  .description('Check a statement (its JSON form) offline: signatures, that every sealed line is included, balances and chain')
  .argument('<file>', 'the statement')
  .option('--key <path...>', 'public key file, or a folder of them; by default those published here')
  .option('--json', 'print the whole verdict as JSON')
  .action(async (file, options) => (await import('./verify')).verify(file, options));

const keys = new Command('keys')
  .description('Show the keys of this installation and whether they are those that its database is on record with')
  .option(
    '--accept',
    'those that lie here are the right ones from now on, and what is missing is made: printed cards of a lost key are dead',
  )
  .option('--who <name>', 'with --accept: who says so')
  .option('--why <text>', 'with --accept: why')
  .action(async (options) => {
    const loaded = await import('./keys');
    await work('keys', () => loaded.keys(options));
  });

const admin = new Command('admin')
  .description(
    'Make the first city admin, or let one in again: a password from standard input, or nothing for a one-time code. Ends their sign-ins, on record',
  )
  .argument('[phone]', 'phone to sign in with')
  .option('--list', 'list who runs the city and its banks')
  .action(async (phone, options) => {
    const loaded = await import('./admin');
    await work('admin', () => loaded.admin(phone, options));
  });

const previewGrants = new Command('preview')
  .description('What the grants of a month would do if they went out now; changes nothing')
  .argument('<bank>', 'id or name of the time bank')
  .argument('<month>', 'such as 2026-11')
  .option('--json', 'print the whole result as JSON')
  .action(async (bank, month, options) => {
    const loaded = await import('./grants');
    await work('grants', () => loaded.previewGrants(bank, month, options));
  });

const runGrants = new Command('run')
  .description('Grant the minutes of a month; an interrupted run goes on where it was, and a finished one stays as it is')
  .argument('<bank>', 'id or name of the time bank')
  .argument('<month>', 'such as 2026-11')
  .option('--json', 'print the result as JSON')
  .action(async (bank, month, options) => {
    const loaded = await import('./grants');
    await work('grants', () => loaded.runGrants(bank, month, options));
  });

const importDocuments = new Command('import')
  .description("Read the newsletter's text into the database as read-only originals; the same file again changes nothing")
  .argument('<file>', 'the newsletter as plain text')
  .option('--json', 'print the whole report as JSON')
  .action(async (file, options) => {
    const loaded = await import('./documents');
    await work('documents', () => loaded.importDocuments(file, options));
  });

const importKindNames = ['members', 'balances', 'visits', 'relations', 'qualifications'];
const bringIn = new Command('import')
  .description(
    'Bring in a CSV or XLSX file: what a bank kept before. The same file again changes nothing, and an interrupted import goes on. Exit code 2: some rows failed',
  )
  .argument('<kind>', importKindNames.join(', '))
  .argument('<file>', 'CSV (UTF-8 or GB18030; comma, semicolon or tab) or XLSX')
  .requiredOption('--bank <bank>', 'id or name of the time bank')
  .option('--dry-run', 'say what would become of each row, and change nothing')
  .option('--columns <file>', 'which column holds which field, as JSON: {"name": "Full name", "birthDate": 3}')
  .option('--control-total <minutes>', 'what opening balances come to, in minutes; needed for balances')
  .option('--failed <file>', 'write the rows that were not taken to this file, with the reason in a last column')
  .option('--json', 'print the result as JSON')
  .action(async (kind, file, options) => {
    const loaded = await import('./bring-in');
    await work('import', () => loaded.bringIn(kind, file, options));
  });

const grants = new Command('grants').description('Monthly grants to priority elders: look first, then grant');
const documents = new Command('documents').description('The forum documents that everyone may read');
for (const command of [previewGrants, runGrants]) grants.addCommand(command.exitOverride());
documents.addCommand(importDocuments.exitOverride());

/** Every command. */
export const program = new Command('timebank')
  .description("Runs a city's time bank: server, migrations, demo city, audit, first admin.")
  .exitOverride()
  .showHelpAfterError('npx timebank --help names the commands and their options.')
  .addHelpText('after', exitCodes);
for (const command of [start, migrate, demo, audit, seal, clock, verify, keys, admin, grants, bringIn, documents])
  program.addCommand(command.exitOverride());
