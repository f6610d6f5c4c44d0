import { type Config, readConfig } from '@timebank/contract';
import { countTransactionsOn, migrate } from '@timebank/database';
import { type Environment, migrationsFolder, openEnvironment, type Use } from './environment';
import { keepDigests } from './importer';
import { holdKeys } from './hold-keys';

/** Brings the schema up to date, telling each file, and lets a restored ledger count on; returns how many files ran. */
export async function updateSchema(environment: Environment): Promise<number> {
  const ran = await migrate(environment.ownerUrl, environment.roles, migrationsFolder, (name) =>
    process.stdout.write(`  … migration ${name}\n`),
  );
  const passed = await countTransactionsOn(environment.ownerUrl);
  if (passed > 0)
    process.stdout.write(
      `  … this server counts its transactions from before what is stored, as after a restore from a dump: counting on, ${passed} numbers passed over\n`,
    );
  return ran.length;
}

/** The same, and compares the keys of this installation with those its database has on record; refuses others. */
export async function bringUpToDate(config: Config, environment: Environment): Promise<number> {
  const ran = await updateSchema(environment);
  await holdKeys(config, environment);
  return ran;
}

/** Opens the environment of `config` for `body` and closes it whatever happens. */
export async function withEnvironment(
  config: Config,
  body: (environment: Environment) => Promise<void>,
  use: Use = 'change',
): Promise<void> {
  const environment = await openEnvironment(config, use);
  try {
    await body(environment);
  } finally {
    await environment.close();
  }
}

/** `timebank migrate`. */
export function migrateHere(): Promise<void> {
  const config = readConfig(process.env);
  return withEnvironment(config, async (environment) => {
    const count = await bringUpToDate(config, environment);
    process.stdout.write(count === 0 ? 'The schema is up to date.\n' : `${count} migrations ran.\n`);
    const kept = await keepDigests(environment);
    if (kept === null)
      process.stdout.write('The documents were left as they are: DATABASE_IMPORT_URL names no login that may write them.\n');
    else if (kept) process.stdout.write('The documents were laid down.\n');
  });
}
