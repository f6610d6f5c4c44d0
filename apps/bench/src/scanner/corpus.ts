import { drawSvg } from '@timebank/visits';
import { Random } from '../random';
import { type Hardship, hardships } from './hardships';
import { expose } from './lens';
import { type PrintedCode, readDrawing } from './printed';
import { plainScene } from './scene';
import { develop } from './sensor';

export type Frame = { name: string; strength: number; text: string | null; rgba: Uint8ClampedArray<ArrayBuffer> };

const hosts = ['https://time.example.cn', 'https://huzhu.nanjing.example', 'https://t.example', 'https://timebank.gulou.example.cn'];
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

function word(random: Random, from: string, length: number): string {
  return Array.from({ length }, () => from[random.integer(0, from.length - 1)]).join('');
}

/** Addresses as the product prints and shows them. */
function cardUrl(random: Random): string {
  return `${random.pick(hosts)}/s/${word(random, letters, 16)}`;
}
function rotatingUrl(random: Random): string {
  return `${random.pick(hosts)}/r/${word(random, base64, 22)}.${random.integer(50_000_000, 60_000_000)}.${word(random, base64, 11)}`;
}

async function photograph(
  hardship: Hardship,
  strength: number,
  printed: PrintedCode,
  random: Random,
): Promise<Uint8ClampedArray<ArrayBuffer>> {
  const scene = hardship.on(plainScene(random), strength, random);
  const grey = develop(scene, expose(scene, printed), random, new Random(1));
  const rgba = Uint32Array.from(grey, (value) => value * 0x10101 + 0xff000000);
  return new Uint8ClampedArray(rgba.buffer);
}

/** Every hardship at every strength so many times. The same seed gives the same frames, whatever was asked before. */
export async function* corpus(seed: number, each: number, only: readonly Hardship[] = hardships): AsyncGenerator<Frame> {
  for (const hardship of only) {
    for (const [step, strength] of hardship.strengths.entries()) {
      for (let number = 0; number < each; number += 1) {
        const random = new Random(
          seed * 1_000_003 + hardships.findIndex(({ name }) => name === hardship.name) * 10_007 + step * 1_009 + number,
        );
        const text = hardship.onScreen ? rotatingUrl(random) : cardUrl(random);
        const printed = readDrawing(text, await drawSvg(text));
        yield { name: hardship.name, strength, text, rgba: await photograph(hardship, strength, printed, random) };
      }
    }
  }
}

/** Sheets without any code: words, stripes and noise, in which nothing may be read. */
export async function* blanks(seed: number, count: number): AsyncGenerator<Frame> {
  for (let number = 0; number < count; number += 1) {
    const random = new Random(seed * 2_000_003 + number);
    const hardship = random.pick(hardships);
    const text = cardUrl(random);
    const drawn = readDrawing(text, await drawSvg(text));
    // Ink everywhere but in the shape of a code.
    const dark = Uint8Array.from(drawn.dark, () => (random.next() < 0.5 ? 1 : 0));
    yield {
      name: 'no code',
      strength: 0,
      text: null,
      rgba: await photograph(hardship, hardship.strengths[0] as number, { ...drawn, dark }, random),
    };
  }
}
