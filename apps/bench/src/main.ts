import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { Command } from 'commander';
import { measurements } from './measurements';
import { takePictures } from './pictures/take-pictures';
import { type Measured, toFigures, toTable, writeFigures } from './report';
import { serveFloor, type Statement } from './scan-floor';
import { crashUnderLoad } from './torture/crashes';
import { fuzzFreshCity } from './torture/fuzz-city';
import { killGrantRuns } from './torture/grants';
import { tamper } from './torture/tampering';

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

type Wanted = { quick?: boolean; reading?: number; only?: string };

const bench = new Command('bench')
  .description('Measure what README.md quotes; each figure is a ratio to a floor beside it in the same run')
  .option('--quick', 'one run each and smaller loads')
  .option('--reading <minutes>', 'how long the API is read from before its memory is taken', Number)
  .option('--only <groups>', `some of: ${Object.keys(measurements).join(', ')}`)
  .action(async ({ quick = false, reading = 10, only }: Wanted) => {
    const wanted = only?.split(',') ?? Object.keys(measurements);
    const unknown = wanted.find((group) => !(group in measurements));
    if (unknown !== undefined) throw new Error(`no such group of figures: ${unknown}`);
    const measured = new Map<string, Measured>();
    const startedAt = Date.now();
    const progress = (text: string) => say(`… ${Math.round((Date.now() - startedAt) / 1_000)} s: ${text}`);
    say(`${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`);
    for (const group of wanted as (keyof typeof measurements)[]) {
      progress(group);
      try {
        for (const [name, found] of await measurements[group]({ quick, reading, progress })) measured.set(name, found);
      } catch (error) {
        // Its figures stay empty; the others are measured all the same.
        say(`${group} failed: ${error instanceof Error ? error.stack : String(error)}`);
        process.exitCode = 1;
      }
    }
    const figures = toFigures(measured);
    writeFigures(figures);
    say(toTable(figures));
  });

const parts = {
  'postgres crashes': (count: number, seed: number) => crashUnderLoad('postgres', count, seed),
  'api crashes': (count: number, seed: number) => crashUnderLoad('api', count, seed),
  fuzz: (count: number, seed: number) => fuzzFreshCity(count, seed),
  grants: (count: number, seed: number) => killGrantRuns(count, seed),
  tampering: (count: number, seed: number) => tamper(count, seed),
} as const;
type Part = keyof typeof parts;
const usual: Record<Part, number> = { 'postgres crashes': 25, 'api crashes': 25, fuzz: 5_000, grants: 5_000, tampering: 1_000 };

const torture = new Command('torture')
  .description('Inject faults and look for anything lost or doubled; seeds are printed and replay a run')
  .option('--part <name>', `one of: ${Object.keys(parts).join(', ')}`)
  .option('--count <n>', 'how many crashes, requests, members or edits', Number)
  .option('--seed <n>', 'replay a run', Number)
  .action(async ({ part, count, seed }: { part?: string; count?: number; seed?: number }) => {
    if (part !== undefined && !(part in parts)) throw new Error(`no such part: ${part}`);
    for (const name of (part ? [part] : Object.keys(parts)) as Part[]) {
      const startedAt = Date.now();
      const report = await parts[name](count ?? usual[name], seed ?? Math.floor(Math.random() * 2 ** 31));
      say(`${name}: ${JSON.stringify(report)} in ${Math.round((Date.now() - startedAt) / 1000)} s`);
    }
  });

const floor = new Command('floor')
  .description('The bare server that http.scan is compared with; the bench starts it')
  .argument('<databaseUrl>')
  .argument('<statementsFile>')
  .action((databaseUrl: string, statementsFile: string) =>
    serveFloor(databaseUrl, JSON.parse(readFileSync(statementsFile, 'utf8')) as Statement[]),
  );

const pictures = new Command('pictures').description('Photograph the main screens of the demo city for README.md').action(takePictures);

const program = new Command('bench-and-torture');
for (const command of [bench, torture, pictures, floor]) program.addCommand(command);
await program.parseAsync();
