import { walkCare } from './care-walk';
import { tellProgress } from './progress';

export type CareWalksReport = { seed: number; walks: number; acts: number; refused: number; failed: number; failures: string[] };

const steps = 200;
const mostFailures = 3;

/** Takes `count` random walks through what comes back by itself; the walk at place n is that of seed + n, which replays it alone. */
export async function walkAllCare(count: number, seed: number): Promise<CareWalksReport> {
  const report: CareWalksReport = { seed, walks: 0, acts: 0, refused: 0, failed: 0, failures: [] };
  for (; report.walks < count && report.failed < mostFailures; report.walks += 1) {
    const { acts, refused, failure } = await walkCare(seed + report.walks, steps);
    report.acts += acts;
    report.refused += refused;
    if (failure !== null) {
      report.failed += 1;
      report.failures.push(failure);
    }
    tellProgress('care walks', report.walks + 1, count);
  }
  return report;
}
