import type { Config } from '@timebank/contract';
import { onDatabase } from '@timebank/database';
import { RunningClock } from '@timebank/kernel';
import { aheadMilliseconds } from '@timebank/ledger';

export type ClockStart = { startsAt: Date; isMachines: boolean };

/**
 * Where the product's clock starts: now, or the latest stored instant if that is later, so that no row is ever older than one before it. That may be
 * slightly later after the machine's clock was set right by seconds, and much later in a city that once ran faster than real time, which is on
 * record. Anywhere else a much later time means that the machine was wrong: the clock then follows the machine, and `WatchBooks` refuses writes.
 */
export async function clockStart(databaseUrl: string, speed: number): Promise<ClockStart> {
  return onDatabase(databaseUrl, async (client) => {
    await client.query(
      `select set_config('timebank.banks', coalesce((select array_agg(bank_id) from locator where kind = 'bank'), '{}')::text, false)`,
    );
    const now = Date.now();
    const { rows } = await client.query<{ ahead: Date | null; ran: boolean }>(
      `select stored_ahead($1) as ahead, exists (select from installation_mark where name = 'clock speed') as ran`,
      [new Date(now)],
    );
    const stored = rows[0]?.ahead?.getTime() ?? now;
    const isMachines = speed === 1 && !rows[0]?.ran;
    return { isMachines, startsAt: new Date(isMachines && stored > now + aheadMilliseconds ? now : Math.max(now, stored)) };
  });
}

/** The product's clock of a process: anchored where its starter says, so that processes agree; else from what is stored. */
export async function startClock({ clockSpeed, clockAnchor }: Config, databaseUrl: string): Promise<RunningClock> {
  const { startsAt, isMachines } = await clockStart(databaseUrl, clockSpeed);
  if (clockAnchor === null) return new RunningClock(clockSpeed, startsAt, isMachines);
  const passed = (Date.now() - clockAnchor.realMilliseconds) * clockSpeed;
  return new RunningClock(clockSpeed, new Date(clockAnchor.productMilliseconds + passed), isMachines);
}
