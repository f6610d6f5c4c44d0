import { resolve } from 'node:path';
import type { Config } from '@timebank/contract';
import {
  asRole,
  EmbeddedPostgres,
  hasRole,
  holdsCity,
  makeRoles,
  mayCreateRoles,
  mayReadMarks,
  newRolePasswords,
  readMarks,
  refuseUnfitPooler,
  roleNamesOf,
  type MigrationRoles,
  type RolePasswords,
  roleStatements,
} from '@timebank/database';
import { complaintOf, heldKeys } from '@timebank/process';
import { CannotRun } from './cannot-run';
import { isDemoHalfBuilt } from './demo/kept';
import { keep, kept, newSecret } from './keep';

export type Environment = {
  appUrl: string;
  ownerUrl: string;
  /** The login that may write the documents; null where none is named. */
  importUrl: string | null;
  roles: MigrationRoles;
  secretKey: string;
  embedded: EmbeddedPostgres | null;
  /** Stops the embedded server if this process started it. */
  close(): Promise<void>;
};

/** `serve` takes the server over, also from a process that was killed; `look` leaves everything as it is. */
export type Use = 'serve' | 'change' | 'look';

const database = 'timebank';
const migrationsFolder = resolve('prisma-free-migrations');

export { migrationsFolder };

/** The key of cards and codes. It is made only for a database that has nothing to do with any key yet. */
async function secretKeyOf(config: Config, databaseUrl: string, use: Use): Promise<string> {
  if (config.secretKey !== null) return config.secretKey;
  const isMissing = kept(config.dataDir, 'secret.json') === null;
  const recorded = isMissing ? (await readMarks(databaseUrl)).get('secret key') : undefined;
  if (isMissing && (recorded !== undefined || (await holdsCity(databaseUrl)))) {
    // A command that only looks needs none, and leaves none behind.
    if (use === 'look') return newSecret();
    const [missing] = heldKeys(config, null);
    throw new CannotRun((missing && complaintOf(missing, recorded ?? 'another one')) ?? 'The key of cards and codes is missing.');
  }
  return keep(config.dataDir, 'secret.json', () => ({ secretKey: newSecret() })).secretKey;
}

/** A start that is just ending gives its claim back within seconds, and takes the server with it. */
async function claimPatiently(server: EmbeddedPostgres): Promise<boolean> {
  for (let tries = 0; tries < 12; tries += 1) {
    const claimed = await server.claim('serve').catch(async () => {
      await server.release();
      await server.start({ adopt: true });
      return false;
    });
    if (claimed) return true;
    await new Promise((again) => setTimeout(again, 500));
  }
  return false;
}

async function openEmbedded(config: Config, use: Use): Promise<Environment> {
  const server = await EmbeddedPostgres.prepare(config.dataDir);
  await server.start({ adopt: use === 'serve' });
  if (use === 'serve' && !(await claimPatiently(server))) {
    await server.leave();
    throw new CannotRun(
      `Timebank runs already from ${resolve(config.dataDir)}. Stop it first, or set DATA_DIR and PORT for another installation.`,
    );
  }
  if (use === 'serve') server.adopt();
  if (use !== 'look' && isDemoHalfBuilt(config.dataDir) && (await server.claim('demo'))) await server.dropDatabase(database);
  await server.createDatabase(database);
  const url = server.url(database);
  const secretKey = await secretKeyOf(config, url, use).catch(async (fault: unknown) => {
    await server.stop();
    throw fault;
  });
  const passwords = keep(config.dataDir, 'roles.json', newRolePasswords);
  return {
    ...(await withOwnRoles(url, passwords)),
    secretKey,
    embedded: server,
    close: () => server.stop(),
  };
}

/** The installation's roles, made where they are not there yet, and the database's address as each of them. */
async function withOwnRoles(
  url: string,
  passwords: RolePasswords,
): Promise<Pick<Environment, 'appUrl' | 'ownerUrl' | 'importUrl' | 'roles'>> {
  const roles = await roleNamesOf(url);
  await makeRoles(url, passwords, roles);
  return {
    appUrl: asRole(url, 'app', passwords, roles),
    ownerUrl: asRole(url, 'owner', passwords, roles),
    importUrl: asRole(url, 'import', passwords, roles),
    roles,
  };
}

const roleOf = (url: string) => decodeURIComponent(new URL(url).username);

async function openExternal(config: Config, url: string, use: Use): Promise<Environment> {
  const close = async () => undefined;
  await refuseUnfitPooler(url);
  const looker = config.databaseOwnerUrl ?? url;
  const seenKey = (await mayReadMarks(looker)) ? await secretKeyOf(config, looker, use) : null;
  if (config.databaseOwnerUrl !== null) {
    const importRole =
      config.databaseImportUrl === null ? (await roleNamesOf(config.databaseOwnerUrl)).import : roleOf(config.databaseImportUrl);
    if (!(await hasRole(config.databaseOwnerUrl, importRole)))
      throw new CannotRun(
        `There is no role ${importRole}. Make it as one who may: create role "${importRole}" login password 'CHANGE-ME';`,
      );
    return {
      appUrl: url,
      ownerUrl: config.databaseOwnerUrl,
      importUrl: config.databaseImportUrl,
      roles: { app: roleOf(url), import: importRole },
      secretKey: seenKey ?? (await secretKeyOf(config, looker, use)),
      embedded: null,
      close,
    };
  }
  if (!(await mayCreateRoles(url))) {
    const placeholders = { owner: 'CHANGE-ME-1', app: 'CHANGE-ME-2', import: 'CHANGE-ME-3' };
    const names = await roleNamesOf(url);
    const statements = roleStatements(new URL(url).pathname.slice(1), placeholders, names)
      .map((statement) => `${statement};`)
      .join('\n');
    throw new CannotRun(
      `The login of DATABASE_URL may not create roles. Run this as one who may, then set DATABASE_URL to ${names.app}, ` +
        `DATABASE_OWNER_URL to ${names.owner} and DATABASE_IMPORT_URL to ${names.import}:\n\n${statements}`,
    );
  }
  const passwords = keep(config.dataDir, 'roles.json', newRolePasswords);
  const own = await withOwnRoles(url, passwords);
  return {
    ...own,
    secretKey: seenKey ?? (await secretKeyOf(config, own.ownerUrl, use)),
    embedded: null,
    close,
  };
}

/**
 * Database addresses, roles and keys for a command; starts the embedded server when no other is named and none runs yet. An embedded database whose
 * demo city was interrupted is built anew, unless the command only looks.
 */
export async function openEnvironment(config: Config, use: Use): Promise<Environment> {
  return config.databaseUrl === null ? openEmbedded(config, use) : openExternal(config, config.databaseUrl, use);
}
