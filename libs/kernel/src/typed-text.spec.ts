import { describe, expect, it } from '@jest/globals';
import { cleanText, countVisible, hasVisible, isSoundLine, isSoundText } from './typed-text';

describe('a line that somebody typed', () => {
  const turning = ['\u061c', '\u200e', '\u200f', '\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069'];
  const others = [
    '\u0000',
    '\u001b',
    '\u0009',
    '\n',
    '\r',
    '\u007f',
    '\u0085',
    '\u009b',
    '\u2028',
    '\u2029',
    '\ud800',
    '\ufdd0',
    '\ue000',
    '\ufffd',
    '\u0378',
  ];

  it.each([...turning, ...others])('E2: is refused with %j in it, in the middle or at an end', (character) => {
    for (const line of [`Li${character}Mei`, `${character}Li Mei`, `Li Mei${character}`]) expect(isSoundLine(line)).toBe(false);
  });

  it.each(['\u200b', '\u3164', '\u00ad', '\u2060', '\ufeff', '\u2800', '\u3000', '\u0301\u0302', '\u200d', '\ufe0f', '\u{e0100}', ''])(
    'E2: shows nothing as %j',
    (line) => expect(hasVisible(cleanText(line))).toBe(false),
  );

  it.each([
    ['\u4e70\u4e70\u63d0\u00b7\u827e\u529b', 'a Uyghur name in Han'],
    ['\u0645\u06d5\u0645\u06d5\u062a \u0626\u06d5\u0644\u0649', 'in Arabic script'],
    ['\u0f56\u0f40\u0fb2\u0f0b\u0f64\u0f72\u0f66\u0f0b', 'in Tibetan'],
    ['\uae40\uc601\uc218', 'in Hangul'],
    ['\u182a\u1820\u1832\u180b\u1820', 'in Mongolian, with the selector of a form'],
    ['\u{20bb7}\u91ce\u5bb6', 'with a character beyond the first plane'],
    ['\u{2fffd}', 'a character of a Han plane that is newer than this program'],
    ['\u845b\u{e0100}\u57ce', 'with the variant of a character'],
    ["O'Brien-N\u00fa\u00f1ez", 'with an apostrophe and a hyphen'],
  ])('E2: is kept whole: %s (%s)', (name) => {
    expect([isSoundLine(name), hasVisible(name), cleanText(name)]).toEqual([true, true, name]);
  });

  it.each([
    ['\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645', 'between two Arabic letters'],
    ['\u0915\u094d\u200d\u0937', 'after a virama'],
    ['\u{1f468}\u200d\u{1f469}\u200d\u{1f467}', 'between pictures'],
  ])('E2: keeps a joiner where Unicode gives it a meaning: %s (%s)', (name) => expect(cleanText(name)).toBe(name));

  it('E2: drops joiners elsewhere, and what copying brings along', () => {
    expect(cleanText('\ufeff Li\u200b\u200d Mei\u00ad\u2060 ')).toBe('Li Mei');
  });

  it('E2: may have several lines where it is a note, and no other control', () => {
    expect(cleanText(' one\r\ntwo\rthree\n')).toBe('one\ntwo\nthree');
    expect(isSoundText('one\r\n\ttwo')).toBe(true);
    for (const character of [...turning, '\u0000', '\u001b', '\u0007', '\u2028', '\u2029'])
      expect(isSoundText(`one${character}two`)).toBe(false);
  });

  it('E4: counts what can be seen', () => {
    expect([
      countVisible('        '),
      countVisible('\u3000\u200b\u3164'),
      countVisible('a b\u0301c'),
      countVisible('\u{20bb7}\u5bb6'),
    ]).toEqual([0, 0, 3, 2]);
  });
});
