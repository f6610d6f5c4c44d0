import type { Random } from '../random';
import { squeeze } from './jpeg-blocks';
import { frame } from './lens';
import type { Scene } from './scene';

const { width, height } = frame;
/** White paper comes to three quarters of what the sensor can hold; one pixel then gathers so many electrons a lux. */
const exposure = 0.75;
const electronsPerLux = 60;
const readNoise = 3;
/** Below this light the camera's gain is at its end and the picture gets darker. */
const dimmestLux = 20;

/** Each point becomes a disc: what a lens out of focus does. Sums along rows make it cheap. */
function defocus(light: Float32Array, radius: number): Float32Array {
  const sums = new Float64Array((width + 1) * height);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      sums[row * (width + 1) + column + 1] = (sums[row * (width + 1) + column] as number) + (light[row * width + column] as number);
    }
  }
  const reach = Math.floor(radius);
  const halves = Array.from({ length: 2 * reach + 1 }, (_, line) => Math.round(Math.sqrt(radius * radius - (line - reach) ** 2)));
  const result = new Float32Array(width * height);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      let [sum, count] = [0, 0];
      for (let line = -reach; line <= reach; line += 1) {
        const from = row + line;
        if (from < 0 || from >= height) continue;
        const half = halves[line + reach] as number;
        const [left, right] = [Math.max(0, column - half), Math.min(width, column + half + 1)];
        sum += (sums[from * (width + 1) + right] as number) - (sums[from * (width + 1) + left] as number);
        count += right - left;
      }
      result[row * width + column] = sum / count;
    }
  }
  return result;
}

/** Each point becomes a line: what a moving hand does. */
function smear(light: Float32Array, length: number, axis: number): Float32Array {
  const steps = Math.ceil(length) + 1;
  const [wayX, wayY] = [Math.cos((axis * Math.PI) / 180), Math.sin((axis * Math.PI) / 180)];
  const result = new Float32Array(width * height);
  for (let step = 0; step < steps; step += 1) {
    const along = (step / (steps - 1) - 0.5) * length;
    const [x, y] = [wayX * along, wayY * along];
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const [shareX, shareY] = [x - left, y - top];
    for (let row = 0; row < height; row += 1) {
      const above = Math.max(0, Math.min(height - 1, row + top)) * width;
      const below = Math.max(0, Math.min(height - 1, row + top + 1)) * width;
      for (let column = 0; column < width; column += 1) {
        const before = Math.max(0, Math.min(width - 1, column + left));
        const after = Math.max(0, Math.min(width - 1, column + left + 1));
        const upper = (light[above + before] as number) * (1 - shareX) + (light[above + after] as number) * shareX;
        const lower = (light[below + before] as number) * (1 - shareX) + (light[below + after] as number) * shareX;
        (result[row * width + column] as number) += (upper * (1 - shareY) + lower * shareY) / steps;
      }
    }
  }
  return result;
}

/** What a screen's pixels and its dimming add: a slanted beat with the camera's pixels, and bands across the picture. */
function beat(light: Float32Array, { depth, period, axis, bands }: NonNullable<Scene['screen']>): void {
  const [alongX, alongY] = [Math.cos((axis * Math.PI) / 180), Math.sin((axis * Math.PI) / 180)].map((way) => (way * 2 * Math.PI) / period);
  for (let row = 0, at = 0; row < height; row += 1) {
    const band = 1 - (bands / 2) * (1 + Math.sin(row / 20));
    for (let column = 0; column < width; column += 1, at += 1) {
      const ripple = 1 - (depth / 2) * (1 + Math.sin(column * (alongX as number) + row * (alongY as number)));
      light[at] = (light[at] as number) * ripple * band;
    }
  }
}

let bell: Float32Array | undefined;
/** Normal deviates, drawn once from a fixed seed and then picked from: a picture needs a million of them. */
function normals(random: Random): Float32Array {
  bell ??= Float32Array.from({ length: 65_536 }, () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next()));
  return bell;
}

/** From light to the picture that a page gets: lens, hand, noise of photons and of reading, gamma, eight bits, perhaps JPEG. */
export function develop(
  scene: Scene,
  exposed: { light: Float32Array; pixelsPerModule: number },
  random: Random,
  table: Random,
): Uint8ClampedArray {
  const { pixelsPerModule } = exposed;
  // No lens is sharper than two thirds of a pixel.
  const radius = Math.max(0.67, scene.defocus * pixelsPerModule);
  let light = radius < 1 ? soften(exposed.light, radius) : defocus(exposed.light, radius);
  const length = scene.smear.length * pixelsPerModule;
  if (length > 0.5) light = smear(light, length, scene.smear.axis);
  if (scene.screen) beat(light, scene.screen);
  const noise = normals(table);
  const electrons = electronsPerLux * scene.lux;
  const bright = Math.min(1, Math.sqrt(scene.lux / dimmestLux));
  const curve = Uint8ClampedArray.from({ length: 4_097 }, (_, step) => 255 * (step / 4_096) ** (1 / 2.2));
  const grey = new Uint8ClampedArray(width * height);
  for (let at = 0; at < grey.length; at += 1) {
    const gathered = (light[at] as number) * electrons;
    const sigma = Math.sqrt(gathered + readNoise * readNoise);
    const deviate = noise[(random.next() * 65_536) | 0] as number;
    const value = ((gathered + sigma * deviate) / electrons) * exposure * bright;
    grey[at] = curve[(4_096 * Math.min(1, Math.max(0, value))) | 0] as number;
  }
  return scene.quality === null ? grey : squeeze(grey, width, height, scene.quality);
}

/** A blur smaller than a pixel: the middle and its four neighbours. */
function soften(light: Float32Array, radius: number): Float32Array {
  const share = (radius * radius) / 4;
  const result = Float32Array.from(light);
  for (let row = 1; row < height - 1; row += 1) {
    for (let at = row * width + 1; at < (row + 1) * width - 1; at += 1) {
      const around = (light[at - 1] as number) + (light[at + 1] as number) + (light[at - width] as number) + (light[at + width] as number);
      result[at] = (light[at] as number) * (1 - 4 * share * 0.5) + around * share * 0.5;
    }
  }
  return result;
}
