import 'reflect-metadata';
import { dirname, resolve } from 'node:path';
import { FirstAdmin } from '@timebank/access';
import { readConfig, refuseToServe } from '@timebank/contract';
import { WarmPool } from '@timebank/database';
import { WatchBooks } from '@timebank/ledger';
import { beginServing, endExplained, endOnSignal } from '@timebank/process';
import { originOf } from '@timebank/visits';
import { createApp } from './create-app';

/** The API process: serves until it is told to end, and says on standard output when it listens. */
async function serve(): Promise<void> {
  const config = readConfig(process.env);
  refuseToServe(config);
  const begun = await beginServing(config, 'API');
  const drawingEntry = resolve(dirname(process.argv[1] ?? ''), 'drawing/main.js');
  const app = await createApp({ config, ...begun, origin: originOf(config), drawingEntry });
  endOnSignal(() => app.close());
  if (config.admin) await app.get(FirstAdmin, { strict: false }).run(config.admin);
  await app.get(WarmPool, { strict: false }).run();
  await app.listen(config.port, config.host);
  const { port } = app.getHttpServer().address() as { port: number };
  const { rolledBack, storedUntil } = await app.get(WatchBooks, { strict: false }).look();
  process.stdout.write(`${JSON.stringify({ event: 'listening', port, rolledBack, storedUntil })}\n`);
}

serve().catch(endExplained);
