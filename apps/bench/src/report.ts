import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export type Figure = { name: string; value: number | null; unit: string; goal: string; holds: boolean | null; note?: string };
type Goal = { name: string; unit: string; goal: string; holds: (value: number) => boolean };

const atLeast = (least: number) => (value: number) => value >= least;
const atMost = (most: number) => (value: number) => value <= most;

/** Every figure the project promises, measured yet or not. A ratio has the unit "×". */
const goals: readonly Goal[] = [
  { name: 'ledger.single', unit: '×', goal: '>= 2.5', holds: atLeast(2.5) },
  { name: 'ledger.burst', unit: '×', goal: '>= 5', holds: atLeast(5) },
  { name: 'ledger.hot', unit: '×', goal: '>= 4', holds: atLeast(4) },
  { name: 'ledger.bytes', unit: 'bytes', goal: '<= 540', holds: atMost(540) },
  { name: 'http.scan', unit: '×', goal: '>= 0.7', holds: atLeast(0.7) },
  { name: 'http.approve', unit: 'visits/s', goal: '>= 5000', holds: atLeast(5_000) },
  { name: 'http.statement', unit: '×', goal: '<= 1.2', holds: atMost(1.2) },
  { name: 'documents.search', unit: 'ms', goal: '< 50', holds: (value) => value < 50 },
  { name: 'documents.ratio', unit: '×', goal: '<= 40', holds: atMost(40) },
  { name: 'growth', unit: '×', goal: '<= 1.5', holds: atMost(1.5) },
  { name: 'visit.bytes', unit: 'bytes', goal: '<= 10000', holds: atMost(10_000) },
  { name: 'start.ready', unit: 's', goal: '<= 3', holds: atMost(3) },
  { name: 'memory', unit: 'MiB', goal: '<= 250', holds: atMost(250) },
  { name: 'web.first', unit: 'KB', goal: '<= 100', holds: atMost(100) },
  { name: 'web.card', unit: 's', goal: '<= 3', holds: atMost(3) },
  { name: 'web.card.again', unit: 's', goal: '<= 1', holds: atMost(1) },
  { name: 'lists.server', unit: '×', goal: '<= 3', holds: atMost(3) },
  { name: 'lists.first', unit: 'ms', goal: '<= 1000', holds: atMost(1_000) },
  { name: 'lists.script', unit: 'ms', goal: '<= 50', holds: atMost(50) },
  { name: 'lists.rows', unit: 'rows', goal: '<= 80', holds: atMost(80) },
  { name: 'week.server', unit: '×', goal: '<= 3', holds: atMost(3) },
  { name: 'week.script', unit: 'ms', goal: '<= 50', holds: atMost(50) },
  { name: 'matching.fair', unit: 'people', goal: '<= 0', holds: atMost(0) },
  { name: 'matching.rank', unit: '×', goal: '<= 3', holds: atMost(3) },
  { name: 'series.generate', unit: 'rows/s', goal: '>= 2000', holds: atLeast(2_000) },
  { name: 'series.memory', unit: 'MiB', goal: '<= 400', holds: atMost(400) },
  { name: 'series.wrong', unit: 'rows', goal: '<= 0', holds: atMost(0) },
  { name: 'scanner.read', unit: 'share', goal: '>= 0.8', holds: atLeast(0.8) },
  { name: 'scanner.speed', unit: 'ms', goal: '< 100', holds: (value) => value < 100 },
];

/** What was found; without a value when it could not be had, and the note says why. */
export type Measurement = { value: number | null; note: string };
/** Tells whoever waits what goes on. */
export type Progress = (text: string) => void;

/** The whole list with what was measured; the rest stays null. */
export function toFigures(measured: ReadonlyMap<string, Measurement>): Figure[] {
  return goals.map(({ name, unit, goal, holds }) => {
    const found = measured.get(name);
    if (!found) return { name, value: null, unit, goal, holds: null };
    return { name, value: found.value, unit, goal, holds: found.value === null ? null : holds(found.value), note: found.note };
  });
}

/** The table as the README quotes it. */
export function toTable(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, value, unit, goal, holds, note }) => {
    const shown = value === null ? 'not measured' : `${value} ${unit}`;
    return `| ${name} | ${shown} | ${goal} | ${holds === null ? '' : holds ? 'yes' : 'no'} | ${note ?? ''} |`;
  });
  return ['| figure | value | goal | holds | how |', '|---|---|---|---|---|', ...rows].join('\n');
}

export function writeFigures(figures: readonly Figure[], file = 'apps/bench/results/latest.json'): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ figures }, null, 2)}\n`);
}

/** Median and spread of several runs, as `0.91 (0.88–0.93)`. */
export function summarise(runs: readonly number[]): { median: number; text: string } {
  const sorted = [...runs].sort((left, right) => left - right);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return { median, text: `${median.toFixed(2)} (${(sorted[0] ?? 0).toFixed(2)}–${(sorted.at(-1) ?? 0).toFixed(2)})` };
}
