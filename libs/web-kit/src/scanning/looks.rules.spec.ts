import { describe, expect, it } from '@jest/globals';
import { areaOf, brightestOf, looks, type Picture, sizeFor, sizeOf, withContrast } from './looks.rules';

function picture(width: number, height: number, grey: (x: number, y: number) => number): Picture {
  const pixels = Uint32Array.from({ length: width * height }, (_, at) => grey(at % width, Math.floor(at / width)) * 0x10101 + 0xff000000);
  return { data: new Uint8ClampedArray(pixels.buffer), width, height };
}
const at = ({ data, width }: Picture, x: number, y: number) => data[(y * width + x) * 4];

describe('how a frame of the camera is looked at', () => {
  it('the middle most of the time, all of it now and then, with more contrast in between', () => {
    expect(looks.filter(({ area }) => area === 'middle').length).toBeGreaterThan(looks.length / 2);
    expect(looks.some(({ area }) => area === 'whole')).toBe(true);
    expect(looks.some(({ contrast }) => contrast)).toBe(true);
  });

  it.each([
    ['middle', 1_280, 720, { x: 280, y: 0, width: 720, height: 720 }, { width: 720, height: 720 }],
    ['middle', 1_080, 1_920, { x: 0, y: 420, width: 1_080, height: 1_080 }, { width: 720, height: 720 }],
    ['middle', 641, 480, { x: 80, y: 0, width: 480, height: 480 }, { width: 480, height: 480 }],
    ['whole', 1_280, 720, { x: 0, y: 0, width: 1_280, height: 720 }, { width: 960, height: 540 }],
  ] as const)('%s of %d × %d', (area, width, height, part, size) => {
    const look = { area, contrast: false };
    expect(areaOf(look, width, height)).toEqual(part);
    expect(sizeFor(look, part)).toEqual(size);
  });

  it('draws nothing larger than it is, and nothing without a pixel', () => {
    expect(sizeOf({ x: 0, y: 0, width: 300, height: 100 }, 1_000)).toEqual({ width: 300, height: 100 });
    expect(sizeOf({ x: 0, y: 0, width: 8_000, height: 1 }, 1_000)).toEqual({ width: 1_000, height: 1 });
  });

  it('makes a pale pattern four times as strong, beside a shadow as beside a lamp', () => {
    const pale = picture(200, 100, (x, y) => (x < 100 ? 40 : 200) + (((x >> 2) + (y >> 2)) % 2) * 10);
    const strong = withContrast(pale);
    const step = (x: number) => Math.abs((at(strong, x, 40) as number) - (at(strong, x + 4, 40) as number));
    for (const x of [40, 160]) expect(step(x)).toBeGreaterThanOrEqual(39);
    expect(step(40)).toBe(step(160));
  });

  it('compares with true means, also at the edges', () => {
    const slope = picture(90, 60, (x, y) => x + y);
    const slow = (x: number, y: number) => {
      let [sum, count] = [0, 0];
      for (let row = Math.max(0, y - 12); row <= Math.min(59, y + 12); row += 1) {
        for (let column = Math.max(0, x - 12); column <= Math.min(89, x + 12); column += 1, count += 1) sum += row + column;
      }
      return Math.trunc(128 + 4 * (x + y - sum / count));
    };
    const strong = withContrast(slope);
    for (const [x, y] of [
      [0, 0],
      [89, 59],
      [3, 40],
      [45, 30],
      [12, 12],
      [13, 13],
      [77, 59],
    ] as const)
      expect(at(strong, x, y)).toBe(slow(x, y));
  });

  it('tells a black picture from a dark one', () => {
    expect(brightestOf(picture(100, 100, () => 0))).toBe(0);
    expect(brightestOf(picture(100, 100, (x) => x % 3))).toBeGreaterThan(0);
  });
});
