import { RunningClock } from '@timebank/kernel';
import { LedgerModule } from '@timebank/ledger';
import { openRooms } from './bench-rooms';
import { LedgerBank } from './ledger-bank';
import { measureBytes, transferBytes } from './ledger-bytes';
import { latencyOf, rateDuring } from './load';
import { findPgbench, noPgbench, TpcB } from './pgbench';
import { PrivateDatabase } from './private-database';
import { type Measurement, type Progress, summarise } from './report';

const accounts = 10_000;
const hotAccounts = 10;
/** As many as the ledger has connections, and as the floor has clients. */
const connections = 8;
const manyCallers = 256;

export type LedgerLoad = { rounds: number; secondsATurn: number; branches: number; transfers: number };
type Way = { name: 'ledger.single' | 'ledger.burst' | 'ledger.hot'; callers: number; bank: LedgerBank };
type Run = { rate: number; floor: number | null };

/** The floor and each way of posting in turns, F S F B F H F: what a way is compared with ran just before and just after it. */
async function race(ways: readonly Way[], floor: TpcB | null, seconds: number): Promise<Map<Way, Run>> {
  const runs = new Map<Way, Run>();
  let before = floor ? await floor.rateOver(seconds) : null;
  for (const way of ways) {
    const rate = await rateDuring(seconds, way.callers, () => way.bank.postOne(way.bank.service()));
    const after = floor ? await floor.rateOver(seconds) : null;
    runs.set(way, { rate, floor: before === null || after === null ? null : (before + after) / 2 });
    before = after;
  }
  return runs;
}

async function figureOf({ callers, bank }: Way, runs: readonly Run[], seconds: number): Promise<Measurement> {
  const rates = summarise(runs.map(({ rate }) => rate));
  const openRate = Math.round(rates.median / 2);
  const postings = Array.from({ length: openRate * seconds }, () => bank.service());
  const { p50, p95, dropped } = await latencyOf(postings, openRate, bank.postOne);
  const open = `open loop at ${openRate}/s, p50/p95 ms: ${p50}/${p95}, dropped ${dropped}`;
  const floors = runs.flatMap(({ floor }) => floor ?? []);
  if (floors.length === 0)
    return { value: null, note: `${noPgbench}; ${Math.round(rates.median)} transfers/s, ${callers} callers; ${open}` };
  const ratio = summarise(runs.map(({ rate, floor }) => rate / (floor ?? Infinity)));
  const rounded = runs.map(({ rate, floor }) => `${Math.round(rate)}/${Math.round(floor ?? 0)}`);
  return {
    value: Number(ratio.median.toFixed(2)),
    note: `${ratio.text}; transfers/s ÷ TPC-B ${rounded.join(', ')}, ${callers} callers; ${open}`,
  };
}

/**
 * Transfers a second through the ledger's own ability, as ratios to TPC-B on the same server with the product's settings: one a
 * call, many callers at once, and many callers over ten accounts; and what a transfer takes up on disk.
 */
export async function measureLedger(load: LedgerLoad, progress: Progress): Promise<Map<string, Measurement>> {
  const database = await PrivateDatabase.open();
  const rooms = await openRooms(database.url, new RunningClock(), [LedgerModule]);
  try {
    const empty = await transferBytes(database);
    const [wide, hot] = [await LedgerBank.open(rooms, accounts), await LedgerBank.open(rooms, hotAccounts)];
    const ways: Way[] = [
      { name: 'ledger.single', callers: connections, bank: wide },
      { name: 'ledger.burst', callers: manyCallers, bank: wide },
      { name: 'ledger.hot', callers: manyCallers, bank: hot },
    ];
    const pgbench = findPgbench();
    progress(pgbench ? `TPC-B at scale ${load.branches}` : noPgbench);
    const floor = pgbench ? await TpcB.prepare(pgbench, database.postgres, load.branches) : null;
    await database.analyze();
    await rateDuring(1, manyCallers, () => wide.postOne(wide.service()));
    const runs: Map<Way, Run>[] = [];
    for (let round = 1; round <= load.rounds; round += 1) {
      progress(`posting and TPC-B in turns, ${round} of ${load.rounds}`);
      runs.push(await race(ways, floor, load.secondsATurn));
    }
    const measured = new Map<string, Measurement>();
    for (const way of ways) {
      const mine = runs.map((run) => run.get(way) as Run);
      measured.set(way.name, await figureOf(way, mine, Math.min(load.secondsATurn, 5)));
    }
    progress('bytes of a transfer');
    return measured.set('ledger.bytes', await measureBytes(database, wide, empty, load.transfers));
  } finally {
    await rooms.close();
    await database.close();
  }
}
