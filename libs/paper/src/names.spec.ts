import { describe, expect, it } from '@jest/globals';
import { allFaces } from './faces';
import { openPaper } from './paper';
import { runsOf, unprintable } from './runs';

/** Ten names as they stand in the books of a city, and the font that each is drawn with. */
const tenNames: [string, string, string][] = [
  ['rare Han beyond the first plane', '\u{20bb7}\u91ce\u5bb6', 'city'],
  ['rare Han of the first plane', '\u4dae\u9f98\u9fa6', 'city'],
  ['Hangul', '\uae40\uc601\uc218', 'hangul'],
  ['Tibetan', '\u0f56\u0f40\u0fb2\u0f0b\u0f64\u0f72\u0f66\u0f0b\u0f5a\u0f7a\u0f0b\u0f62\u0f72\u0f44\u0f0b', 'tibetan'],
  ['Arabic script', '\u0645\u06d5\u0645\u06d5\u062a \u0626\u06d5\u0644\u0649', 'arabic'],
  ['Mongolian', '\u182a\u1820\u1832\u1824', 'mongolian'],
  ['Yi', '\ua000\ua1a2\ua259', 'yi'],
  ['Kazakh Cyrillic', '\u04d8\u0441\u0435\u043b \u049a\u0430\u0439\u0440\u0430\u0442', 'latin'],
  ['Vietnamese', 'Nguy\u1ec5n Th\u1ecb \u00c1nh', 'city'],
  ['a Uyghur name in Han', '\u4e70\u4e70\u63d0\u00b7\u827e\u529b', 'city'],
];

describe('a name on paper', () => {
  it.each(tenNames)('E6: is drawn in %s: %s', (_, name, face) => {
    expect(unprintable(name)).toEqual([]);
    const runs = runsOf(name);
    expect(runs.map((run) => run.face.name)).toContain(face === 'city' ? runs[0]?.face.name : face);
    for (const { text, face: drawn } of runs) {
      const glyphs = drawn.font.layout(text).glyphs;
      expect(glyphs.length).toBeGreaterThan(0);
      expect(glyphs.map((glyph) => glyph.id)).not.toContain(0);
    }
  });

  it('E6: joins its letters where the script joins them', () => {
    const arabic = allFaces().find(({ name }) => name === 'arabic')?.font;
    const alone = Array.from('\u0645\u06d5\u062a', (letter) => arabic?.layout(letter).glyphs[0]?.id);
    const joined = arabic
      ?.layout('\u0645\u06d5\u062a')
      .glyphs.map((glyph) => glyph.id)
      .toReversed();
    expect(joined).toHaveLength(3);
    expect(joined?.[0]).not.toBe(alone[0]);
  });

  it('E6: stands in the order of reading, mixed as it may be', () => {
    const order = runsOf('No. 7 \u0645\u06d5\u0645\u06d5\u062a (Ali)').map(({ text, isRightToLeft }) => [text.trim(), isRightToLeft]);
    expect(order).toContainEqual(['\u0645\u06d5\u0645\u06d5\u062a', true]);
    expect(order[0]).toEqual(['No. 7', false]);
    const rightFirst = runsOf('\u0645\u06d5\u0645\u06d5\u062a 12');
    expect(rightFirst[0]?.text.trim()).toBe('12');
  });

  it('E6: is named before it is printed where no font has a letter, and stands as its number then', () => {
    expect(unprintable('Li \u{1f9a6}\u{31350} Mei')).toEqual(['\u{1f9a6}', '\u{31350}']);
    expect(runsOf('\u{31350}').map(({ text }) => text)).toEqual(['[U+31350]']);
    expect(unprintable('\u845b\u{e0100}')).toEqual([]);
  });

  it('E6: is never cut: it takes lines, and smaller letters where lines are few', () => {
    const paper = openPaper('names', 'zh-Hans', [595, 842]);
    const long = '\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341'.repeat(3);
    const lines = paper.linesOf(long, 9, 122);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.join('')).toBe(long);
    expect(paper.linesOf('Maximiliane Constanze von Hohenlohe', 9, 80).join(' ')).toBe('Maximiliane Constanze von Hohenlohe');
    expect(paper.linesOf('W'.repeat(60), 9, 80).join('')).toBe('W'.repeat(60));
  });

  it('stays within eight megabytes of fonts', () => {
    const bytes = allFaces()
      .slice(1)
      .map(({ font }) => (font as unknown as { stream: { length: number } }).stream.length);
    expect(bytes.reduce((sum, length) => sum + length, 0)).toBeLessThan(8_000_000);
  });
});
