import type { Config } from '@timebank/contract';
import { RunningClock } from '@timebank/kernel';
import { Client } from 'pg';

/** The newest moments that the product's clock has left behind; plans and real time (sign-ins) are none. */
const latest = `
  select greatest(
    (select max(recorded_until) from account),
    (select max(created_at) from member),
    (select max(recorded_at) from policy),
    (select max(created_at) from request),
    (select max(created_at) from visit),
    (select max(received_at) from scan_event),
    (select max(decided_at) from approval)
  ) as instant`;

/**
 * Where the product's clock starts: now, or the latest instant stored when that is later, because the clock was sped up or the
 * machine's clock was set back. So no row is ever older than one before it.
 */
export async function clockStart(databaseUrl: string): Promise<Date> {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query(
      `select set_config('timebank.banks', coalesce((select array_agg(bank_id) from locator where kind = 'bank'), '{}')::text, false)`,
    );
    const { rows } = await client.query<{ instant: Date | null }>(latest);
    return new Date(Math.max(Date.now(), rows[0]?.instant?.getTime() ?? 0));
  } finally {
    await client.end();
  }
}

/** The product's clock of a process: anchored where whoever started it says, so that processes agree; else from what is stored. */
export async function startClock({ clockSpeed, clockAnchor }: Config, databaseUrl: string): Promise<RunningClock> {
  if (clockAnchor === null) return new RunningClock(clockSpeed, await clockStart(databaseUrl));
  const passed = (Date.now() - clockAnchor.realMilliseconds) * clockSpeed;
  return new RunningClock(clockSpeed, new Date(clockAnchor.productMilliseconds + passed));
}
