import { CheckTrail, cityId, UnitOfWork, workAs } from '@timebank/database';
import { newId, Refusal } from '@timebank/kernel';
import { AuditLedger, CloseAccount, ExpireHolds, type Onward, PlaceHold, type Posting, SetLimits } from '@timebank/ledger';
import { postPlainCalls, TestLedger, testStart, type TestRooms } from '@timebank/testing';
import { Client } from 'pg';
import { crossLedgers, orderedWays } from './crossing';
import { stormIds } from './storm';
import { lookAtUnits } from './unit-probe';
import { walkLedgers } from './walks';

type Open = () => Promise<TestRooms>;
/** What is wrong with a ledger, or nothing. */
type Probe = (open: Open, seed: number) => Promise<string[]>;

const wrongs = (found: Record<string, number | readonly string[]>): string[] =>
  Object.entries(found).flatMap(([name, value]) => {
    const count = typeof value === 'number' ? value : value.length;
    return count === 0 ? [] : [`${name} ${JSON.stringify(value).slice(0, 200)}`];
  });

/** A probe on a bank of its own, which says what does not answer as it should. */
const onBank =
  (look: (rooms: TestRooms, bank: TestLedger) => Promise<Record<string, boolean>>): Probe =>
  async (open) => {
    const rooms = await open();
    try {
      const held = await look(rooms, await TestLedger.open(rooms));
      return Object.entries(held).flatMap(([name, holds]) => (holds ? [] : [name]));
    } finally {
      await rooms.close();
    }
  };

const isRefused = (run: Promise<unknown>, by: RegExp): Promise<boolean> =>
  run.then(
    () => false,
    (error: unknown) => by.test(String(error)),
  );

/** As {@link onBank}, through a connection of each role, past the abilities. */
async function lookAtWalls(rooms: TestRooms, bank: TestLedger): Promise<Record<string, boolean>> {
  const other = await TestLedger.open(rooms);
  const [app, owner] = [new Client({ connectionString: rooms.database.url }), new Client({ connectionString: rooms.database.ownerUrl })];
  for (const client of [app, owner]) {
    await client.connect();
    await client.query(`select set_config('timebank.banks', $1, false)`, [`{${bank.bankId}}`]);
  }
  const below = { floorMinutes: -1, ceilingMinutes: null };
  const strangers = async (client: Client) => (await client.query('select from transfer where bank_id = $1', [other.bankId])).rowCount;
  try {
    return {
      'an account passes its limits': await isRefused(
        rooms.database.query('update account set balance_minutes = -1 where account_id = $1', [bank.client]),
        /account_limits/,
      ),
      'a member goes below zero': await isRefused(rooms.get(SetLimits).run(bank.bankId, bank.volunteer, below), /account_below_zero/),
      'limits exclude what is on the account': await isRefused(
        rooms.get(SetLimits).run(bank.bankId, bank.client, { floorMinutes: 0, ceilingMinutes: 1 }),
        /limit_passed/,
      ),
      'the application changes a transfer': await isRefused(app.query('delete from transfer'), /permission denied/),
      'the owner changes a transfer': await isRefused(owner.query('delete from transfer'), /never changed/),
      'the owner removes an account': await isRefused(owner.query('delete from account'), /never changed/),
      'the application sees another bank': (await strangers(app)) === 0,
      'the owner sees another bank': (await strangers(owner)) === 0,
    };
  } finally {
    await app.end();
    await owner.end();
  }
}

async function lookAtLegs(rooms: TestRooms, here: TestLedger): Promise<Record<string, boolean>> {
  const there = await TestLedger.open(rooms);
  const [over, under] = [newId(), newId()];
  const clearing = { kind: 'clearing' as const, floorMinutes: -500, ceilingMinutes: null };
  await here.openAccounts([{ ...clearing, accountId: over, ownerId: there.bankId }]);
  await there.openAccounts([{ ...clearing, accountId: under, ownerId: here.bankId }]);
  const onward = (): Onward => ({
    bankId: there.bankId,
    transferId: newId(),
    debitAccountId: under,
    creditAccountId: there.volunteer,
    reversesId: null,
    overflow: null,
  });
  const code = async (posting: Posting) => (await here.post(posting)).code ?? 'none';
  const alone = here.posting({ creditAccountId: over });
  await here.post(alone);
  const taken = there.opening(there.client, 10);
  await there.post(taken);
  return {
    'a leg is added later': (await code({ ...alone, onward: onward() })) === 'ledger/id_reused',
    "a leg has another's id":
      (await code(here.posting({ creditAccountId: over, onward: { ...onward(), transferId: taken.transferId } }))) === 'ledger/id_reused',
    'nothing came of it': (await there.minutesOf(there.volunteer)) === 0,
  };
}

async function lookAtClock(rooms: TestRooms, bank: TestLedger): Promise<Record<string, boolean>> {
  const code = async (minutes: number) => {
    rooms.clock.set(new Date(testStart.getTime() - minutes * 60_000));
    const answer = await bank.post(bank.posting({ minutes: 1 }));
    return answer.code ?? answer.outcome;
  };
  return {
    'a clock half an hour behind': (await code(30)) === 'posted',
    'a clock two hours behind': (await code(120)) === 'ledger/clock_behind',
    'the audit': (await rooms.get(AuditLedger).run([bank.bankId])).faults.length === 0,
  };
}

async function lookAtHolds(rooms: TestRooms, bank: TestLedger): Promise<Record<string, boolean>> {
  const codeOf = (error: unknown) => (error instanceof Refusal ? error.code : String(error));
  const wanted = [...Array<string>(3).fill('held'), ...Array<string>(17).fill('ledger/overdraft')];
  const asWanted: boolean[] = [];
  // The first of them find no connection open yet, and come one after the other.
  for (const each of [await TestLedger.open(rooms), await TestLedger.open(rooms), bank]) {
    const answers = await Promise.all(Array.from({ length: 20 }, () => each.hold(100).then(() => 'held', codeOf)));
    asWanted.push(answers.sort().join() === wanted.join());
  }
  await rooms.get(ExpireHolds).run(bank.bankId);
  const posted = await bank.hold(60);
  await bank.post(bank.posting({ holdId: posted }));
  const released = await bank.release(posted).then(() => 'done', codeOf);
  const expiresAt = new Date(testStart.getTime() + 1);
  await rooms.get(PlaceHold).run({ bankId: bank.bankId, holdId: newId(), accountId: bank.client, minutes: 10, expiresAt });
  return {
    'twenty holds on what three can have': asWanted.every((held) => held),
    'the release of what was posted': released === 'ledger/hold_ended',
    'a hold that has not run out': (await rooms.get(ExpireHolds).run(bank.bankId)) === 0,
    'what is held': (await rooms.get(AuditLedger).run([bank.bankId])).faults.length === 0,
  };
}

async function lookAtClosed(rooms: TestRooms, bank: TestLedger): Promise<Record<string, boolean>> {
  await rooms.get(CloseAccount).run(bank.bankId, bank.pool);
  const overflow = { accountId: bank.pool, transferId: newId() };
  await bank.post(bank.opening(bank.volunteer, 970));
  return { 'a closed pool': (await bank.post(bank.posting({ overflow }))).code === 'ledger/account_closed' };
}

async function lookAtReversals(_rooms: TestRooms, bank: TestLedger): Promise<Record<string, boolean>> {
  const overflow = () => ({ accountId: bank.pool, transferId: newId() });
  await bank.post(bank.opening(bank.volunteer, 970));
  const service = bank.posting({ overflow: overflow() });
  await bank.post(service);
  const back = (differences: Partial<Posting>) => bank.post(bank.reversal(service, { minutes: 30, overflow: overflow(), ...differences }));
  return {
    'other minutes': (await back({ minutes: 29 })).code === 'ledger/reversal_differs',
    'another account': (await back({ creditAccountId: bank.fund })).code === 'ledger/reversal_differs',
    'what the cap sent on': (await back({})).overflowMinutes === 30 && (await bank.minutesOf(bank.pool)) === 0,
    'a second time': (await back({})).code === 'ledger/already_reversed',
  };
}

async function lookAtTrail(rooms: TestRooms): Promise<Record<string, boolean>> {
  const [unit, personId, actorId] = [rooms.get(UnitOfWork), newId(), newId()];
  const write = (sql: string) => workAs({ work: 'probe', actorId }, () => unit.run([], () => unit.query(sql, [personId, unit.now])));
  const found = async () => (await rooms.get(CheckTrail).run(cityId)).map(({ fault, id }) => `${fault} ${id}`).join();
  await write('insert into person (person_id, created_at) values ($1, $2)');
  await write('update person set disabled_at = $2 where person_id = $1');
  const sound = await found();
  const named = await rooms.database.query('select from audit_trail where actor_id = $1', [actorId]);
  await rooms.database.query('set session_replication_role = replica');
  await rooms.database.query('update person set disabled_at = null where person_id = $1', [personId]);
  return {
    'what the product wrote': sound === '',
    'who wrote it': named.length === 2,
    'an edit past it': (await found()) === `wrong_row person ${personId}`,
  };
}

/** What a sound ledger passes and a mutant is to fail. */
export const probes = {
  walk: async (open, seed) => {
    const { failures } = await walkLedgers(16, seed, 80, open);
    return wrongs({ failures });
  },
  storm: async (open, seed) => {
    const { wrong, reusable, risen, faults } = await stormIds(100, seed, open);
    return wrongs({ wrong, reusable, risen, faults });
  },
  crossing: async (open, seed) => {
    const { errors, faults } = await crossLedgers(2, seed, orderedWays, open);
    return wrongs({ errors, faults });
  },
  /** A deadlock is mended before any caller hears of it, so Postgres is asked. */
  deadlocks: async (open, seed) => {
    const { deadlocks } = await crossLedgers(1, seed, orderedWays, open);
    return wrongs({ deadlocks });
  },
  walls: onBank(lookAtWalls),
  legs: onBank(lookAtLegs),
  reversals: onBank(lookAtReversals),
  clock: onBank(lookAtClock),
  holds: onBank(lookAtHolds),
  closed: onBank(lookAtClosed),
  plain: onBank(postPlainCalls),
  units: onBank(lookAtUnits),
  trail: onBank(lookAtTrail),
} as const satisfies Record<string, Probe>;
export type ProbeName = keyof typeof probes;
