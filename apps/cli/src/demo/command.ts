import { readConfig } from '@timebank/contract';
import { CannotRun } from '../cannot-run';
import { bringUpToDate, withEnvironment } from '../migrate';
import { keptDemo } from './kept';
import { loadDemo } from './load';

/** `timebank demo`. */
export function demo(): Promise<void> {
  const config = readConfig(process.env);
  return withEnvironment(config, async (environment) => {
    await bringUpToDate(config, environment);
    const loaded = await loadDemo(config, environment, (text) => process.stdout.write(`  ${text}\n`));
    if (!loaded) throw new CannotRun('There is a bank already; the demo city goes into an empty database only.');
    for (const person of keptDemo(config.dataDir)?.people ?? [])
      process.stdout.write(`${person.phone}  ${person.password}  ${person.title}\n`);
  });
}
