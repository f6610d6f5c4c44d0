import { UnitOfWork } from '@timebank/database';
import { newId } from '@timebank/kernel';
import { AuditLedger, OpenAccounts, type Posting, PostTransfers } from '@timebank/ledger';
import { TestLedger, type TestRooms } from '@timebank/testing';
import { Random } from '../random';
import { openLedger } from './open-ledger';
import { tellProgress } from './progress';

export type CrossingReport = {
  seed: number;
  runs: number;
  calls: number;
  posted: number;
  refused: number;
  /** What Postgres had to break up; callers of units of work with two calls meet there and are started again. */
  deadlocks: number;
  errors: number;
  faults: number;
  firstErrors: string[];
};

const workers = 32;
const callsOfWorker = 6;
/** Through the writer, in a unit of work, or two calls in one unit, which lock in no order between them. */
type Way = 'writer' | 'unit' | 'two calls';
const allWays: readonly Way[] = [...Array<Way>(12).fill('writer'), ...Array<Way>(7).fill('unit'), 'two calls'];
export const orderedWays: readonly Way[] = ['writer', 'unit'];
const knownOutcomes = new Set(['posted', 'ledger/overdraft', 'ledger/same_account']);

/** Two banks with a clearing account for each other, whose members' 2 to 10 accounts everybody draws on at once. */
class Crossroads {
  private constructor(
    private readonly rooms: TestRooms,
    private readonly random: Random,
    readonly banks: readonly [TestLedger, TestLedger],
    private readonly accounts: readonly { bank: TestLedger; accountId: string }[],
    private readonly clearing: ReadonlyMap<TestLedger, string>,
  ) {}

  static async open(rooms: TestRooms, random: Random): Promise<Crossroads> {
    const banks = [await TestLedger.open(rooms), await TestLedger.open(rooms)] as const;
    const count = random.integer(2, 10);
    // Two accounts of one bank at the least, or the few would seldom meet.
    const accounts = Array.from({ length: count }, (_, index) => ({
      bank: index >= 2 && random.integer(0, 3) === 0 ? banks[1] : banks[0],
      accountId: newId(),
    }));
    const clearing = new Map(banks.map((bank) => [bank, newId()]));
    for (const bank of banks) {
      const own = accounts.filter((account) => account.bank === bank).map(({ accountId }) => accountId);
      const ownerId = (bank === banks[0] ? banks[1] : banks[0]).bankId;
      await rooms
        .get(OpenAccounts)
        .run(bank.bankId, [
          { accountId: clearing.get(bank) as string, kind: 'clearing', ownerId, floorMinutes: -100_000, ceilingMinutes: null },
          ...own.map((accountId) => ({ accountId, kind: 'member' as const, ownerId: newId(), floorMinutes: 0, ceilingMinutes: null })),
        ]);
      if (own.length > 0) await rooms.get(PostTransfers).run(own.map((accountId) => bank.opening(accountId, 1_000)));
    }
    return new Crossroads(rooms, random, banks, accounts, clearing);
  }

  private draw(): Posting {
    const [from, to] = [this.random.pick(this.accounts), this.random.pick(this.accounts)];
    const minutes = this.random.integer(1, 50);
    const common = { debitAccountId: from.accountId, minutes };
    if (from.bank === to.bank) return from.bank.posting({ ...common, creditAccountId: to.accountId });
    const [here, there] = [this.clearing.get(from.bank) as string, this.clearing.get(to.bank) as string];
    const ids = { bankId: to.bank.bankId, transferId: newId(), reversesId: null, overflow: null };
    return from.bank.posting({
      ...common,
      creditAccountId: here,
      onward: { ...ids, debitAccountId: there, creditAccountId: to.accountId },
    });
  }

  private async post(): Promise<string[]> {
    const postings = Array.from({ length: this.random.integer(1, 4) }, () => this.draw());
    const outcomes = await this.rooms.get(PostTransfers).run(postings);
    return outcomes.map(({ outcome, code }) => code ?? outcome);
  }

  call(way: Way): Promise<string[]> {
    if (way === 'writer') return this.post();
    const unit = this.rooms.get(UnitOfWork);
    const bankIds = this.banks.map(({ bankId }) => bankId);
    return unit.run(bankIds, async () => (way === 'unit' ? this.post() : [...(await this.post()), ...(await this.post())]));
  }

  async faults(): Promise<number> {
    return (await this.rooms.get(AuditLedger).run(this.banks.map(({ bankId }) => bankId))).faults.length;
  }
}

async function cross(rooms: TestRooms, random: Random, ways: readonly Way[], report: CrossingReport): Promise<void> {
  const crossroads = await Crossroads.open(rooms, random);
  const work = async () => {
    for (let call = 0; call < callsOfWorker; call += 1) {
      report.calls += 1;
      const way = random.pick(ways);
      try {
        for (const outcome of await crossroads.call(way)) {
          if (outcome === 'posted') report.posted += 1;
          else report.refused += 1;
          if (!knownOutcomes.has(outcome)) throw new Error(`a posting was answered ${outcome}`);
        }
      } catch (error) {
        report.errors += 1;
        if (report.firstErrors.length < 3) report.firstErrors.push(`by ${way}: ${String(error)}`);
      }
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  report.faults += await crossroads.faults();
  report.runs += 1;
}

/**
 * `count` runs of 32 workers who cross each other on 2 to 10 accounts of two banks, through the writer and inside units of work. No
 * deadlock may reach a caller, and every ledger must be sound afterwards. The seed gives the draws; who meets whom is chance.
 */
export async function crossLedgers(count: number, seed: number, ways = allWays, open = openLedger): Promise<CrossingReport> {
  const rooms = await open();
  const report: CrossingReport = { seed, runs: 0, calls: 0, posted: 0, refused: 0, deadlocks: 0, errors: 0, faults: 0, firstErrors: [] };
  try {
    // Found sooner than after Postgres's second, so that there is time for many.
    const name = new URL(rooms.database.url).pathname.slice(1);
    await rooms.database.query(`alter database ${name} set deadlock_timeout = '50ms'`);
    const random = new Random(seed);
    while (report.runs < count) {
      await cross(rooms, random, ways, report);
      tellProgress('crossing', report.runs, count);
    }
    const [row] = await rooms.database.query<{ deadlocks: number }>(
      'select deadlocks::int as deadlocks from pg_stat_database where datname = current_database()',
    );
    report.deadlocks = row?.deadlocks ?? 0;
    return report;
  } finally {
    await rooms.close();
  }
}
