import type { INestApplicationContext } from '@nestjs/common';
import { Locator } from '@timebank/access';
import { readConfig } from '@timebank/contract';
import { addMark, cityId } from '@timebank/database';
import { Refusal, RunningClock } from '@timebank/kernel';
import { CheckpointKeys, SayRestored, SealCheckpoints, statementHash } from '@timebank/ledger';
import { originOf } from '@timebank/visits';
import { CannotRun } from './cannot-run';
import { holdKeys } from './hold-keys';
import { withEnvironment } from './migrate';
import { openRooms } from './rooms';

type Options = { newKey?: boolean; afterRestore?: boolean; who?: string; why?: string };

/** What `seal` was asked besides, checked before anything is opened. */
function saidIn({ afterRestore, who, why }: Options): { saidBy: string; reason: string } | null {
  if (!afterRestore) return null;
  const said = { saidBy: who?.trim() ?? '', reason: why?.trim() ?? '' };
  if (said.saidBy === '' || said.reason === '')
    throw new CannotRun('--after-restore needs --who NAME and --why TEXT; both are published beside the checkpoints for good.');
  if (said.saidBy.length > 80 || said.reason.length > 500) throw new CannotRun('--who has at most 80 characters, --why at most 500.');
  return said;
}

async function goOn(rooms: INestApplicationContext, said: { saidBy: string; reason: string }): Promise<void> {
  for (const { statement } of (await rooms.get(SayRestored, { strict: false }).run(said)).items)
    process.stdout.write(
      `✓ bank ${statement.bankId}: checkpoints ${statement.voidFrom} to ${statement.voidThrough} are void, said by ${statement.saidBy}: ${statement.reason}\n`,
    );
}

async function makeNewKey(rooms: INestApplicationContext, ownerUrl: string): Promise<void> {
  const value = rooms.get(CheckpointKeys, { strict: false }).rotate();
  await addMark(ownerUrl, { name: 'checkpoint key', value, saidBy: 'seal --new-key', reason: 'a new key was asked for' });
  process.stdout.write(`new key ${value}\n`);
}

const advice: Record<string, (told: Record<string, unknown>) => string> = {
  'ledger/published_ahead': ({ fromNumber, throughNumber }) =>
    `checkpoints ${fromNumber} to ${throughNumber} are published and these books do not know them: the database is older than its newest checkpoint. ` +
    `Nothing was sealed and nothing replaced. Put the newer database back; or, when this one was restored on purpose: npx timebank seal --after-restore --who NAME --why TEXT`,
  'ledger/published_differs': ({ number }) =>
    `something else stands published under number ${number}. Nothing was replaced. Find out by npx timebank audit which of the two is right`,
};

/** Each bank by itself: one that cannot be sealed does not keep the others from being sealed. Answers whether all were. */
async function sealAll(rooms: INestApplicationContext, folder: string): Promise<boolean> {
  let [made, refused] = [0, 0];
  for (const bankId of [...(await rooms.get(Locator, { strict: false }).banks()), cityId]) {
    try {
      for (const { statement } of await rooms.get(SealCheckpoints, { strict: false }).run([bankId])) {
        made += 1;
        process.stdout.write(
          `✓ ${bankId === cityId ? 'the city' : `bank ${bankId}`}: checkpoint ${statement.number}, ${statement.transfers} transfers in all, ${statementHash(statement)}\n`,
        );
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused += 1;
      const explained = advice[error.code]?.(error.parameters) ?? `refused: ${error.code} ${JSON.stringify(error.parameters)}`;
      process.stderr.write(`✗ bank ${bankId}: ${explained}\n`);
    }
  }
  if (refused === 0 || made > 0) process.stdout.write(`${made === 0 ? 'Nothing new to seal.' : `Published in ${folder}`}\n`);
  return refused === 0;
}

/** `timebank seal`. */
export function seal(options: Options): Promise<void> {
  const config = readConfig(process.env);
  const said = saidIn(options);
  return withEnvironment(config, async (environment) => {
    await holdKeys(config, environment);
    const rooms = await openRooms(config, environment, new RunningClock(), originOf(config));
    try {
      if (said) await goOn(rooms, said);
      if (options.newKey) await makeNewKey(rooms, environment.ownerUrl);
      if (!(await sealAll(rooms, config.checkpointDir))) process.exitCode = 1;
    } finally {
      await rooms.close();
    }
  });
}
