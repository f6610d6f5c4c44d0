/** Steps of the luminance table in the JPEG standard (ITU-T T.81, table K.1). */
const steps = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62, 18, 22,
  37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
];

const cosines = Float64Array.from({ length: 64 }, (_, at) => {
  const [wave, place] = [at >> 3, at & 7];
  return (wave === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * place + 1) * wave * Math.PI) / 16);
});

/** One pass of the transform along rows, with the result turned over; `back` undoes it. */
function pass(from: Float64Array, into: Float64Array, back: boolean): void {
  for (let row = 0; row < 8; row += 1) {
    for (let column = 0; column < 8; column += 1) {
      let sum = 0;
      for (let at = 0; at < 8; at += 1) {
        sum += (from[row * 8 + at] as number) * (cosines[back ? at * 8 + column : column * 8 + at] as number);
      }
      into[column * 8 + row] = sum;
    }
  }
}

/** What is left of a grey picture after a JPEG of this quality: every block of 8 × 8 in the standard's steps. */
export function squeeze(grey: Uint8ClampedArray, width: number, height: number, quality: number): Uint8ClampedArray {
  const scale = quality < 50 ? 50 / quality : 2 - quality / 50;
  const result = new Uint8ClampedArray(grey);
  const [block, half] = [new Float64Array(64), new Float64Array(64)];
  for (let top = 0; top + 8 <= height; top += 8) {
    for (let left = 0; left + 8 <= width; left += 8) {
      for (let at = 0; at < 64; at += 1) block[at] = (grey[(top + (at >> 3)) * width + left + (at & 7)] as number) - 128;
      pass(block, half, false);
      pass(half, block, false);
      for (let at = 0; at < 64; at += 1) {
        const step = Math.max(1, Math.min(255, Math.round((steps[at] as number) * scale)));
        block[at] = Math.round((block[at] as number) / step) * step;
      }
      pass(block, half, true);
      pass(half, block, true);
      for (let at = 0; at < 64; at += 1) result[(top + (at >> 3)) * width + left + (at & 7)] = (block[at] as number) + 128;
    }
  }
  return result;
}
