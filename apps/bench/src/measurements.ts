import { measureDocumentSearch } from './document-search';
import { measureFairness } from './matching/fairness';
import { measureGrowth } from './growth';
import { measureApproval } from './http-approve';
import { measureScans } from './http-scan';
import { measureStatements } from './http-statement';
import { measureLedger } from './ledger-rates';
import { measureLists } from './lists/measure-lists';
import { measureMatching } from './matching/measure-matching';
import type { Measurement, Progress } from './report';
import { measureStart } from './start-time';
import { measureRows } from './rows-a-day';
import { measureReading } from './scanner/read-rate';
import { measureSpeed } from './scanner/read-speed';
import { measureSeries } from './series/measure-series';
import { measureWeek } from './week/measure-week';
import { measureCard } from './web-card';
import { measureFirstLoad } from './web-first';

export type Run = { quick: boolean; reading: number; progress: Progress };
type Measurements = Iterable<readonly [name: string, found: Measurement]>;

/** Groups of figures that are measured together, in this order, and how much of each a quick run does. */
export const measurements = {
  web: async ({ quick, progress }: Run): Promise<Measurements> => [
    ['web.first', measureFirstLoad()],
    ...(await measureCard(quick ? 3 : 9, progress)),
  ],
  scanner: async ({ quick, progress }: Run): Promise<Measurements> => [
    ['scanner.read', await measureReading(quick ? 2 : 10, progress)],
    ['scanner.speed', await measureSpeed(quick ? 5 : 25, progress)],
  ],
  ledger: async ({ quick, progress }: Run): Promise<Measurements> =>
    measureLedger(
      quick
        ? { rounds: 1, secondsATurn: 5, branches: 10, transfers: 200_000 }
        : { rounds: 3, secondsATurn: 15, branches: 50, transfers: 500_000 },
      progress,
    ),
  scan: async ({ quick, reading }: Run): Promise<Measurements> => {
    const { scan, memory } = await measureScans(quick ? 1 : 3, quick ? 500 : 1_000, quick ? null : reading);
    return [['http.scan', scan], ...(memory ? [['memory', memory] as const] : [])];
  },
  approve: async ({ quick, progress }: Run): Promise<Measurements> => [['http.approve', await measureApproval(quick ? 7 : 15, progress)]],
  statement: async ({ quick, progress }: Run): Promise<Measurements> => [
    ['http.statement', await measureStatements(quick ? { entries: 100_000, rounds: 1 } : { entries: 1_000_000, rounds: 3 }, progress)],
  ],
  documents: async ({ quick, progress }: Run): Promise<Measurements> =>
    quick ? [] : measureDocumentSearch({ documents: 10_000, rounds: 3 }, progress),
  growth: async ({ quick, progress }: Run): Promise<Measurements> => [
    [
      'growth',
      quick
        ? { value: null, note: 'a quick run lays no city of 1,000,000 members' }
        : await measureGrowth(
            {
              small: { banks: 1, members: 1_000, volunteers: 24 },
              big: { banks: 100, members: 10_000, volunteers: 24 },
              rounds: 3,
              secondsARound: 40,
            },
            progress,
          ),
    ],
  ],
  lists: async ({ progress }: Run): Promise<Measurements> => measureLists(progress),
  week: async ({ quick, progress }: Run): Promise<Measurements> => (quick ? [] : measureWeek(progress)),
  matching: async ({ quick, progress }: Run): Promise<Measurements> => [
    ['matching.fair', await measureFairness()],
    ...(quick ? [] : [['matching.rank', await measureMatching(progress)] as const]),
  ],
  series: async ({ quick, progress }: Run): Promise<Measurements> => measureSeries(quick ? 2_000 : 100_000, progress),
  rows: async ({ quick, progress }: Run): Promise<Measurements> => [['visit.bytes', await measureRows(quick ? 1 : 10, progress)]],
  start: async ({ quick }: Run): Promise<Measurements> => (quick ? [] : [['start.ready', await measureStart(3)]]),
};
