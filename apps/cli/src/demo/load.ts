import { type Config } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { ManualClock } from '@timebank/kernel';
import { originOf } from '@timebank/visits';
import type { Environment } from '../environment';
import { kept, replace } from '../keep';
import { openRooms } from '../rooms';
import { buildCity } from './build-city';

/** Somebody to sign in as; `title` says who they are in the city. */
export type DemoPerson = { phone: string; password: string; title: string };

const keptName = 'demo.json';

/** The demo people of this installation; none when there is no demo city. */
export function keptDemo(dataDir: string): readonly DemoPerson[] {
  return kept<{ people: DemoPerson[] }>(dataDir, keptName)?.people ?? [];
}

/**
 * Builds the demo city through the same abilities as everyone uses, on a clock that walks through the two weeks before
 * `now`. Refuses nothing and changes nothing when a bank exists already. Returns whether it was built.
 */
export async function loadDemo(config: Config, environment: Environment, say: (text: string) => void): Promise<boolean> {
  const clock = new ManualClock(new Date());
  const rooms = await openRooms({ ...config, rateLimit: false }, environment, clock, originOf(config));
  try {
    const unit = rooms.get(UnitOfWork, { strict: false });
    const banks = await unit.run([], () => unit.query(`select 1 from locator where kind = 'bank' limit 1`));
    if (banks.length > 0) return false;
    const people = await buildCity(rooms, clock, new Date(), say);
    replace(config.dataDir, keptName, { people });
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
