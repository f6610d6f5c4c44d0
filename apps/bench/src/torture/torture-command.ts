import { Command, InvalidArgumentError } from 'commander';
import { wholeNumber } from '../whole-number';
import { gatheredTable, keepSlice, missingOf, runSlice } from './gathered';
import { type Part, parts } from './parts';

type TortureOptions = { part?: string; count?: number; seed?: number; resume?: boolean; minutes?: number; report?: boolean };

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

const anySeed = () => Math.floor(Math.random() * 2 ** 31);

async function runOne(name: string, part: Part, count: number, seed: number): Promise<Awaited<ReturnType<typeof runSlice>>> {
  const slice = await runSlice(name, part, count, seed);
  say(`${slice.holds ? '✓' : '✗'} ${name}: ${JSON.stringify(slice.result)} in ${slice.seconds} s`);
  if (!slice.holds) process.exitCode = 1;
  return slice;
}

/** Slice after slice under fresh seeds until the full figure is reached; a slice that does not hold ends it. */
async function resume(name: string, part: Part, count: number, until: number): Promise<void> {
  for (let missing = missingOf(name, part); missing > 0 && Date.now() < until; missing = missingOf(name, part)) {
    const slice = await runOne(name, part, Math.min(count, missing), anySeed());
    keepSlice(slice);
    if (!slice.holds) return;
  }
}

function partOf(text: string): string {
  if (!(text in parts)) throw new InvalidArgumentError(`There is no such part; one of: ${Object.keys(parts).join(', ')}.`);
  return text;
}

export const torture = new Command('torture')
  .description('Inject faults and look for anything lost or doubled; seeds are printed and replay a run')
  .option('--part <name>', `one of: ${Object.keys(parts).join(', ')}`, partOf)
  .option('--count <n>', `how many: ${[...new Set(Object.values(parts).map(({ of }) => of))].join(', ')}`, wholeNumber)
  .option('--seed <n>', 'replay a run', wholeNumber)
  .option('--resume', 'keep each slice in apps/bench/results/torture.jsonl and go on until the full figure is reached')
  .option('--minutes <n>', 'with --resume: begin no slice after so many minutes', wholeNumber)
  .option('--report', 'print what has been kept so far')
  .action(async ({ part: wanted, count, seed, resume: isResumed, minutes = Infinity, report }: TortureOptions) => {
    if (report) {
      say(gatheredTable());
      return;
    }
    const until = Date.now() + minutes * 60_000;
    for (const [name, part] of Object.entries(parts)) {
      if (wanted !== undefined && wanted !== name) continue;
      if (isResumed) await resume(name, part, count ?? part.slice, until);
      else await runOne(name, part, count ?? part.usual, seed ?? anySeed());
    }
  });
