export type Picture = { data: Uint8ClampedArray<ArrayBuffer>; width: number; height: number };
export type Area = { x: number; y: number; width: number; height: number };

/** How a frame of the camera is looked at: its middle or all of it, as it is or with its contrast made larger from place to place. */
export type Look = { area: 'middle' | 'whole'; contrast: boolean };

/**
 * Frames are looked at in turn. Nearly every card is read by the first look; pale print, mist and shadows need the second, a card
 * outside the frame on the screen the fourth.
 */
export const looks = [
  { area: 'middle', contrast: false },
  { area: 'middle', contrast: true },
  { area: 'middle', contrast: false },
  { area: 'whole', contrast: false },
] as const satisfies readonly Look[];

/** Longest side, in pixels, of what is decoded: a code that fills a third of it still has four pixels a module. */
const longestSide = { middle: 720, whole: 960 };

/** The part of a picture that a look is about: the square in the middle, where the frame on the screen is, or everything. */
export function areaOf(look: Look, width: number, height: number): Area {
  if (look.area === 'whole') return { x: 0, y: 0, width, height };
  const side = Math.min(width, height);
  return { x: Math.floor((width - side) / 2), y: Math.floor((height - side) / 2), width: side, height: side };
}

/** The size that an area is drawn in to be decoded; never larger than it is. */
export function sizeOf(area: Area, longest: number): { width: number; height: number } {
  const scale = Math.min(1, longest / Math.max(area.width, area.height));
  return { width: Math.max(1, Math.round(area.width * scale)), height: Math.max(1, Math.round(area.height * scale)) };
}

export const sizeFor = (look: Look, area: Area) => sizeOf(area, longestSide[look.area]);

/** Half the side, in pixels, of the neighbourhood that a pixel is compared with: a few modules of a card at arm's length. */
const reach = 12;
const gain = 4;

function greyOf({ data, width, height }: Picture): Uint8Array {
  const grey = new Uint8Array(width * height);
  for (let at = 0, from = 0; at < grey.length; at += 1, from += 4) {
    grey[at] = (306 * (data[from] as number) + 601 * (data[from + 1] as number) + 117 * (data[from + 2] as number) + 512) >> 10;
  }
  return grey;
}

/**
 * Each pixel's difference from the mean of its neighbourhood, four times as large: what pale print, mist, a shadow's edge and much of a
 * moving hand take away. Sums slide along columns and rows, so the size of the neighbourhood costs nothing.
 */
export function withContrast(picture: Picture): Picture {
  const { width, height } = picture;
  const grey = greyOf(picture);
  // Sums of columns, with nothing beyond either edge, so that the sum that slides along them needs no question.
  const columns = new Int32Array(width + 2 * reach);
  const within = (at: number, size: number) => Math.min(size - 1, at + reach) - Math.max(0, at - reach) + 1;
  const shares = Float64Array.from({ length: width }, (_, column) => gain / within(column, width));
  const pixels = new Uint32Array(grey.length);
  const addRow = (row: number, sign: 1 | -1) => {
    if (row < 0 || row >= height) return;
    for (let column = 0, at = row * width; column < width; column += 1, at += 1) {
      columns[column + reach] = (columns[column + reach] as number) + sign * (grey[at] as number);
    }
  };
  for (let row = 0; row < reach; row += 1) addRow(row, 1);
  for (let row = 0; row < height; row += 1) {
    addRow(row + reach, 1);
    addRow(row - reach - 1, -1);
    const share = 1 / within(row, height);
    let sum = 0;
    for (let column = 0; column < 2 * reach; column += 1) sum += columns[column] as number;
    for (let column = 0, at = row * width; column < width; column += 1, at += 1) {
      sum += columns[column + 2 * reach] as number;
      const value = (128 + gain * (grey[at] as number) - sum * (shares[column] as number) * share) | 0;
      sum -= columns[column] as number;
      pixels[at] = ((value < 0 ? 0 : value > 255 ? 255 : value) * 0x10101) | 0xff000000;
    }
  }
  return { data: new Uint8ClampedArray(pixels.buffer), width, height };
}

/** The brightest of some points of a picture: 0 only where no light, not even noise, came from the sensor. */
export function brightestOf({ data }: Picture): number {
  let brightest = 0;
  for (let at = 1; at < data.length; at += 4 * 997) brightest = Math.max(brightest, data[at] as number);
  return brightest;
}
