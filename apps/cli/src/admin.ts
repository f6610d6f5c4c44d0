import { createInterface } from 'node:readline/promises';
import { text as readAll } from 'node:stream/consumers';
import type { INestApplicationContext } from '@nestjs/common';
import { FirstAdmin, OperatorResets } from '@timebank/access';
import { readConfig, routes } from '@timebank/contract';
import { Refusal, RunningClock } from '@timebank/kernel';
import { originOf } from '@timebank/visits';
import { CannotRun } from './cannot-run';
import { bringUpToDate, withEnvironment } from './migrate';
import { openRooms } from './rooms';

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** From a pipe, or typed at a terminal; never as an argument, where other users could read it. Empty when nothing was given. */
async function readPassword(question: string): Promise<string> {
  if (!process.stdin.isTTY) return (await readAll(process.stdin)).trim();
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await asking.question(question)).trim();
  } finally {
    asking.close();
  }
}

const sentences: Record<string, string> = {
  'access/password_too_short': 'The password is too short: 8 characters for a first admin, 15 to let one in again.',
  'access/password_common': 'Many people use this password; please choose another.',
  'access/password_own_data': 'The password is made of the phone number; please choose another.',
};

/** A refusal of the password as a sentence for the operator. */
async function inWords<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    const sentence = error instanceof Refusal ? sentences[error.code] : undefined;
    throw sentence === undefined ? error : new CannotRun(sentence);
  }
}

/** Lets the admin with this phone in again; false when nobody with that phone runs the city. */
async function reset(rooms: INestApplicationContext, phone: string, password: string): Promise<boolean> {
  const resets = rooms.get(OperatorResets, { strict: false });
  const personId = await resets.adminWith(phone);
  if (personId === null) return false;
  if (password === '') {
    const { code, expiresAt } = await resets.code(personId, phone);
    say(`${phone} chooses a new password with the code ${code}, until ${expiresAt.toISOString()}. Every sign-in has ended.`);
  } else {
    await inWords(resets.set(personId, phone, password));
    say(`${phone} has a new password. Every other sign-in has ended.`);
  }
  return true;
}

async function makeFirst(rooms: INestApplicationContext, phone: string, password: string): Promise<void> {
  if (password === '') throw new CannotRun('The first admin needs a password: type it, or pass it on standard input.');
  if (!(await inWords(rooms.get(FirstAdmin, { strict: false }).run({ phone, password }))))
    throw new CannotRun('This city has an admin already; another is made in the console. See `timebank admin --list`.');
  say(`${phone} is city admin now.`);
}

async function list(rooms: INestApplicationContext): Promise<void> {
  for (const { phone, role, bankId, signIns, isBarred } of await rooms.get(OperatorResets, { strict: false }).list()) {
    say([phone ?? '-', role, bankId ?? 'city', `${signIns} sign-ins`, ...(isBarred ? ['barred'] : [])].join('  '));
  }
}

function phoneOf(typed: string): string {
  const parsed = routes.requestCode.body?.safeParse({ phone: typed });
  if (!parsed?.success) throw new CannotRun(`${typed} is no phone number to sign in with.`);
  return (parsed.data as { phone: string }).phone;
}

/** `timebank admin`. */
export function admin(typed: string | undefined, options: { list?: true }): Promise<void> {
  if ((typed === undefined) === (options.list === undefined)) throw new CannotRun('Name the phone of an admin, or --list.');
  const phone = typed === undefined ? undefined : phoneOf(typed);
  const config = readConfig(process.env);
  return withEnvironment(config, async (environment) => {
    const password = phone === undefined ? '' : await readPassword('Password (15 characters or more; empty for a one-time code): ');
    await bringUpToDate(config, environment);
    const rooms = await openRooms(config, environment, new RunningClock(), originOf(config));
    try {
      if (phone === undefined) await list(rooms);
      else if (!(await reset(rooms, phone, password))) await makeFirst(rooms, phone, password);
    } finally {
      await rooms.close();
    }
  });
}
