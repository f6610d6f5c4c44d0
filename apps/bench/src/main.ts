import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { handInApi } from '@timebank/testing/api';
import { Command, InvalidArgumentError } from 'commander';
import { createApp } from '../../api/src/index';
import { measurements } from './measurements';
import { type PicturesOptions, takePictures } from './pictures/take-pictures';
import { type Measurement, toFigures, toTable, writeFigures } from './report';
import { printReading } from './scanner/read-rate';
import { laySeries } from './series/lay-series';
import { serveFloor, type Statement } from './scan-floor';
import { serveWriter } from './torture/serve-writer';
import { serveBare } from './torture/bare-server';
import { lookOn } from './torture/looker';
import { throwBodies } from './torture/thrown-bodies';
import { wholeNumber } from './whole-number';
import { torture } from './torture/torture-command';

handInApi(async () => createApp);

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

type Group = keyof typeof measurements;
type BenchOptions = { quick?: boolean; reading?: number; only?: Group[] };

function groupsOf(text: string): Group[] {
  const groups = text.split(',');
  const unknown = groups.find((group) => !(group in measurements));
  if (unknown !== undefined)
    throw new InvalidArgumentError(`There is no such group as ${unknown}; some of: ${Object.keys(measurements).join(', ')}.`);
  return groups as Group[];
}

const bench = new Command('bench')
  .description('Measure what README.md quotes; each figure is a ratio to a floor beside it in the same run')
  .option('--quick', 'one run each and smaller loads')
  .option('--reading <minutes>', 'how long the API is read from before its memory is taken', wholeNumber)
  .option('--only <groups>', `some of: ${Object.keys(measurements).join(', ')}`, groupsOf)
  .action(async ({ quick = false, reading = 10, only }: BenchOptions) => {
    const wanted = only ?? (Object.keys(measurements) as Group[]);
    const measured = new Map<string, Measurement>();
    const startedAt = Date.now();
    const progress = (text: string) => say(`… ${Math.round((Date.now() - startedAt) / 1_000)} s: ${text}`);
    say(`${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`);
    for (const group of wanted) {
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

const floor = new Command('floor')
  .description('The bare server that http.scan is compared with; the bench starts it')
  .argument('<databaseUrl>')
  .argument('<statementsFile>')
  .action((databaseUrl: string, statementsFile: string) =>
    serveFloor(databaseUrl, JSON.parse(readFileSync(statementsFile, 'utf8')) as Statement[]),
  );

const writer = new Command('writer')
  .description('Callers of the group-commit writer in a process that can be killed; the torture starts it')
  .argument('<databaseUrl>')
  .action(serveWriter);

const series = new Command('series')
  .description('Lay the dates of a bank\u2019s series in a process that can be killed; the bench starts it')
  .argument('<databaseUrl>')
  .argument('<bankId>')
  .action(laySeries);

const bodies = new Command('bodies')
  .description(
    'Throw hostile bodies at a port of 127.0.0.1, TOKEN of the one person among the throwers in the environment; the torture starts it',
  )
  .argument('<port>', 'where the product listens', Number)
  .argument('<count>', 'how many', Number)
  .argument('[perSecond]', 'how fast at most', Number)
  .action((port: number, count: number, perSecond?: number) =>
    throwBodies({ port, count, token: process.env['TOKEN'] ?? '', perSecond: perSecond ?? null }),
  );

const looks = new Command('looks')
  .description('Look at the page of a person, TOKEN in the environment, until stdin ends; the torture starts it')
  .argument('<port>', 'where the product listens', Number)
  .action((port: number) => lookOn(port, process.env['TOKEN'] ?? ''));

const bare = new Command('bare')
  .description('A server that refuses everything at once; the torture holds it beside the product')
  .action(serveBare);

const frames = new Command('frames')
  .description('Read a short corpus of hard frames as the app does; the suite starts it')
  .argument('<hardships...>', 'of these hardships')
  .option('--seed <number>', 'which frames', Number, 11)
  .option('--blanks <number>', 'so many sheets without a code besides', Number, 9)
  .action((names: string[], { seed, blanks }: { seed: number; blanks: number }) => printReading(names, seed, blanks));

const pictures = new Command('pictures')
  .description('Photograph the main screens of the demo city for README.md')
  .option('--all', 'every key screen of both apps instead, in every language, both sizes of the phone, light and dark')
  .option('--only <names>', 'of those the screens of these names, as in pictures/every-screen.ts', (text: string) => text.split(','))
  .action((options: PicturesOptions) => takePictures(options));

const program = new Command('bench-and-torture');
for (const command of [bench, torture, pictures, floor, writer, series, bodies, looks, bare, frames]) program.addCommand(command);
await program.parseAsync();
