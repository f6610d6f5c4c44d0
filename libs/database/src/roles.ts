import { randomBytes } from 'node:crypto';
import { type Client, escapeIdentifier, escapeLiteral } from 'pg';
import { onDatabase } from './on-database';

export type RolePasswords = { owner: string; app: string; import: string };

export type RoleNames = Record<keyof RolePasswords, string>;

const rolesOf = (installation: string): RoleNames => ({
  owner: `${installation}_owner`,
  app: `${installation}_app`,
  import: `${installation}_import`,
});

/** For the database `timebank`, as the embedded server's is called. */
export const roleNamesInDatabase = rolesOf('timebank');

/** Roles that another installation on the same server uses; the message says what to do. */
export class RolesInUse extends Error {}

/**
 * The names of an installation's roles: those that its database was made with, else after its database, so that two installations on one
 * server have their own. Roles belong to the whole server.
 */
export async function roleNamesOf(url: string): Promise<RoleNames> {
  return onDatabase(url, async (client) => {
    const { rows } = await client.query<{ database: string; owner: string | null }>(
      `select current_database() as database,
              (select pg_get_userbyid(relowner) from pg_class where oid = to_regclass('public.migration_checksum')) as owner`,
    );
    const made = /^(.+)_owner$/.exec(rows[0]?.owner ?? '')?.[1];
    // A name of more than 63 bytes would be cut by the server, to the same for all three.
    return rolesOf(
      made ??
        Buffer.from(rows[0]?.database ?? '')
          .subarray(0, 50)
          .toString(),
    );
  });
}

/** Fresh passwords for the three roles; kept in DATA_DIR, never logged. */
export function newRolePasswords(): RolePasswords {
  const one = () => randomBytes(24).toString('base64url');
  return { owner: one(), app: one(), import: one() };
}

/**
 * Makes a role that may sign in, or gives it the password. What a new role is not (superuser, and so on) goes without saying: on a managed
 * server only its own superuser may say so of any role.
 */
function loginStatement(role: string, password: string): string {
  const name = escapeIdentifier(role);
  return (
    `do $$ begin if not exists (select from pg_roles where rolname = ${escapeLiteral(role)}) then create role ${name} login; end if; end $$;\n` +
    `alter role ${name} with login password ${escapeLiteral(password)}`
  );
}

/** What the roles may do in a database: its schema is the owner's, and nobody else makes even a passing table, which would hide one of the schema. */
function grantStatements(database: string, names: RoleNames): string[] {
  const [owner, app, importer] = [names.owner, names.app, names.import].map((name) => escapeIdentifier(name));
  const name = escapeIdentifier(database);
  return [
    `grant connect, temporary, create on database ${name} to ${owner}`,
    `revoke all on schema public from public`,
    `revoke temporary on database ${name} from public`,
    `grant all on schema public to ${owner} with grant option`,
    `grant connect on database ${name} to ${app}, ${importer}`,
  ];
}

/** The statements that make the three roles and hand the database's schema to the owner. */
export function roleStatements(database: string, passwords: RolePasswords, names: RoleNames = roleNamesInDatabase): string[] {
  const logins = (['owner', 'app', 'import'] as const).map((role) => loginStatement(names[role], passwords[role]));
  return [...logins, ...grantStatements(database, names)];
}

/** The three roles could not be made as they have to be; the message says what to do. */
export class UnsafeRoles extends Error {}

/** Takes from the roles what none of them may have, if somebody granted it: it would get around row security. */
async function takeBack(client: Client, names: RoleNames): Promise<void> {
  const { rows } = await client.query<{ name: string; powers: string[] }>(
    `select rolname as name, array_remove(array[case when rolsuper then 'nosuperuser' end, case when rolbypassrls then 'nobypassrls' end,
              case when rolcreaterole then 'nocreaterole' end, case when rolcreatedb then 'nocreatedb' end], null) as powers
       from pg_roles where rolname = any($1)`,
    [Object.values(names)],
  );
  for (const { name, powers } of rows) {
    if (powers.length > 0) await client.query(`alter role ${escapeIdentifier(name)} with ${powers.join(' ')}`);
  }
}

/** Grants by a login that may not grant them are warnings, not errors: the first migration would fail instead. */
async function refuseWithoutSchema(client: Client, database: string, login: string, { owner }: RoleNames): Promise<void> {
  const { rows } = await client.query<{ able: boolean }>(
    `select has_database_privilege($1, current_database(), 'create') and has_schema_privilege($1, 'public', 'create') as able`,
    [owner],
  );
  if (rows[0]?.able) return;
  throw new UnsafeRoles(
    `The login of DATABASE_URL may create roles, but not hand the database ${database} to them: it has to own it. As one who may: ` +
      `alter database ${escapeIdentifier(database)} owner to ${escapeIdentifier(login)};`,
  );
}

/** Whether a role is there, asked with another login. */
export async function hasRole(url: string, role: string): Promise<boolean> {
  return onDatabase(url, async (client) => (await client.query('select from pg_roles where rolname = $1', [role])).rows.length > 0);
}

/** Whether a login may create roles (superuser or CREATEROLE). */
export async function mayCreateRoles(url: string): Promise<boolean> {
  return onDatabase(url, async (client) => {
    const { rows } = await client.query<{ able: boolean }>(
      'select rolsuper or rolcreaterole as able from pg_roles where rolname = current_user',
    );
    return rows[0]?.able ?? false;
  });
}

async function signsIn(url: string): Promise<boolean> {
  return onDatabase(url, async () => true).catch((fault: { code?: string }) => {
    // A wrong password, a role that is not there, or one that may not sign in yet.
    if (fault.code?.startsWith('28') || fault.code === '42501') return false;
    throw fault;
  });
}

/** Another database of the server in which a role owns something or may do something. */
async function otherDatabaseOf(client: Client, role: string): Promise<string | null> {
  const { rows } = await client.query<{ name: string }>(
    `select d.datname as name from pg_shdepend s join pg_database d on d.oid = s.dbid
      where s.refclassid = 'pg_authid'::regclass and s.refobjid = to_regrole($1) and d.datname <> current_database() order by d.datname limit 1`,
    [escapeIdentifier(role)],
  );
  return rows[0]?.name ?? null;
}

/**
 * Makes the roles in the database of `url`, logged in as a superuser, or as a login that owns the database and may create roles. Repeatable. A role
 * whose password already fits keeps it; one that another installation of the same server uses is not changed (`RolesInUse`).
 */
export async function makeRoles(url: string, passwords: RolePasswords, names: RoleNames = roleNamesInDatabase): Promise<void> {
  await onDatabase(url, async (client) => {
    const { rows } = await client.query<{ database: string; login: string }>(
      'select current_database() as database, current_user as login',
    );
    const [{ database, login }] = rows as [{ database: string; login: string }];
    // Two commands at once would fail over the same rows of the catalogue.
    await client.query(`select pg_advisory_lock(hashtextextended('timebank roles', 0))`);
    for (const role of ['owner', 'app', 'import'] as const) {
      if (await signsIn(asRole(url, role, passwords, names))) continue;
      const other = await otherDatabaseOf(client, names[role]);
      if (other !== null)
        throw new RolesInUse(
          `The role ${names[role]} works in the database ${other} too, and its password here is another: to change it would shut out that ` +
            `installation. Set DATABASE_URL, DATABASE_OWNER_URL and DATABASE_IMPORT_URL to logins of this database's own, or use a server for each.`,
        );
      await client.query(loginStatement(names[role], passwords[role]));
    }
    for (const statement of grantStatements(database, names)) await client.query(statement);
    await takeBack(client, names);
    await refuseWithoutSchema(client, database, login, names);
  });
}

/** The same database under another login. */
export function asRole(url: string, role: keyof RolePasswords, passwords: RolePasswords, names: RoleNames = roleNamesInDatabase): string {
  const other = new URL(url);
  other.username = encodeURIComponent(names[role]);
  other.password = passwords[role];
  return other.href;
}
