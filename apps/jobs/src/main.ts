import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { readConfig } from '@timebank/contract';
import { JobRounds } from '@timebank/database';
import { Refusal } from '@timebank/kernel';
import { WatchBooks } from '@timebank/ledger';
import { beginServing, endExplained, endOnSignal } from '@timebank/process';
import { JobsModule } from './jobs.module';
import { roundsOf } from './rounds';
import { type Fault, Worker } from './worker';

/** One line of JSON. Postgres's `detail` would repeat the row, names and phones included, so it is left out. */
function tell({ round, place, error }: Fault): void {
  const { message, stack, code } = error as Error & { code?: string };
  const told = error instanceof Refusal ? { level: 'error', parameters: error.parameters } : { level: 'warn', stack };
  process.stderr.write(`${JSON.stringify({ msg: 'round', round, place, code, message, ...told })}\n`);
}

/** The jobs process: goes its rounds until it is told to end, and says on standard output when it has begun. */
async function work(): Promise<void> {
  const config = readConfig(process.env);
  const begun = await beginServing(config, 'jobs');
  const rooms = await NestFactory.createApplicationContext(JobsModule.forRoot({ config, ...begun }), {
    logger: ['error', 'warn'],
    abortOnError: false,
  });
  const mayWrite = () => rooms.get(WatchBooks, { strict: false }).refuseToWrite();
  const worker = new Worker(roundsOf(rooms), begun.clock, tell, mayWrite, rooms.get(JobRounds, { strict: false }));
  const end = async () => {
    await worker.stop();
    await rooms.close();
  };
  endOnSignal(end, { leavesInterrupts: true });
  worker.start();
  process.stdout.write(`${JSON.stringify({ event: 'working', pid: process.pid })}\n`);
}

work().catch(endExplained);
