import { describe, expect, it } from '@jest/globals';
import { foldName } from './folded-name';

describe('the key of a name', () => {
  const maimaiti = '\u4e70\u4e70\u63d0';
  it.each([
    [
      'dots',
      ['\u00b7', '\u2022', '\u30fb', '\u2027', '\u2219', '\u22c5', '.', '\uff0e', '\ua78f', '\uff65', ' \u00b7 ', '', ' '].map(
        (dot) => `${maimaiti}${dot}\u827e\u529b`,
      ),
    ],
    ['blanks', ['', ' ', '\u3000', '\u00a0', '\u2009', '\u200b', '\t'].map((blank) => `\u6b27\u9633${blank}\u4fee`)],
    ['case and width', ['LI MEI', 'li mei', 'Li Mei', '\uff2c\uff49\u3000\uff2d\uff25\uff29', 'LiMei', 'Li-Mei', 'Li\u2010Mei']],
    [
      'apostrophes',
      ["Xi'an", 'Xi\u2019an', 'Xi\u2018an', 'Xi\u02bcan', 'Xi\u02bban', 'Xi\u2032an', 'Xi\u00b4an', 'Xi`an', 'Xi\uff07an', 'Xian'],
    ],
    ['composition', ['Zo\u00eb', 'Zoe\u0308', 'ZO\u00cb']],
    ['letters that case takes apart', ['Stra\u00dfe', 'STRASSE', 'strasse']],
    ['the two small sigmas', ['\u039f\u03b4\u03c5\u03c3\u03c3\u03b5\u03cd\u03c2', '\u039f\u0394\u03a5\u03a3\u03a3\u0395\u03cd\u03a3']],
  ])('E1: is one for %s of every form', (_, spellings) => {
    expect(new Set(spellings.map(foldName)).size).toBe(1);
  });

  it('E1: tells apart what differs in a letter', () => {
    expect(new Set(['\u674e\u6885', '\u674e\u7f8e', 'Li Mei', 'Li Mai', 'Zoe', 'Zo\u00eb'].map(foldName)).size).toBe(6);
  });

  it('E1: is never empty, and never too long for an index', () => {
    expect([foldName('\u00b7'), foldName(' - ')].every((key) => key !== '')).toBe(true);
    expect([...foldName('\ufdfa'.repeat(100))]).toHaveLength(200);
  });
});
