import { existsSync } from 'node:fs';
import { readConfig } from '@timebank/contract';
import { cityId } from '@timebank/database';
import { RunningClock } from '@timebank/kernel';
import { AuditBooks, type BooksAudit } from '@timebank/reports';
import { originOf } from '@timebank/visits';
import { CannotRun } from './cannot-run';
import { withEnvironment } from './migrate';
import { openRooms } from './rooms';

type Options = { incremental?: boolean; checkpoints?: string; json?: boolean };

function showProgress(done: number, of: number): void {
  process.stderr.write(process.stderr.isTTY && done < of ? `\r… ${done} of ${of}` : process.stderr.isTTY ? '\r' : `… ${done} of ${of}\n`);
}

function tell({ faults, transfers, accounts, checkpoints, restores }: BooksAudit, seconds: number): void {
  for (const { bankId, voidFrom, voidThrough, saidBy, saidAt, reason } of restores)
    process.stdout.write(
      `· bank ${bankId}: checkpoints ${voidFrom} to ${voidThrough} are void since ${saidAt}, said by ${saidBy}: ${reason}\n`,
    );
  for (const { bankId, id, fault } of faults)
    process.stdout.write(`✗ ${bankId === cityId ? 'the city' : `bank ${bankId}`}: ${fault} at ${id}\n`);
  process.stdout.write(
    `${faults.length === 0 ? '✓ audit green' : '✗ audit red'}: ${transfers} transfers, ${accounts} accounts, ${checkpoints} checkpoints in ${seconds.toFixed(1)} s\n`,
  );
}

/** `timebank audit`. */
export function audit(options: Options): Promise<void> {
  const config = readConfig(process.env);
  const folder = options.checkpoints ?? config.checkpointDir;
  // A copy may lag behind what this machine remembers to have published.
  const keyFolder = options.checkpoints === undefined ? config.dataDir : undefined;
  if (options.checkpoints !== undefined && !existsSync(folder)) throw new CannotRun(`${folder}: no such folder`);
  return withEnvironment(
    config,
    async (environment) => {
      const rooms = await openRooms(config, environment, new RunningClock(), originOf(config));
      try {
        const startedAt = performance.now();
        const books = rooms.get(AuditBooks, { strict: false });
        const result = options.incremental
          ? await books.runNewest(folder, undefined, keyFolder)
          : await books.run(undefined, { folder, keyFolder, onProgress: showProgress });
        if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
        else tell(result, (performance.now() - startedAt) / 1_000);
        if (result.faults.length > 0) process.exitCode = 1;
      } finally {
        await rooms.close();
      }
    },
    'look',
  );
}
