import { startTestServer, stopTestServer } from '@timebank/testing';
import { walkAllCare } from './care-walks';
import { crashUnderLoad } from './crashes';
import { crossLedgers } from './crossing';
import { sendTwice } from './doubles';
import { flood } from './floods';
import { fuzzFreshCity } from './fuzz-city';
import { killGrantRuns } from './grants';
import { importFiles } from './import-files';
import { mutants } from './mutant-list';
import { huntMutants } from './mutants';
import { fillPlaces } from './places';
import { liveSchedules } from './schedules';
import { stormIds } from './storm';
import { tamperBooks } from './tamper-books';
import { tamper } from './tampering';
import { walkLedgers } from './walks';

export type Part = {
  /** What is counted, and how much of it makes the full figure, a run by hand, and a slice when it is gathered. */
  of: string;
  full: number;
  usual: number;
  slice: number;
  run(count: number, seed: number): Promise<object>;
  /** What a report must have none of. */
  none: readonly string[];
};

/** On a Postgres without durability and a migrated template, as specs have it: for parts that lose nothing when the machine goes down. */
const onTestServer = (run: Part['run']) => async (count: number, seed: number) => {
  await startTestServer();
  try {
    return await run(count, seed);
  } finally {
    await stopTestServer();
  }
};

const crashes = { of: 'crashes', full: 1_000, usual: 25, slice: 25, none: ['lost', 'doubled', 'sumMinutes', 'faults'] };

/** So many edits of a ledger alone, forged ones among them, and so many of the books with what stands beside the ledger. */
async function tamperBoth(count: number, seed: number): Promise<object> {
  const [ledger, books] = [await tamper(count, seed), await tamperBooks(count, seed)];
  return { ledger, books, missed: [...ledger.missed, ...books.missed], empty: books.empty };
}

export const parts: Readonly<Record<string, Part>> = {
  walks: { of: 'walks of 512 operations', full: 10_000, usual: 100, slice: 500, run: onTestServer(walkLedgers), none: ['failed'] },
  care: { of: 'walks of 200 acts', full: 1_000, usual: 20, slice: 100, run: onTestServer(walkAllCare), none: ['failed'] },
  crossing: { of: 'runs', full: 1_000, usual: 50, slice: 200, run: onTestServer(crossLedgers), none: ['errors', 'faults'] },
  storm: {
    of: 'ids',
    full: 10_000,
    usual: 10_000,
    slice: 10_000,
    run: onTestServer(stormIds),
    none: ['wrong', 'reusable', 'risen', 'faults'],
  },
  doubles: { of: 'rounds', full: 1_000, usual: 50, slice: 250, run: onTestServer(sendTwice), none: ['wrong', 'faults'] },
  places: { of: 'rounds', full: 1_000, usual: 50, slice: 250, run: onTestServer(fillPlaces), none: ['wrong', 'faults'] },
  mutants: {
    of: 'mutants',
    full: mutants.length,
    usual: mutants.length,
    slice: mutants.length,
    run: onTestServer((count, seed) => huntMutants(mutants.slice(0, count), seed)),
    none: ['survived', 'unsound'],
  },
  'postgres crashes': { ...crashes, run: (count, seed) => crashUnderLoad(Array<'postgres'>(count).fill('postgres'), seed) },
  'api crashes': { ...crashes, run: (count, seed) => crashUnderLoad(Array<'api'>(count).fill('api'), seed) },
  schedules: {
    of: 'offline schedules',
    full: 10_000,
    usual: 200,
    slice: 1_000,
    run: onTestServer(liveSchedules),
    none: ['lost', 'doubled', 'reused'],
  },
  fuzz: { of: 'requests', full: 1_000_000, usual: 5_000, slice: 100_000, run: fuzzFreshCity, none: ['faults'] },
  floods: { of: 'bodies', full: 10_000, usual: 10_000, slice: 10_000, run: flood, none: ['wrong', 'kept', 'deaths'] },
  grants: {
    of: 'members',
    full: 100_000,
    usual: 5_000,
    slice: 100_000,
    run: killGrantRuns,
    none: ['skipped', 'doubled', 'strangers', 'sumMinutes', 'faults'],
  },
  import: {
    of: 'members of files',
    full: 50_000,
    usual: 2_000,
    slice: 50_000,
    run: (count, seed) => importFiles(count, seed),
    none: ['lost', 'wronglyTaken', 'doubled', 'sumMinutes', 'leftAfterCorrection', 'newAgain', 'faults'],
  },
  tampering: { of: 'edits', full: 1_000, usual: 1_000, slice: 1_000, run: onTestServer(tamperBoth), none: ['missed', 'empty'] },
};

/** Whether a report has none of what it must not have: 0, or an empty list. */
export function holds({ none }: Part, report: object): boolean {
  const found = report as Record<string, unknown>;
  return none.every((name) => found[name] === 0 || (Array.isArray(found[name]) && found[name].length === 0));
}
