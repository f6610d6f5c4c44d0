import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { holds, type Part, parts } from './parts';

export type Slice = { part: string; seed: number; count: number; seconds: number; holds: boolean; result: object };

const file = 'apps/bench/results/torture.jsonl';

function readSlices(): Slice[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Slice);
}

/** Runs one slice of a part under a seed and says whether it holds. */
export async function runSlice(name: string, part: Part, count: number, seed: number): Promise<Slice> {
  const startedAt = performance.now();
  const result = await part.run(count, seed);
  return { part: name, seed, count, seconds: Math.round((performance.now() - startedAt) / 1_000), holds: holds(part, result), result };
}

/** What is still missing of a part's full figure. Only slices that hold count. */
export function missingOf(name: string, part: Part): number {
  const done = readSlices().filter((slice) => slice.part === name && slice.holds);
  return Math.max(0, part.full - done.reduce((sum, { count }) => sum + count, 0));
}

/** One line of JSON, written when the slice is over, so that a run cut off leaves nothing half-counted. */
export function keepSlice(slice: Slice): void {
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, `${JSON.stringify(slice)}\n`);
}

/** The sums so far as a table. */
export function gatheredTable(): string {
  const slices = readSlices();
  const rows = Object.entries(parts).map(([name, part]) => {
    const own = slices.filter((slice) => slice.part === name);
    const done = own.filter((slice) => slice.holds).reduce((sum, { count }) => sum + count, 0);
    const seconds = own.reduce((sum, slice) => sum + slice.seconds, 0);
    const failed = own.filter((slice) => !slice.holds).map(({ seed }) => seed);
    const seeds = failed.length === 0 ? '' : ` (seeds ${failed.join(', ')})`;
    return `| ${name} | ${done} of ${part.full} ${part.of} | ${own.length} | ${failed.length}${seeds} | ${seconds} |`;
  });
  return ['| part | so far | slices | that do not hold | seconds |', '|---|---|---|---|---|', ...rows].join('\n');
}
