import { looks } from '@timebank/web-kit/scanning';
import type { Measurement } from '../report';
import { readFrame } from './app-reader';
import { blanks, corpus, type Frame } from './corpus';
import { type Hardship, hardships } from './hardships';

/** How many of how many; at the first look, and by the time every look had its turn at the same frame. */
type Tally = { frames: number; first: number; round: number };
type ReadRate = {
  all: Tally;
  classes: Map<string, { tally: Tally; strengths: Map<number, Tally> }>;
  /** Frames in which something was read that is not there. */
  wrong: string[];
};

const noTally = (): Tally => ({ frames: 0, first: 0, round: 0 });

async function readInTurn(frame: Frame): Promise<{ at: number | null; text: string | null }> {
  for (const [at, look] of looks.entries()) {
    const text = await readFrame(frame.rgba, look);
    if (text !== null) return { at, text };
  }
  return { at: null, text: null };
}

/** Reads a corpus as the app does, each hardship at each strength so many times, and as many blank sheets. */
async function rateOf(seed: number, each: number, blankSheets: number, only: readonly Hardship[] = hardships): Promise<ReadRate> {
  const rate: ReadRate = { all: noTally(), classes: new Map(), wrong: [] };
  for await (const frame of corpus(seed, each, only)) {
    const found = rate.classes.get(frame.name) ?? { tally: noTally(), strengths: new Map<number, Tally>() };
    rate.classes.set(frame.name, found);
    const step = found.strengths.get(frame.strength) ?? noTally();
    found.strengths.set(frame.strength, step);
    const { at, text } = await readInTurn(frame);
    if (text !== null && text !== frame.text) rate.wrong.push(`${frame.name} ${frame.strength}: ${text} for ${frame.text}`);
    const isRight = text === frame.text;
    for (const tally of [rate.all, found.tally, step]) {
      tally.frames += 1;
      if (isRight && at === 0) tally.first += 1;
      if (isRight) tally.round += 1;
    }
  }
  for await (const frame of blanks(seed, blankSheets)) {
    const { text } = await readInTurn(frame);
    if (text !== null) rate.wrong.push(`no code: ${text}`);
  }
  return rate;
}

/** A short corpus of these hardships, each at its first, third and fourth strength once, as one line of JSON: the suite asks for it. */
export async function printReading(names: readonly string[], seed: number, blankSheets: number): Promise<void> {
  const middling = hardships
    .filter(({ name }) => names.includes(name))
    .map((hardship) => ({
      ...hardship,
      strengths: hardship.strengths.filter((_, step) => [0, 2, 3].includes(step)),
    }));
  const { all, classes, wrong } = await rateOf(seed, 1, blankSheets, middling);
  const read = Object.fromEntries([...classes].map(([name, { tally }]) => [name, [tally.first, tally.round]]));
  process.stdout.write(`${JSON.stringify({ frames: all.frames, wrong, read })}\n`);
}

/** Of each hardship how many were read, and at which strengths, from easy to hard. */
function toLines({ classes }: ReadRate): string[] {
  return hardships.flatMap(({ name, counts }) => {
    const found = classes.get(name);
    if (!found) return [];
    const steps = [...found.strengths].map(([strength, { round, frames }]) => `${strength}: ${round}/${frames}`).join('  ');
    const { first, round, frames } = found.tally;
    return [`  ${name.padEnd(15)} ${first} at once, ${round} of ${frames}   ${steps}   (${counts})`];
  });
}

/** `scanner.read`: the share read at the first look, which is the strict way to count; a wrong text leaves nothing to be proud of. */
export async function measureReading(each: number, say: (line: string) => void): Promise<Measurement> {
  const rate = await rateOf(20_260_301, each, 5 * each);
  for (const line of toLines(rate)) say(line);
  for (const wrong of rate.wrong) say(`  WRONG ${wrong}`);
  const { frames, first, round } = rate.all;
  const value = rate.wrong.length > 0 ? 0 : Number((first / frames).toFixed(3));
  const note = `${frames} hard frames of ${hardships.length} kinds, one look at each; ${(round / frames).toFixed(3)} within four looks (0.4 s); ${rate.wrong.length} wrong reads, also of ${5 * each} sheets without a code`;
  return { value, note };
}
