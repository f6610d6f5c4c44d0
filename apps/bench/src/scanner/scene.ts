import type { Random } from '../random';

/**
 * One picture of a code as physics has it: lengths in millimetres of the world or in modules of the code, angles in degrees, light as a
 * share of white paper under the main lamp.
 */
export type Scene = {
  /** From the lens to the middle of the code. */
  distance: number;
  turn: number;
  tilt: number;
  /** Direction of the axis that the card is tilted about. */
  tiltAxis: number;
  /** How far the code is from the middle of the picture. */
  aside: readonly [number, number];
  /** Radius that the paper is bent to, about an axis in this direction. */
  bend: { radius: number; axis: number } | null;
  folds: readonly { degrees: number; axis: number; offset: number }[];
  /** Reflectance of paper and ink; of what the card lies on. */
  white: number;
  black: number;
  table: number;
  /** White modules that are left around the code where the card was cut or is covered, clockwise from the top. */
  quiet: readonly [number, number, number, number] | null;
  /** Spots in shares of the code's side from its top left corner. */
  stains: readonly { x: number; y: number; radius: number; reflectance: number }[];
  /** A lamp's reflection: where the paper can no longer be told from ink, as a share of the code's area. */
  glare: { x: number; y: number; share: number } | null;
  /** A shadow over a part of the code: how much darker it is there, and how wide its edge is. */
  shadow: { ratio: number; edge: number; axis: number; offset: number } | null;
  /** Radius of the disc that a point becomes out of focus, and the way that a moving hand draws it, in modules. */
  defocus: number;
  smear: { length: number; axis: number };
  lux: number;
  /** Quality of the JPEG that the picture went through; null for none. */
  quality: number | null;
  /** A screen in place of paper: depth of the pattern between its pixels and the camera's, its period in camera pixels, and dark bands. */
  screen: { depth: number; period: number; axis: number; bands: number } | null;
  inverted: boolean;
};

/** What every frame has in common: a hand that aims fairly well at an ordinary card in an ordinary room. */
export function plainScene(random: Random): Scene {
  const between = (least: number, most: number) => least + random.next() * (most - least);
  return {
    distance: between(180, 300),
    turn: between(-15, 15),
    tilt: between(0, 10),
    tiltAxis: between(0, 360),
    aside: [between(-12, 12), between(-12, 12)],
    bend: null,
    folds: [],
    white: 0.85,
    black: 0.06,
    table: between(0.1, 0.7),
    quiet: null,
    stains: [],
    glare: null,
    shadow: null,
    defocus: 0.1,
    smear: { length: 0.1, axis: between(0, 180) },
    lux: 400,
    quality: null,
    screen: null,
    inverted: false,
  };
}
