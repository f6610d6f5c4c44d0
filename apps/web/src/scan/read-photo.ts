import { type Area, sizeOf } from '@timebank/web-kit/scanning';
import type { Decoder } from './decoder';
import { clearDrawing, drawPart } from './draw';

export type PhotoRead = { found: string } | { found: null; why: 'no code' | 'no picture' };

type Attempt = { parts: 'whole' | 'corners' | 'middle'; longest: number; degrees: number; contrast: boolean };

/**
 * The attempts on a photo, cheapest first. A card that fills a photo is read best when drawn small; one in a corner of 48 megapixels needs its part
 * drawn large. No attempt draws more than two million pixels, however large the photo is.
 */
const attempts: readonly Attempt[] = [
  { parts: 'whole', longest: 1_024, degrees: 0, contrast: false },
  { parts: 'whole', longest: 1_600, degrees: 0, contrast: false },
  { parts: 'whole', longest: 600, degrees: 0, contrast: true },
  { parts: 'middle', longest: 1_280, degrees: 0, contrast: false },
  { parts: 'corners', longest: 1_280, degrees: 0, contrast: false },
  { parts: 'whole', longest: 1_280, degrees: 30, contrast: true },
  { parts: 'middle', longest: 1_280, degrees: 45, contrast: true },
];

/** The corners overlap by a fifth of the picture, so that no card is cut by all of them. */
function areasOf(parts: Attempt['parts'], width: number, height: number): Area[] {
  if (parts === 'whole') return [{ x: 0, y: 0, width, height }];
  const part = { width: Math.round(width * 0.6), height: Math.round(height * 0.6) };
  const [right, bottom] = [width - part.width, height - part.height];
  if (parts === 'middle') return [{ x: right / 2, y: bottom / 2, ...part }];
  return [0, bottom].flatMap((y) => [0, right].map((x) => ({ x, y, ...part })));
}

/**
 * Opens a photo as an image element: the browser then turns it as the camera held it and decodes it no larger than needed. Null for what it cannot
 * show, such as HEIC outside Safari.
 */
async function openPhoto(photo: Blob): Promise<{ image: HTMLImageElement; close: () => void } | null> {
  const address = URL.createObjectURL(photo);
  const close = () => URL.revokeObjectURL(address);
  const image = new Image();
  const shown = await new Promise<boolean>((settle) => {
    image.addEventListener('load', () => settle(image.naturalWidth > 0));
    image.addEventListener('error', () => settle(false));
    image.src = address;
  });
  if (shown) return { image, close };
  close();
  return null;
}

/** Reads a photo of a card, in several sizes, parts and turns. */
export async function readPhoto(decoder: Decoder, photo: Blob): Promise<PhotoRead> {
  const opened = await openPhoto(photo);
  if (!opened) return { found: null, why: 'no picture' };
  const { image, close } = opened;
  try {
    for (const { parts, longest, degrees, contrast } of attempts) {
      for (const area of areasOf(parts, image.naturalWidth, image.naturalHeight)) {
        const picture = drawPart(image, area, sizeOf(area, longest), degrees);
        const found = await decoder.read(picture, { area: 'whole', contrast });
        if (found !== null) return { found };
      }
    }
    return { found: null, why: 'no code' };
  } finally {
    clearDrawing();
    close();
  }
}
