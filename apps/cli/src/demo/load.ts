import { Locator } from '@timebank/access';
import type { Config } from '@timebank/contract';
import { analyze } from '@timebank/database';
import { ManualClock } from '@timebank/kernel';
import { originOf } from '@timebank/visits';
import { CannotRun } from '../cannot-run';
import type { Environment } from '../environment';
import { openRooms } from '../rooms';
import { buildCity } from './build-city';
import { beginDemo, isDemoHalfBuilt, keepDemo } from './kept';

/**
 * Builds the demo city through the same abilities as everyone uses, on a clock that walks through the two weeks before now. Changes nothing when a
 * bank exists already. Answers whether it was built. If this is interrupted, the next command builds the embedded database anew.
 */
export async function loadDemo(config: Config, environment: Environment, say: (text: string) => void): Promise<boolean> {
  if (environment.embedded && !(await environment.embedded.claim('demo'))) throw new CannotRun('The demo city is being built right now.');
  const now = new Date();
  const clock = new ManualClock(now);
  const rooms = await openRooms({ ...config, rateLimit: false }, environment, clock, originOf(config));
  try {
    const banks = await rooms.get(Locator, { strict: false }).banks();
    if (isDemoHalfBuilt(config.dataDir) && banks.length > 0)
      throw new CannotRun('The demo city was interrupted half-way; empty the database and try again.');
    if (banks.length > 0) return false;
    beginDemo(config.dataDir);
    const people = await buildCity(rooms, clock, now, say, config.admin);
    await analyze(environment.ownerUrl);
    keepDemo(config.dataDir, people);
    return true;
  } finally {
    await rooms.close();
  }
}

/** On first start: by default only into an empty embedded database. */
export async function loadDemoWhenWanted(config: Config, environment: Environment, say: (text: string) => void): Promise<void> {
  const wanted = config.demo === 'on' || (config.demo === 'when empty' && environment.embedded !== null);
  if (!wanted) return;
  if (await loadDemo(config, environment, say)) say('✓ demo city loaded');
}
