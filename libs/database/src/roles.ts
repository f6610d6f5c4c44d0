import { randomBytes } from 'node:crypto';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';

export type RolePasswords = { owner: string; app: string; import: string };

export const roleNamesInDatabase = { owner: 'timebank_owner', app: 'timebank_app', import: 'timebank_import' } as const;

/** Fresh passwords for the three roles; kept in DATA_DIR, never logged. */
export function newRolePasswords(): RolePasswords {
  const one = () => randomBytes(24).toString('base64url');
  return { owner: one(), app: one(), import: one() };
}

/** The statements that make the three roles and hand the database's schema to the owner. */
export function roleStatements(database: string, passwords: RolePasswords): string[] {
  const make = (role: string, password: string) =>
    `do $$ begin if not exists (select from pg_roles where rolname = ${escapeLiteral(role)}) then create role ${escapeIdentifier(role)} login; end if; end $$;\n` +
    `alter role ${escapeIdentifier(role)} with login nosuperuser nobypassrls nocreaterole nocreatedb password ${escapeLiteral(password)}`;
  const name = escapeIdentifier(database);
  return [
    make(roleNamesInDatabase.owner, passwords.owner),
    make(roleNamesInDatabase.app, passwords.app),
    make(roleNamesInDatabase.import, passwords.import),
    `grant connect, temporary, create on database ${name} to ${roleNamesInDatabase.owner}`,
    `revoke all on schema public from public`,
    `grant all on schema public to ${roleNamesInDatabase.owner} with grant option`,
    `grant connect on database ${name} to ${roleNamesInDatabase.app}, ${roleNamesInDatabase.import}`,
  ];
}

/** Whether a role is there, asked with another login. */
export async function hasRole(url: string, role: string): Promise<boolean> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query('select from pg_roles where rolname = $1', [role])).rows.length > 0;
  } finally {
    await client.end();
  }
}

/** Whether a login may create roles (superuser or CREATEROLE). */
export async function mayCreateRoles(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ able: boolean }>(
      'select rolsuper or rolcreaterole as able from pg_roles where rolname = current_user',
    );
    return rows[0]?.able ?? false;
  } finally {
    await client.end();
  }
}

/** Makes the roles in the database of `url`, logged in as somebody who may. Repeatable. */
export async function makeRoles(url: string, passwords: RolePasswords): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>('select current_database() as name');
    for (const statement of roleStatements(rows[0]?.name ?? '', passwords)) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** The same database under another login. */
export function asRole(url: string, role: keyof RolePasswords, passwords: RolePasswords): string {
  const other = new URL(url);
  other.username = roleNamesInDatabase[role];
  other.password = passwords[role];
  return other.href;
}
