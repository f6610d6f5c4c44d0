import { createInterface } from 'node:readline/promises';
import { Command } from 'commander';
import { FirstAdmin } from '@timebank/access';
import { readConfig } from '@timebank/contract';
import { RunningClock } from '@timebank/kernel';
import { originOf } from '@timebank/visits';
import { CannotRun } from './environment';
import { bringUpToDate, withEnvironment } from './migrate';
import { openRooms } from './rooms';

/** From a pipe, or typed at a terminal; never as an argument, where other users could read it. */
async function readPassword(): Promise<string> {
  const asking = createInterface({ input: process.stdin, output: process.stdin.isTTY ? process.stdout : undefined });
  try {
    return (await asking.question(process.stdin.isTTY ? 'Password (8 characters or more): ' : '')).trim();
  } finally {
    asking.close();
  }
}

export const admin = new Command('admin')
  .description('Make the first city admin; the password is read from standard input')
  .argument('<phone>', 'phone to sign in with')
  .action((phone: string) => {
    const config = readConfig(process.env);
    return withEnvironment(config, async (environment) => {
      const password = await readPassword();
      if (password.length < 8) throw new CannotRun('The password needs 8 characters or more.');
      await bringUpToDate(config, environment);
      const rooms = await openRooms(config, environment, new RunningClock(), originOf(config));
      try {
        const made = await rooms.get(FirstAdmin, { strict: false }).run({ phone, password });
        if (!made) throw new CannotRun('This city has an admin already; another is made in the console.');
        process.stdout.write(`${phone} is city admin now.\n`);
      } finally {
        await rooms.close();
      }
    });
  });
