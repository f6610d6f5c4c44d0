import { Command } from 'commander';
import { readConfig } from '@timebank/contract';
import { RunningClock } from '@timebank/kernel';
import { AuditLedger } from '@timebank/ledger';
import { originOf } from '@timebank/visits';
import { withEnvironment } from './migrate';
import { openRooms } from './rooms';

export const audit = new Command('audit')
  .description('Recompute every balance, version and hold from the transfers; name the first bad row of each bank')
  .option('--json', 'print the whole result as JSON')
  .action((options: { json?: boolean }) => {
    const config = readConfig(process.env);
    return withEnvironment(
      config,
      async (environment) => {
        const rooms = await openRooms(config, environment, new RunningClock(), originOf(config));
        try {
          const result = await rooms.get(AuditLedger, { strict: false }).run();
          if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
          else {
            for (const { bankId, id, fault } of result.faults) process.stdout.write(`✗ bank ${bankId}: ${fault} at ${id}\n`);
            process.stdout.write(
              `${result.faults.length === 0 ? '✓ audit green' : '✗ audit red'}: ${result.transfers} transfers, ${result.accounts} accounts\n`,
            );
          }
          if (result.faults.length > 0) process.exitCode = 1;
        } finally {
          await rooms.close();
        }
      },
      'look',
    );
  });
