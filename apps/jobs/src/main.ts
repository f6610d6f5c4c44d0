import 'reflect-metadata';
import { resolve } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { BadSetting, type Config, readConfig } from '@timebank/contract';
import { JobRounds, refuseOtherSchema, refuseUnfitPooler } from '@timebank/database';
import { Refusal } from '@timebank/kernel';
import { WatchBooks } from '@timebank/ledger';
import { startClock } from '../../api/src/clock-start';
import { endExplained } from '../../api/src/explain';
import { refuseOtherKeys } from '../../api/src/keys-match';
import { JobsModule } from './jobs.module';
import { roundsOf } from './rounds';
import { type Fault, Worker } from './worker';

/** A piece of work in hand may end; one that hangs must not keep the process. */
const longestGoodbyeMilliseconds = 10_000;

function given(config: Config, name: 'databaseUrl' | 'secretKey', variable: string): string {
  const value = config[name];
  if (value === null) throw new BadSetting(`${variable}: the jobs process needs it; \`npx timebank start\` sets it`);
  return value;
}

/** One line of JSON. Postgres's `detail` would repeat the row, names and phones included, so it is left out. */
function tell({ round, place, error }: Fault): void {
  const { message, stack, code } = error as Error & { code?: string };
  const told = error instanceof Refusal ? { level: 'error', parameters: error.parameters } : { level: 'warn', stack };
  process.stderr.write(`${JSON.stringify({ msg: 'round', round, place, code, message, ...told })}\n`);
}

/**
 * Ends once, when it is told to, or when the command that started this process is gone, and with it whoever looks after the database. An
 * interrupt from the keyboard reaches both at once; then the command ends this process in its own order.
 */
function endOnSignal(end: () => Promise<void>): void {
  let ending = false;
  const begin = () => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(1), longestGoodbyeMilliseconds).unref();
    void end().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', begin);
  process.on('SIGINT', () => {
    if (!process.connected) begin();
  });
  process.once('disconnect', begin);
}

/** The jobs process: goes its rounds until it is told to end, and says on standard output when it has begun. */
async function work(): Promise<void> {
  const config = readConfig(process.env);
  const databaseUrl = given(config, 'databaseUrl', 'DATABASE_URL');
  const secretKey = given(config, 'secretKey', 'SECRET_KEY');
  await refuseUnfitPooler(databaseUrl);
  await refuseOtherSchema(databaseUrl, resolve('prisma-free-migrations'));
  await refuseOtherKeys(config, databaseUrl, secretKey);
  const clock = await startClock(config, databaseUrl);
  const rooms = await NestFactory.createApplicationContext(JobsModule.forRoot({ config, databaseUrl, secretKey, clock }), {
    logger: ['error', 'warn'],
    abortOnError: false,
  });
  const mayWrite = () => rooms.get(WatchBooks, { strict: false }).refuseToWrite();
  const worker = new Worker(roundsOf(rooms), clock, tell, mayWrite, rooms.get(JobRounds, { strict: false }));
  endOnSignal(async () => {
    await worker.stop();
    await rooms.close();
  });
  worker.start();
  process.stdout.write(`${JSON.stringify({ event: 'working', pid: process.pid })}\n`);
}

work().catch(endExplained);
