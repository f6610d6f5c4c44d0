import { createHmac } from 'node:crypto';
import { onDatabase } from './on-database';

export type Mark = { name: string; value: string; saidBy: string | null; reason: string | null };

/** Whether a login may look at what is on record; one that only makes the roles may not. */
export async function mayReadMarks(url: string): Promise<boolean> {
  return onDatabase(url, async (client) => {
    const { rows } = await client.query<{ may: boolean | null }>(
      `select has_table_privilege(to_regclass('public.installation_mark'), 'select') as may`,
    );
    return rows[0]?.may ?? true;
  });
}

/** What is on record about an installation, the newest of each name; nothing in a database older than such records. */
export async function readMarks(url: string): Promise<Map<string, string>> {
  return onDatabase(url, async (client) => {
    const { rows } = await client.query<{ there: boolean }>(`select to_regclass('public.installation_mark') is not null as there`);
    if (!rows[0]?.there) return new Map();
    const marks = await client.query<{ name: string; value: string }>(
      'select distinct on (name) name, value from installation_mark order by name, mark_id desc',
    );
    return new Map(marks.rows.map(({ name, value }) => [name, value]));
  });
}

/** Puts something on record, as the owner. */
export async function addMark(ownerUrl: string, { name, value, saidBy, reason }: Mark): Promise<void> {
  await onDatabase(ownerUrl, async (client) => {
    await client.query(`select set_config('timebank.who', '{"work": "installation mark"}', false)`);
    await client.query('insert into installation_mark (name, value, said_by, reason) values ($1, $2, $3, $4)', [
      name,
      value,
      saidBy,
      reason,
    ]);
  });
}

/** Whether anything stored needs the keys of this installation: a bank, a card. A new or foreign database has nothing. */
export async function holdsCity(url: string): Promise<boolean> {
  return onDatabase(url, async (client) => {
    const { rows } = await client.query<{ there: boolean }>(`select to_regclass('public.locator') is not null as there`);
    if (!rows[0]?.there) return false;
    const found = await client.query('select from locator limit 1').catch((fault: { code?: string }) => {
      // A login that may look at nothing here sees what there is after the roles are made.
      if (fault.code === '42501') return null;
      throw fault;
    });
    return (found?.rowCount ?? 0) > 0;
  });
}

/** By what a secret is known without telling it. */
export function fingerprintOf(secret: string): string {
  return createHmac('sha256', secret).update('timebank fingerprint').digest('hex').slice(0, 32);
}
