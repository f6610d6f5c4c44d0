import { resolve } from 'node:path';
import { BadSetting, type Config } from '@timebank/contract';
import { refuseOtherSchema, refuseUnfitPooler } from '@timebank/database';
import type { RunningClock } from '@timebank/kernel';
import { startClock } from './clock-start';
import { refuseOtherKeys } from './keys-match';

/** What a process that serves works with. */
export type Begun = { databaseUrl: string; secretKey: string; clock: RunningClock };

function given(config: Config, name: 'databaseUrl' | 'secretKey', variable: string, called: string): string {
  const value = config[name];
  if (value === null) throw new BadSetting(`${variable}: the ${called} process needs it; \`npx timebank start\` sets it`);
  return value;
}

/** Refuses to begin without a database and a key, or with others than belong together; `called` is the process as people call it. */
export async function beginServing(config: Config, called: string): Promise<Begun> {
  const databaseUrl = given(config, 'databaseUrl', 'DATABASE_URL', called);
  const secretKey = given(config, 'secretKey', 'SECRET_KEY', called);
  await refuseUnfitPooler(databaseUrl);
  await refuseOtherSchema(databaseUrl, resolve('prisma-free-migrations'));
  await refuseOtherKeys(config, databaseUrl, secretKey);
  return { databaseUrl, secretKey, clock: await startClock(config, databaseUrl) };
}
