import { type PrintedCode, sheetOf } from './printed';
import type { Scene } from './scene';

/** A camera at 1280 × 720 with the usual angle of a phone's main lens: 65° across. */
export const frame = { width: 1_280, height: 720 };
const focal = frame.width / 2 / Math.tan((32.5 * Math.PI) / 180);

type Vector = readonly [number, number, number];
const dot = (a: Vector, b: Vector) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** The sheet's own directions in the camera's space: right, down and away. */
function axesOf({ turn, tilt, tiltAxis }: Scene): readonly [Vector, Vector, Vector] {
  const [axisX, axisY] = [Math.cos(radians(tiltAxis)), Math.sin(radians(tiltAxis))];
  const [cosine, sine] = [Math.cos(radians(tilt)), Math.sin(radians(tilt))];
  const tilted = ([x, y]: readonly [number, number]): Vector => {
    const along = axisX * x + axisY * y;
    const across = axisX * y - axisY * x;
    return [axisX * along - axisY * across * cosine, axisY * along + axisX * across * cosine, across * sine];
  };
  const [c, s] = [Math.cos(radians(turn)), Math.sin(radians(turn))];
  const [right, down] = [tilted([c, s]), tilted([-s, c])];
  const away: Vector = [
    right[1] * down[2] - right[2] * down[1],
    right[2] * down[0] - right[0] * down[2],
    right[0] * down[1] - right[1] * down[0],
  ];
  return [right, down, away];
}

/** A place of the sheet in millimetres from the middle of its code; how far away from level it is bent there, and how it slopes. */
type Place = { x: number; y: number; away: number; slopeX: number; slopeY: number };

/** Bends a place of level paper, or nothing where the paper is level. It writes into the place: this runs a million times a picture. */
function reliefOf({ bend, folds }: Scene): ((place: Place) => void) | null {
  if (bend === null && folds.length === 0) return null;
  const lines = folds.map(({ degrees, axis, offset }) => ({
    x: -Math.sin(radians(axis)),
    y: Math.cos(radians(axis)),
    offset,
    slope: Math.tan(radians(degrees / 2)),
  }));
  const radius = bend?.radius ?? 0;
  const [acrossX, acrossY] = [-Math.sin(radians(bend?.axis ?? 0)), Math.cos(radians(bend?.axis ?? 0))];
  return (place) => {
    const { x, y } = place;
    place.away = place.slopeX = place.slopeY = 0;
    for (const line of lines) {
      const from = line.x * x + line.y * y - line.offset;
      const slope = Math.sign(from) * line.slope;
      place.away += Math.abs(from) * line.slope;
      place.slopeX += slope * line.x;
      place.slopeY += slope * line.y;
    }
    if (radius === 0) return;
    const from = acrossX * x + acrossY * y;
    const share = Math.max(-0.999, Math.min(0.999, from / radius));
    const flat = Math.sqrt(1 - share * share);
    place.away += radius * (1 - flat);
    place.slopeX += (acrossX * share) / flat;
    place.slopeY += (acrossY * share) / flat;
    const longer = radius * Math.asin(share) - from;
    place.x += acrossX * longer;
    place.y += acrossY * longer;
  };
}

/** A lamp stands to the upper left, 45° high: how much of its light a slope gets against level paper. */
function shadeOf({ slopeX, slopeY }: Place): number {
  return Math.max(0.05, (1 + 0.7 * (slopeX + slopeY)) / Math.sqrt(1 + slopeX * slopeX + slopeY * slopeY));
}

/** The light that comes from a place of the sheet, given what it would be of evenly lit paper: shadow, and a lamp's reflection. */
function lightingOf(scene: Scene, side: number): (place: Place, reflectance: number) => number {
  const { shadow, glare, white } = scene;
  const [normalX, normalY] = [-Math.sin(radians(shadow?.axis ?? 0)), Math.cos(radians(shadow?.axis ?? 0))];
  // The reflection is thrice white paper in its middle; where it still adds half of white, a code is lost.
  const spread = ((glare?.share ?? 0) * side * side) / (Math.PI * Math.log(6));
  return ({ x, y }, reflectance) => {
    let light = reflectance;
    if (shadow) {
      const from = (normalX * x + normalY * y - shadow.offset) / shadow.edge;
      light *= 1 / shadow.ratio + (1 - 1 / shadow.ratio) / (1 + Math.exp(-4 * from));
    }
    if (!glare) return light;
    const [fromX, fromY] = [x - (glare.x - 0.5) * side, y - (glare.y - 0.5) * side];
    return light + 3 * white * Math.exp(-(fromX * fromX + fromY * fromY) / spread);
  };
}

/** The light that reaches each pixel, and how many pixels a module is wide in the middle of the code. */
export function expose(scene: Scene, printed: PrintedCode): { light: Float32Array; pixelsPerModule: number } {
  const [right, down, away] = axesOf(scene);
  const [middleX, middleY, middleZ] = [scene.aside[0], scene.aside[1], scene.distance];
  const surface = sheetOf(printed, scene.screen !== null, scene.quiet);
  const relief = reliefOf(scene);
  const side = printed.modules * printed.moduleMillimetres;
  const lighting = lightingOf(scene, side);
  const plane = dot([middleX, middleY, middleZ], away);
  const [paper, ink] = scene.inverted ? [scene.black, scene.white] : [scene.white, scene.black];
  const place: Place = { x: 0, y: 0, away: 0, slopeX: 0, slopeY: 0 };

  const find = (rayX: number, rayY: number): void => {
    const far = (plane + place.away) / (rayX * away[0] + rayY * away[1] + away[2]);
    const [hitX, hitY, hitZ] = [rayX * far - middleX, rayY * far - middleY, far - middleZ];
    place.x = hitX * right[0] + hitY * right[1] + hitZ * right[2];
    place.y = hitX * down[0] + hitY * down[1] + hitZ * down[2];
  };
  const lightAt = (pixelX: number, pixelY: number): number => {
    const [rayX, rayY] = [(pixelX - frame.width / 2) / focal, (pixelY - frame.height / 2) / focal];
    place.away = 0;
    for (let round = relief ? 3 : 1; round > 0; round -= 1) {
      find(rayX, rayY);
      relief?.(place);
    }
    const what = surface(place.x, place.y);
    if (what === 'nothing') return scene.table * (1 + 0.15 * Math.sin(pixelX * 0.05 + pixelY * 0.02));
    let reflectance = what === 'ink' ? ink : paper;
    for (const stain of scene.stains) {
      const [fromX, fromY] = [place.x / side + 0.5 - stain.x, place.y / side + 0.5 - stain.y];
      if (fromX * fromX + fromY * fromY < stain.radius * stain.radius) reflectance = stain.reflectance;
    }
    return lighting(place, relief ? reflectance * shadeOf(place) : reflectance);
  };

  const light = new Float32Array(frame.width * frame.height);
  const reach = side / 2 + printed.moduleMillimetres;
  for (let row = 0, at = 0; row < frame.height; row += 1) {
    for (let column = 0; column < frame.width; column += 1, at += 1) {
      const once = lightAt(column + 0.5, row + 0.5);
      const isCode = Math.abs(place.x) < reach && Math.abs(place.y) < reach;
      // The code, and the quiet zone's edge, are sampled finely.
      light[at] = isCode
        ? (lightAt(column + 0.25, row + 0.25) +
            lightAt(column + 0.75, row + 0.25) +
            lightAt(column + 0.25, row + 0.75) +
            lightAt(column + 0.75, row + 0.75)) /
          4
        : once;
    }
  }
  return { light, pixelsPerModule: (focal / scene.distance) * printed.moduleMillimetres };
}
