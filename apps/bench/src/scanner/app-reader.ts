import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Look, type Picture, areaOf, prepareReader, readCode, sizeFor } from '@timebank/web-kit/scanning';
import { frame } from './lens';

let isPrepared = false;

/** The part of a camera's frame that the app decodes, in the size it decodes it: what its canvas does, by areas of pixels. */
export function partOf(rgba: Uint8ClampedArray, look: Look): Picture {
  const area = areaOf(look, frame.width, frame.height);
  const { width, height } = sizeFor(look, area);
  const [stepX, stepY] = [area.width / width, area.height / height];
  const from = new Uint32Array(rgba.buffer, rgba.byteOffset, rgba.length / 4);
  const into = new Uint32Array(width * height);
  for (let row = 0, at = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1, at += 1) {
      const [x, y] = [area.x + (column + 0.5) * stepX - 0.5, area.y + (row + 0.5) * stepY - 0.5];
      into[at] = stepX === 1 && stepY === 1 ? (from[y * frame.width + x] as number) : between(from, x, y);
    }
  }
  return { data: new Uint8ClampedArray(into.buffer), width, height };
}

/** A grey pixel between four others, as a browser draws a smaller picture. */
function between(from: Uint32Array, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [right, bottom] = [Math.min(frame.width - 1, left + 1), Math.min(frame.height - 1, top + 1)];
  const grey = (column: number, row: number) => (from[row * frame.width + column] as number) & 0xff;
  const upper = grey(left, top) * (1 - x + left) + grey(right, top) * (x - left);
  const lower = grey(left, bottom) * (1 - x + left) + grey(right, bottom) * (x - left);
  return Math.round(upper * (1 - y + top) + lower * (y - top)) * 0x10101 + 0xff000000;
}

/** What the app's own decoder reads in a frame: the same wasm, options, parts and order of looks. */
export async function readFrame(rgba: Uint8ClampedArray, look: Look): Promise<string | null> {
  if (!isPrepared) {
    const wasm = readFileSync(createRequire(join(process.cwd(), 'package.json')).resolve('zxing-wasm/reader/zxing_reader.wasm'));
    prepareReader({ bytes: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) as ArrayBuffer });
    isPrepared = true;
  }
  return readCode(partOf(rgba, look), look);
}
