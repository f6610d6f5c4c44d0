export type Decoder = { read(image: ImageData): Promise<string | null>; close(): void };

/** A worker that finds a square code in an image: its text, or null. */
export function openDecoder(): Decoder {
  const worker = new Worker(new URL('./decode.worker.ts', import.meta.url), { type: 'module' });
  const waiting = new Map<number, { resolve: (text: string | null) => void; reject: (fault: Error) => void }>();
  let turn = 0;
  worker.addEventListener('message', (message: MessageEvent<{ turn: number; text: string | null; fault: string | null }>) => {
    const { turn: answered, text, fault } = message.data;
    const caller = waiting.get(answered);
    waiting.delete(answered);
    if (fault === null) caller?.resolve(text);
    else caller?.reject(new Error(fault));
  });
  worker.addEventListener('error', (event) => {
    for (const caller of waiting.values()) caller.reject(new Error(event.message));
    waiting.clear();
  });
  return {
    read: (image) =>
      new Promise((resolve, reject) => {
        turn += 1;
        waiting.set(turn, { resolve, reject });
        worker.postMessage({ turn, image }, [image.data.buffer]);
      }),
    close: () => worker.terminate(),
  };
}

/** Longest side, in pixels, of what is decoded: a code that fills a third of it still has four pixels a module. */
const longestSide = 720;

function drawn(source: CanvasImageSource, from: { x: number; y: number; width: number; height: number }, longest: number): ImageData {
  const scale = Math.min(1, longest / Math.max(from.width, from.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(from.width * scale));
  canvas.height = Math.max(1, Math.round(from.height * scale));
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no canvas');
  context.drawImage(source, from.x, from.y, from.width, from.height, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

/** The square in the middle of a camera picture, where the frame on the screen is. */
export function centreOf(video: HTMLVideoElement): ImageData {
  const side = Math.min(video.videoWidth, video.videoHeight);
  return drawn(video, { x: (video.videoWidth - side) / 2, y: (video.videoHeight - side) / 2, width: side, height: side }, longestSide);
}

/** Reads a photo of a card: first as a whole, then larger. Null when no code is in it. */
export async function readPhoto(decoder: Decoder, photo: Blob): Promise<string | null> {
  const bitmap = await createImageBitmap(photo);
  try {
    for (const longest of [1_024, 2_048]) {
      const text = await decoder.read(drawn(bitmap, { x: 0, y: 0, width: bitmap.width, height: bitmap.height }, longest));
      if (text !== null) return text;
    }
    return null;
  } finally {
    bitmap.close();
  }
}
