import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { drawn } from '@timebank/testing';
import { drawSvg } from '@timebank/visits';
import { Random } from '../random';
import { hardships } from './hardships';
import { squeeze } from './jpeg-blocks';
import { readDrawing } from './printed';
import { plainScene } from './scene';

type ReadingResult = { frames: number; wrong: string[]; read: Record<string, [first: number, round: number]> };

/** How many of three frames of each hardship were read when this was written, at the first look and within a round: the frames are the same each time. */
const once: Record<string, [first: number, round: number]> = {
  perspective: [3, 3],
  rotation: [3, 3],
  defocus: [2, 2],
  motion: [1, 1],
  'low light': [3, 3],
  glare: [2, 2],
  jpeg: [3, 3],
  dirt: [2, 2],
  curved: [3, 3],
  creased: [3, 3],
  'low contrast': [2, 3],
  distance: [3, 3],
  'cut quiet zone': [3, 3],
  'uneven light': [3, 3],
  screen: [3, 3],
  inverted: [3, 3],
  evening: [2, 2],
};

describe('the app reads hard frames', () => {
  it('most at the first look, more within a round, and never what is not there', async () => {
    expect(Object.keys(once)).toEqual(hardships.map(({ name }) => name));
    const names = drawn('hardships', Object.keys(once), 2);
    // In a process of its own: what runs a million times a frame is many times slower inside the test runner.
    const command = ['dist/apps/bench/main.js', 'frames', ...names, '--seed', '11', '--blanks', '5'];
    const { stdout } = await promisify(execFile)(process.execPath, command);
    const { frames, wrong, read } = JSON.parse(stdout) as ReadingResult;
    expect({ frames, wrong }).toEqual({ frames: names.length * 3, wrong: [] });
    const sum = (of: typeof once, at: 0 | 1) => names.reduce((total, name) => total + (of[name]?.[at] ?? 0), 0);
    for (const at of [0, 1] as const) expect(sum(read, at)).toBeGreaterThanOrEqual(sum(once, at) - 1);
    // Each of these needs an option or a look of its own.
    for (const name of ['rotation', 'low light', 'low contrast', 'uneven light', 'inverted'].filter((each) => names.includes(each)))
      expect([name, read[name]?.[1]]).toEqual([name, 3]);
  });
});

describe('the frames', () => {
  it('are the same for the same seed, each hardship from easy to hard', () => {
    for (const { name, strengths, on } of hardships) {
      const scene = (seed: number) => on(plainScene(new Random(seed)), strengths[1] as number, new Random(seed));
      expect([name, scene(5)]).toEqual([name, scene(5)]);
      expect([name, scene(5)]).not.toEqual([name, scene(6)]);
      const rising = strengths.toSorted((one, other) => one - other);
      expect([rising, rising.toReversed()]).toContainEqual(strengths);
    }
  });

  it('show the very modules that the product prints', async () => {
    const text = 'https://time.example/s/0123456789ABCDEF';
    const { modules, dark, quietModules, moduleMillimetres } = readDrawing(text, await drawSvg(text));
    expect({ quietModules, isWide: modules * moduleMillimetres > 40 }).toEqual({ quietModules: 4, isWide: true });
    const finder = Array.from({ length: 7 }, (_, row) => [...dark.subarray(row * modules, row * modules + 7)].join(''));
    expect(finder).toEqual(['1111111', '1000001', '1011101', '1011101', '1011101', '1000001', '1111111']);
  });

  it('lose in a JPEG what its quality says, and nothing of an even grey', () => {
    const grey = Uint8ClampedArray.from({ length: 256 }, (_, at) => (at % 16 < 8 ? 40 : 200) + ((at * 7) % 13));
    const off = (quality: number) =>
      squeeze(grey, 16, 16, quality).reduce((sum, value, at) => sum + Math.abs(value - (grey[at] as number)), 0);
    expect(off(95)).toBeLessThan(off(50));
    expect(off(50)).toBeLessThan(off(10));
    expect([...new Set(squeeze(new Uint8ClampedArray(64).fill(128), 8, 8, 5))]).toEqual([128]);
  });
});
