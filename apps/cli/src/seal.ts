import { Command } from 'commander';
import { readConfig } from '@timebank/contract';
import { RunningClock } from '@timebank/kernel';
import { CheckpointKeys, SealCheckpoints, statementHash } from '@timebank/ledger';
import { originOf } from '@timebank/visits';
import { withEnvironment } from './migrate';
import { openRooms } from './rooms';

export const seal = new Command('seal')
  .description("Seal what every bank's ledger wrote since its newest checkpoint, and publish it")
  .option('--new-key', 'sign with a new key from now on; the old public key stays published')
  .action((options: { newKey?: boolean }) => {
    const config = readConfig(process.env);
    return withEnvironment(config, async (environment) => {
      const rooms = await openRooms(config, environment, new RunningClock(), originOf(config));
      try {
        if (options.newKey) process.stdout.write(`new key ${rooms.get(CheckpointKeys, { strict: false }).rotate()}\n`);
        const made = await rooms.get(SealCheckpoints, { strict: false }).run();
        for (const { statement } of made) {
          process.stdout.write(
            `✓ bank ${statement.bankId}: checkpoint ${statement.number}, ${statement.transfers} transfers in all, ${statementHash(statement)}\n`,
          );
        }
        process.stdout.write(`${made.length === 0 ? 'Nothing new to seal.' : `Published in ${config.checkpointDir}`}\n`);
      } finally {
        await rooms.close();
      }
    });
  });
