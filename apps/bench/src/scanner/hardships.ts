import type { Random } from '../random';
import type { Scene } from './scene';

/** One thing that makes a code hard to read: what `strengths` count, from easy to hard, and what a strength does to a scene. */
export type Hardship = {
  name: string;
  counts: string;
  strengths: readonly number[];
  /** A rotating code on a screen in place of a printed card. */
  onScreen?: boolean;
  on: (scene: Scene, strength: number, random: Random) => Scene;
};

const between = (random: Random, least: number, most: number) => least + random.next() * (most - least);
const anyAxis = (random: Random) => random.next() * 360;

/** Round spots that cover a share of the code between them, dirt and white tape alike, wherever they fall. */
function stainsOver(share: number, random: Random): Scene['stains'] {
  const weights = Array.from({ length: random.integer(2, 5) }, () => between(random, 0.5, 1.5));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => {
    const radius = Math.sqrt((share * weight) / sum / Math.PI);
    const reflectance = random.next() < 0.5 ? between(random, 0.05, 0.3) : 0.8;
    return { x: between(random, radius, 1 - radius), y: between(random, radius, 1 - radius), radius, reflectance };
  });
}

function cutTo(modules: number, random: Random): NonNullable<Scene['quiet']> {
  const quiet: [number, number, number, number] = [4, 4, 4, 4];
  const side = random.integer(0, 3);
  quiet[side] = modules;
  quiet[(side + 1) % 4] = modules;
  return quiet;
}

/**
 * The corpus: every hardship at five strengths. The strengths say what a camera meets at a door, in physical units, and were written
 * before anything was measured; the hardest are meant to be beyond what can be read.
 */
export const hardships: readonly Hardship[] = [
  {
    name: 'perspective',
    counts: 'degrees of tilt about any axis',
    strengths: [20, 30, 40, 50, 60],
    on: (scene, tilt) => ({ ...scene, tilt }),
  },
  {
    name: 'rotation',
    counts: 'degrees either way in the plane of the picture',
    strengths: [30, 45, 75, 135, 180],
    on: (scene, turn, random) => ({ ...scene, turn: random.next() < 0.5 ? turn : -turn, tilt: 15 }),
  },
  {
    name: 'defocus',
    counts: 'radius of blur in modules',
    strengths: [0.3, 0.5, 0.7, 0.9, 1.2],
    on: (scene, defocus) => ({ ...scene, defocus }),
  },
  {
    name: 'motion',
    counts: 'length of blur in modules',
    strengths: [0.5, 1, 1.5, 2, 2.5],
    on: (scene, length, random) => ({ ...scene, smear: { length, axis: anyAxis(random) } }),
  },
  {
    name: 'low light',
    counts: 'lux on the card',
    strengths: [50, 20, 10, 5, 2],
    on: (scene, lux) => ({ ...scene, lux }),
  },
  {
    name: 'glare',
    counts: 'share of the code that is washed out',
    strengths: [0.02, 0.05, 0.08, 0.12, 0.16],
    on: (scene, share, random) => ({ ...scene, glare: { x: random.next(), y: random.next(), share } }),
  },
  {
    name: 'jpeg',
    counts: 'quality of compression',
    strengths: [50, 30, 20, 10, 5],
    on: (scene, quality, random) => ({ ...scene, quality, distance: between(random, 280, 400) }),
  },
  {
    name: 'dirt',
    counts: 'share of the code that is covered',
    strengths: [0.02, 0.04, 0.06, 0.08, 0.1],
    on: (scene, share, random) => ({ ...scene, stains: stainsOver(share, random) }),
  },
  {
    name: 'curved',
    counts: 'radius that the paper is bent to, in millimetres',
    strengths: [200, 120, 80, 60, 45],
    on: (scene, radius, random) => ({ ...scene, bend: { radius, axis: anyAxis(random) } }),
  },
  {
    name: 'creased',
    counts: 'degrees of each of three folds',
    strengths: [5, 10, 15, 20, 30],
    on: (scene, degrees, random) => ({
      ...scene,
      folds: [1, -1, 1].map((way) => ({ degrees: degrees * way, axis: anyAxis(random), offset: between(random, -20, 20) })),
    }),
  },
  {
    name: 'low contrast',
    counts: 'difference of paper and ink as a share of paper',
    strengths: [0.6, 0.4, 0.25, 0.15, 0.08],
    on: (scene, contrast) => ({ ...scene, black: scene.white * (1 - contrast) }),
  },
  {
    name: 'distance',
    counts: 'millimetres from the lens',
    strengths: [350, 450, 550, 650, 750],
    on: (scene, distance) => ({ ...scene, distance }),
  },
  {
    name: 'cut quiet zone',
    counts: 'modules left at two sides, on a dark table',
    strengths: [3, 2, 1, 0.5, 0],
    on: (scene, modules, random) => ({ ...scene, table: 0.08, quiet: cutTo(modules, random) }),
  },
  {
    name: 'uneven light',
    counts: 'light beside the shadow ÷ light in it',
    strengths: [2, 4, 8, 12, 20],
    on: (scene, ratio, random) => ({
      ...scene,
      shadow: { ratio, edge: random.next() < 0.5 ? 4 : 40, axis: anyAxis(random), offset: between(random, -12, 12) },
    }),
  },
  {
    name: 'screen',
    counts: 'depth of moiré on a rotating code',
    strengths: [0.1, 0.2, 0.3, 0.4, 0.5],
    onScreen: true,
    on: (scene, depth, random) => ({
      ...scene,
      screen: { depth, period: between(random, 3, 14), axis: anyAxis(random), bands: depth },
      lux: 200,
    }),
  },
  {
    name: 'inverted',
    counts: 'millimetres from a rotating code that a dark mode turned over',
    strengths: [200, 260, 320, 380, 450],
    onScreen: true,
    on: (scene, distance) => ({ ...scene, distance, inverted: true, screen: { depth: 0.05, period: 8, axis: 30, bands: 0 } }),
  },
  {
    name: 'evening',
    counts: 'steps of tilt (10°), distance (50 mm), motion (0.3 modules), dirt (1 %) and half the light at once',
    strengths: [1, 2, 3, 4, 5],
    on: (scene, step, random) => ({
      ...scene,
      tilt: 10 * step,
      distance: 180 + 50 * step,
      smear: { length: 0.3 * step, axis: anyAxis(random) },
      stains: stainsOver(0.01 * step, random),
      lux: 100 / 2 ** step,
    }),
  },
];
