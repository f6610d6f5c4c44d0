import type { INestApplicationContext } from '@nestjs/common';
import { Locator } from '@timebank/access';
import { ReadBank } from '@timebank/banks';
import { readConfig } from '@timebank/contract';
import { RunningClock } from '@timebank/kernel';
import { WatchBooks } from '@timebank/ledger';
import { clockStart } from '@timebank/process';
import { originOf } from '@timebank/visits';
import { CannotRun } from './cannot-run';
import { withEnvironment } from './migrate';
import { openRooms } from './rooms';

/** A bank by its id or its exact name. */
async function bankOf(rooms: INestApplicationContext, text: string): Promise<string> {
  const found: string[] = [];
  for (const bankId of await rooms.get(Locator, { strict: false }).banks()) {
    if (bankId === text.toLowerCase()) return bankId;
    if ((await rooms.get(ReadBank, { strict: false }).run(bankId)).name === text) found.push(bankId);
  }
  const [bankId] = found;
  if (bankId === undefined) throw new CannotRun(`No time bank has the id or the name ${text}.`);
  if (found.length > 1) throw new CannotRun(`${found.length} time banks have the name ${text}; give the id: ${found.join(', ')}`);
  return bankId;
}

/** Opens the rooms for work in one bank, on the product's clock, which never goes behind what is stored. */
export function inBank(bank: string, work: (rooms: INestApplicationContext, bankId: string) => Promise<void>): Promise<void> {
  const config = readConfig(process.env);
  return withEnvironment(config, async (environment) => {
    const { startsAt, isMachines } = await clockStart(environment.appUrl, 1);
    const rooms = await openRooms(config, environment, new RunningClock(1, startsAt, isMachines), originOf(config));
    try {
      await rooms.get(WatchBooks, { strict: false }).refuseToWrite();
      await work(rooms, await bankOf(rooms, bank));
    } finally {
      await rooms.close();
    }
  });
}
