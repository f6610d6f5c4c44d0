import { newId } from '@timebank/kernel';
import { AuditLedger, CloseAccount, PlaceHold, type Posting, PostTransfers, ReadAccount } from '@timebank/ledger';
import { TestLedger } from './test-ledger';
import { testStart, type TestRooms } from './test-rooms';

const minutes = 20;
const opened = 500;
const ceiling = 2_000;
/** Enough that the ledger takes them together, by one statement where it can. */
const postingsACall = 10;
const day = 24 * 60 * 60_000;

/** Accounts of a bank for the postings of one call, each with two of its own. */
class PlainCall {
  private constructor(
    private readonly rooms: TestRooms,
    readonly bank: TestLedger,
    readonly accounts: readonly string[],
  ) {}

  static async open(rooms: TestRooms, bank: TestLedger): Promise<PlainCall> {
    const call = new PlainCall(
      rooms,
      bank,
      Array.from({ length: 2 * postingsACall }, () => newId()),
    );
    await bank.openAccounts(
      call.accounts.map((accountId) => ({ accountId, kind: 'member', ownerId: newId(), floorMinutes: 0, ceilingMinutes: ceiling })),
    );
    for (const accountId of call.accounts) await bank.post(bank.opening(accountId, opened));
    return call;
  }

  /** One posting for each pair of accounts: every fourth on a hold of its own, every third with a way out that it does not need. */
  async postings(): Promise<Posting[]> {
    const { accounts, bank } = this;
    return Promise.all(
      Array.from({ length: postingsACall }, async (_, place) => {
        const [debitAccountId, creditAccountId] = [accounts[2 * place] as string, accounts[2 * place + 1] as string];
        const holdId = place % 4 === 0 ? await this.hold(debitAccountId, 2 * minutes) : null;
        const overflow = place % 3 === 0 ? { accountId: bank.pool, transferId: newId() } : null;
        return bank.posting({ debitAccountId, creditAccountId, minutes, holdId, overflow });
      }),
    );
  }

  async hold(accountId: string, held: number): Promise<string> {
    const holdId = newId();
    const expiresAt = new Date(testStart.getTime() + day);
    await this.rooms.get(PlaceHold).run({ bankId: this.bank.bankId, holdId, accountId, minutes: held, expiresAt });
    return holdId;
  }

  async account(place: number) {
    return this.rooms.get(ReadAccount).run(this.bank.bankId, this.accounts[place] as string);
  }
}

type Odd = { of: string; answer: string; make: (call: PlainCall, last: Posting, first: Posting) => Posting | Promise<Posting> };

/** What the last posting of a call may be, and its answer; the others are posted all the same. */
const odds: readonly Odd[] = [
  { of: 'nothing odd', answer: 'posted', make: (_call, last) => last },
  { of: 'more than there is', answer: 'ledger/overdraft', make: (_call, last) => ({ ...last, minutes: opened + 1 }) },
  {
    of: 'what is held',
    answer: 'ledger/overdraft',
    make: async (call, last) => {
      await call.hold(last.debitAccountId, opened - 10);
      return { ...last, holdId: null };
    },
  },
  {
    of: 'more than the ceiling lets in',
    answer: 'ledger/ceiling',
    make: async ({ bank }, last) => {
      await bank.post(bank.opening(last.creditAccountId, ceiling - opened - 10));
      return { ...last, overflow: null };
    },
  },
  {
    of: 'what the pool takes in part',
    answer: 'posted 10',
    make: async ({ bank }, last) => {
      await bank.post(bank.opening(last.creditAccountId, ceiling - opened - 10));
      return { ...last, overflow: { accountId: bank.pool, transferId: newId() } };
    },
  },
  {
    of: 'an account that is not there',
    answer: 'ledger/account_not_found',
    make: (_call, last) => ({ ...last, creditAccountId: newId() }),
  },
  { of: 'an account twice', answer: 'ledger/same_account', make: (_call, last) => ({ ...last, creditAccountId: last.debitAccountId }) },
  {
    of: 'a hold that ended',
    answer: 'ledger/hold_ended',
    make: async (call, last) => {
      const holdId = await call.hold(last.debitAccountId, minutes);
      await call.bank.release(holdId);
      return { ...last, holdId };
    },
  },
  {
    of: "another account's hold",
    answer: 'ledger/hold_not_found',
    make: async (call, last, first) => ({ ...last, holdId: await call.hold(first.creditAccountId, minutes) }),
  },
  {
    of: 'what stands already',
    answer: 'repeated',
    make: async ({ bank }, last) => {
      await bank.post(last);
      return last;
    },
  },
  {
    of: 'what was refused before',
    answer: 'ledger/overdraft',
    make: async ({ bank }, last) => {
      const dear = { ...last, holdId: null, minutes: opened + 1 };
      await bank.post(dear);
      await bank.post(bank.opening(last.debitAccountId, 100));
      return dear;
    },
  },
  {
    of: "another's id",
    answer: 'ledger/id_reused',
    make: async ({ bank }, last) => {
      await bank.post(last);
      return { ...last, minutes: minutes + 1 };
    },
  },
  {
    of: 'the account of a neighbour',
    answer: 'ledger/overdraft',
    make: (_call, last, first) => ({ ...last, debitAccountId: first.debitAccountId, holdId: null, minutes: opened - minutes + 1 }),
  },
  {
    of: 'a reversal',
    answer: 'posted',
    make: async ({ bank }, last) => {
      const original = bank.posting({ debitAccountId: last.creditAccountId, creditAccountId: last.debitAccountId, minutes });
      await bank.post(original);
      return bank.reversal(original);
    },
  },
];

const said = ({ code, outcome, overflowMinutes }: { code?: string; outcome: string; overflowMinutes: number }) =>
  code ?? (overflowMinutes > 0 ? `${outcome} ${overflowMinutes}` : outcome);

async function postWithOdd(rooms: TestRooms, bank: TestLedger, { answer, make }: Odd): Promise<boolean> {
  const call = await PlainCall.open(rooms, bank);
  const others = await call.postings();
  const last = await make(call, others.pop() as Posting, others[0] as Posting);
  const answers = await rooms.get(PostTransfers).run([...others, last]);
  const [giver, taker] = [await call.account(0), await call.account(1)];
  return (
    answers.map(said).join() === [...others.map(() => 'posted'), answer].join() &&
    answers.slice(0, -1).every(({ postedMinutes }) => postedMinutes === minutes) &&
    [giver.balanceMinutes, giver.heldOutMinutes, taker.balanceMinutes].join() === [opened - minutes, 0, opened + minutes].join()
  );
}

/** Calls over the same accounts at once, each in a unit of work of its own: every one is posted. */
async function postAtOnce(rooms: TestRooms, bank: TestLedger): Promise<boolean> {
  const call = await PlainCall.open(rooms, bank);
  const calls = await Promise.all(Array.from({ length: 12 }, () => call.postings()));
  const outcomes = await Promise.all(
    calls.map(async (postings) => bank.unit.run([bank.bankId], async () => rooms.get(PostTransfers).run(postings))),
  );
  return outcomes.flat().every(({ outcome }) => outcome === 'posted') && (await call.account(0)).balanceMinutes === opened - 12 * minutes;
}

const isSound = async (rooms: TestRooms, { bankId }: TestLedger) => (await rooms.get(AuditLedger).run([bankId])).faults.length === 0;

/** A call by a clock that lags behind what one of its accounts has recorded. */
async function postBehind(rooms: TestRooms, place: number): Promise<boolean> {
  const behind = new Date(testStart.getTime() - 30 * 60_000);
  rooms.clock.set(behind);
  const bank = await TestLedger.open(rooms);
  const call = await PlainCall.open(rooms, bank);
  rooms.clock.set(testStart);
  await bank.post(bank.opening(call.accounts[place] as string, 1));
  rooms.clock.set(behind);
  const answers = await rooms.get(PostTransfers).run(await call.postings());
  rooms.clock.set(testStart);
  return answers.every(({ outcome }) => outcome === 'posted') && (await isSound(rooms, bank));
}

/**
 * Posts calls of several plain postings with one special posting in each, and says for each kind whether every posting was answered and written as if
 * it had come alone.
 */
export async function postPlainCalls(rooms: TestRooms, bank: TestLedger): Promise<Record<string, boolean>> {
  const found: Record<string, boolean> = {};
  for (const odd of odds) found[odd.of] = await postWithOdd(rooms, bank, odd);
  found['calls at once'] = await postAtOnce(rooms, bank);
  const closing = await PlainCall.open(rooms, bank);
  const [first, ...others] = await closing.postings();
  const emptied = { ...(first as Posting), holdId: null, creditAccountId: newId() };
  await bank.openAccounts([
    { accountId: emptied.creditAccountId, kind: 'member', ownerId: newId(), floorMinutes: 0, ceilingMinutes: null },
  ]);
  await rooms.get(CloseAccount).run(bank.bankId, emptied.creditAccountId);
  const closed = await rooms.get(PostTransfers).run([emptied, ...others]);
  found['a closed account'] = closed.map(said).join() === ['ledger/account_closed', ...others.map(() => 'posted')].join();
  for (const [of, place] of [
    ['a giver who recorded later', 2],
    ['a taker who recorded later', 3],
  ] as const)
    found[of] = await postBehind(rooms, place);
  found['the audit'] = await isSound(rooms, bank);
  return found;
}
