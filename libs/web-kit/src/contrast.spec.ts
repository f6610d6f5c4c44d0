import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

type Colours = Record<string, string>;

const sheet = readFileSync('libs/web-kit/src/tokens.css', 'utf8');

function block(selector: string): Colours {
  const start = sheet.indexOf(`\n${selector} {`);
  const body = sheet.slice(start, sheet.indexOf('}', start));
  return Object.fromEntries([...body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/gi)].map((match) => [match[1] as string, match[2] as string]));
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function ratio(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((left, right) => right - left) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const light = block(':root');
const dark = { ...light, ...block(':root[data-theme="dark"]') };
const themes: [name: string, colours: Colours, floor: number][] = [
  ['light', light, 4.5],
  ['dark', dark, 4.5],
  ['elder light', { ...light, ...block(':root[data-mode="elder"]') }, 7],
  ['elder dark', { ...dark, ...block(':root[data-theme="dark"][data-mode="elder"]') }, 7],
];
const text = [
  ['ink', 'paper'],
  ['ink', 'surface'],
  ['ink', 'lake-soft'],
  ['ink', 'amber-soft'],
  ['ink', 'red-soft'],
  ['ink', 'plum-soft'],
  ['ink-soft', 'paper'],
  ['ink-soft', 'surface'],
  ['ink-soft', 'lake-soft'],
  ['lake', 'paper'],
  ['lake', 'surface'],
  ['lake', 'lake-soft'],
  ['lake-strong', 'lake-soft'],
  ['on-lake', 'lake'],
  ['on-lake', 'lake-strong'],
  ['plum', 'paper'],
  ['plum', 'surface'],
  ['plum', 'plum-soft'],
  ['amber', 'amber-soft'],
  ['amber', 'surface'],
  ['red', 'red-soft'],
  ['red', 'surface'],
  ['red', 'paper'],
] as const;

describe.each(themes)('%s', (_name, colours, floor) => {
  it.each(text)('%s can be read on %s', (front, back) => {
    expect(ratio(colours[front] as string, colours[back] as string)).toBeGreaterThanOrEqual(floor);
  });

  it('lines and the focus ring stand out from what is behind them', () => {
    for (const back of ['paper', 'surface', 'lake-soft']) {
      for (const front of ['line-strong', 'focus'])
        expect(ratio(colours[front] as string, colours[back] as string)).toBeGreaterThanOrEqual(3);
    }
  });
});
