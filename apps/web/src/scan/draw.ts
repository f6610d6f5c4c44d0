import type { Area, Picture } from '@timebank/web-kit/scanning';

/** One canvas for all pictures: a new one for each would fill a phone's memory before it is collected. */
let canvas: HTMLCanvasElement | undefined;

/** A part of a video or photo, drawn in a size and turned about its middle; `size` is what is drawn, also when turned. */
export function drawPart(source: CanvasImageSource, from: Area, size: { width: number; height: number }, degrees = 0): Picture {
  canvas ??= document.createElement('canvas');
  canvas.width = size.width;
  canvas.height = size.height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no canvas');
  context.translate(size.width / 2, size.height / 2);
  context.rotate((degrees * Math.PI) / 180);
  context.drawImage(source, from.x, from.y, from.width, from.height, -size.width / 2, -size.height / 2, size.width, size.height);
  return context.getImageData(0, 0, size.width, size.height) as Picture;
}

/** Frees the canvas's memory; otherwise Safari keeps it for long. */
export function clearDrawing(): void {
  if (canvas) canvas.width = canvas.height = 0;
  canvas = undefined;
}
