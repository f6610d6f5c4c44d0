import 'reflect-metadata';
import { FirstAdmin } from '@timebank/access';
import { dirname, resolve } from 'node:path';
import { BadSetting, type Config, readConfig, refuseToServe } from '@timebank/contract';
import { refuseOtherSchema, refuseUnfitPooler } from '@timebank/database';
import { WatchBooks } from '@timebank/ledger';
import { originOf } from '@timebank/visits';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { startClock } from './clock-start';
import { createApp } from './create-app';
import { endExplained } from './explain';
import { refuseOtherKeys } from './keys-match';

/** Calls under way may end; a caller who never ends must not keep the process. */
const longestGoodbyeMilliseconds = 10_000;

function given(config: Config, name: 'databaseUrl' | 'secretKey', variable: string): string {
  const value = config[name];
  if (value === null) throw new BadSetting(`${variable}: the API process needs it; \`npx timebank start\` sets it`);
  return value;
}

function endOnSignal(app: NestFastifyApplication): void {
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(1), longestGoodbyeMilliseconds).unref();
    void app.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, end);
  // The command that started this process is gone, and with it whoever looks after the database.
  process.once('disconnect', end);
}

/** The API process: serves until it is told to end, and says on standard output when it listens. */
async function serve(): Promise<void> {
  const config = readConfig(process.env);
  refuseToServe(config);
  const databaseUrl = given(config, 'databaseUrl', 'DATABASE_URL');
  const secretKey = given(config, 'secretKey', 'SECRET_KEY');
  await refuseUnfitPooler(databaseUrl);
  await refuseOtherSchema(databaseUrl, resolve('prisma-free-migrations'));
  await refuseOtherKeys(config, databaseUrl, secretKey);
  const clock = await startClock(config, databaseUrl);
  const drawingEntry = resolve(dirname(process.argv[1] ?? ''), 'drawing/main.js');
  const app = await createApp({ config, databaseUrl, secretKey, clock, origin: originOf(config), drawingEntry });
  endOnSignal(app);
  if (config.admin) await app.get(FirstAdmin, { strict: false }).run(config.admin);
  await app.listen(config.port, config.host);
  const { port } = app.getHttpServer().address() as { port: number };
  const { rolledBack, storedUntil } = await app.get(WatchBooks, { strict: false }).look();
  process.stdout.write(`${JSON.stringify({ event: 'listening', port, rolledBack, storedUntil })}\n`);
}

serve().catch(endExplained);
