import { readFileSync, writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';

type Test = { path: string };
type Results = { testResults: { testFilePath: string; perfStats: { start: number; end: number } }[] };

const file = resolve('libs/testing/src/runner/seconds-by-spec.json');

/** How long a spec took when it was measured; one without a figure counts as the median. */
function secondsOf(): (path: string) => number {
  const measured = JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>;
  const sorted = Object.values(measured).sort((left, right) => left - right);
  const middle = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return (path) => measured[relative(process.cwd(), path)] ?? middle;
}

/**
 * The longest specs begin first, so that all workers end together: a browser that begins last would keep the others waiting. The figures are in the
 * file beside; `TIMINGS=write npm test` on an idle machine measures them anew.
 */
export default class LongestFirst {
  sort<Given extends Test>(tests: Given[]): Given[] {
    const seconds = secondsOf();
    return [...tests].sort((left, right) => seconds(right.path) - seconds(left.path) || left.path.localeCompare(right.path));
  }

  allFailedTests<Given extends Test>(tests: Given[]): Given[] {
    return tests;
  }

  /** Jest calls this after a run, with what each file took. */
  cacheResults(_tests: Test[], { testResults }: Results): void {
    if (process.env['TIMINGS'] !== 'write') return;
    const entries = testResults.map(({ testFilePath, perfStats }): [string, number] => [
      relative(process.cwd(), testFilePath),
      Math.round((perfStats.end - perfStats.start) / 100) / 10,
    ]);
    const sorted = entries.sort(([left], [right]) => left.localeCompare(right));
    writeFileSync(file, `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`);
  }
}
