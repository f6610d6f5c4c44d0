import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { drawSvg } from '@timebank/visits';
import { Random } from '../random';
import { hardships } from './hardships';
import { squeeze } from './jpeg-blocks';
import { readDrawing } from './printed';
import { plainScene } from './scene';

type ReadingResult = { frames: number; first: number; round: number; wrong: string[]; classes: Record<string, number> };

describe('the app reads hard frames', () => {
  it('most at the first look, more within a round, and never what is not there', async () => {
    // In a process of its own: what runs a million times a frame is many times slower inside the test runner.
    const { stdout } = await promisify(execFile)(process.execPath, ['dist/apps/bench/main.js', 'frames', '--seed', '11']);
    const { frames, first, round, wrong, classes } = JSON.parse(stdout) as ReadingResult;
    expect({ frames, wrong }).toEqual({ frames: 51, wrong: [] });
    // What was read when this was written, less one: the frames are the same each time.
    expect(first).toBeGreaterThanOrEqual(43);
    expect(round).toBeGreaterThanOrEqual(44);
    // Each of these needs an option or a look of its own.
    for (const name of ['rotation', 'low light', 'low contrast', 'uneven light', 'inverted'])
      expect([name, classes[name]]).toEqual([name, 3]);
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
