import { prepareZXingModule, readBarcodes, type ReaderOptions } from 'zxing-wasm/reader';
import { type Look, type Picture, withContrast } from './looks.rules';

/** Where the decoder's wasm comes from: its address for a page, its bytes elsewhere. It is the app's own file, never one of a CDN. */
export type WasmSource = { url: string } | { bytes: ArrayBuffer };

export function prepareReader(source: WasmSource): void {
  prepareZXingModule({ overrides: 'url' in source ? { locateFile: () => source.url } : { wasmBinary: source.bytes } });
}

/** One card is looked for, whatever its turn, also one that a dark mode has inverted. */
const options: ReaderOptions = {
  formats: ['QRCode'],
  textMode: 'Plain',
  maxNumberOfSymbols: 1,
  tryHarder: true,
  tryRotate: true,
  tryInvert: true,
  tryDownscale: true,
  binarizer: 'LocalAverage',
};

/** The text of a square code in a picture, or null. The same for the worker, for a page without workers, and for the bench. */
export async function readCode(picture: Picture, look: Look): Promise<string | null> {
  const [found] = await readBarcodes((look.contrast ? withContrast(picture) : picture) as Parameters<typeof readBarcodes>[0], options);
  return found?.text ?? null;
}
