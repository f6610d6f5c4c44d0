import { describe, expect, it } from '@jest/globals';
import { excerptOf } from './excerpt.rules';
import { planSearch } from './search.rules';
import { indexWords } from './word-index.rules';
import { fold, placesOf, wordsOf } from './words.rules';

const timeBank = '\u65f6\u95f4\u94f6\u884c';

describe('the words of a text', () => {
  it('are stems in English, without function words and possessives', () => {
    expect(wordsOf("How do the volunteers' saved hours help a neighbour's parents?")).toEqual(
      wordsOf('VOLUNTEER save hour helping neighbours parent'),
    );
  });

  it('are words of the dictionary in Chinese and Japanese, whatever their width', () => {
    expect(wordsOf(`\u5357\u4eac\u7684${timeBank}`)).toEqual(['\u5357\u4eac', '\u65f6\u95f4', '\u94f6\u884c']);
    expect(wordsOf('\uff31\uff32\u30b3\u30fc\u30c9')).toEqual(wordsOf('qr\u30b3\u30fc\u30c9'));
    expect(wordsOf('\u304c\u3067\u306e')).toEqual([]);
  });

  it('are pairs of letters in Korean, so that a particle hides no word', () => {
    const plain = wordsOf('\ub178\uc778 \ube48\uace4');
    expect(wordsOf('\ub178\uc778\uc758 \ube48\uace4\uc740')).toEqual(expect.arrayContaining(plain));
    expect(wordsOf('2025\ub144\uc5d0')).toContain('2025');
  });

  it('keep numbers as they are, thousands together', () => {
    expect(wordsOf('1,500 people, 48.6 %')).toEqual(['1500', 'peopl', '48.6']);
  });

  it('stay in their places when they are folded', () => {
    for (const text of ['\uff31\uff32 \ufb03 \u3392 \u0130 \u212b \u{1f468}', 'Na\u0308', '\ufdfa'])
      expect(fold(text)).toHaveLength(text.length);
  });

  it('come out of any text without fault, and never with half a letter', () => {
    for (const text of [
      '\u0000\u0001',
      '\ud800',
      `${'x'.repeat(9_999)}\ud83d`,
      '\u{1f468}\u200d\u{1f469}',
      '\u0300'.repeat(500),
      "'''...,,,",
    ]) {
      for (const word of wordsOf(text)) expect(word.isWellFormed() && word.length <= 60).toBe(true);
    }
  });

  it('are found again in the text, also inside a longer word, and never overlap', () => {
    const text = `Nanjing's ${timeBank}: volunteering, Volunteers`;
    const places = placesOf(new Set(wordsOf(`${timeBank} volunteer`)), text);
    expect(places.map(([from, to]) => text.slice(from, to))).toEqual([timeBank, 'volunteering', 'Volunteers']);
  });

  it('make a vector with their places and weights, quotes and backslashes kept', () => {
    expect(
      indexWords([
        { text: 'bank', weight: 'A' },
        { text: 'the bank saves', weight: 'C' },
      ]),
    ).toEqual({ vector: "'bank':1A,2C 'save':3C", count: 2 });
    const { vector } = indexWords([{ text: Array.from({ length: 20_000 }, () => 'bank').join(' '), weight: 'D' }]);
    expect(vector.split(',')).toHaveLength(255);
  });
});

describe('what is looked for', () => {
  it('begins with the rarest words, and stays within what may be ranked', () => {
    const plan = planSearch(
      [
        { word: 'people', texts: 900 },
        { word: 'nanjing', texts: 12 },
        { word: 'hospice', texts: 3 },
      ],
      1_000,
    );
    expect(plan?.candidates).toBe("'hospice' | 'nanjing' | 'people'");
    expect(
      planSearch(
        [
          { word: 'people', texts: 900 },
          { word: 'nanjing', texts: 120 },
        ],
        9_000,
      )?.candidates,
    ).toBe("'nanjing'");
    expect(plan?.weights[0]).toBeGreaterThan(plan?.weights[2] ?? 0);
  });

  it('is what holds all words where each is too common, and nothing where no word is known', () => {
    expect(
      planSearch(
        [
          { word: 'people', texts: 9_000 },
          { word: 'old', texts: 8_000 },
        ],
        10_000,
      )?.candidates,
    ).toBe("'old' & 'people'");
    expect(planSearch([], 10_000)).toBeNull();
  });
});

describe('an excerpt', () => {
  const long = `${'Nothing of note happens here. '.repeat(20)}The Nanjing bank keeps hours. ${'And so on it goes. '.repeat(20)}`;
  const weights = new Map([
    ['nanj', 3],
    ['bank', 2],
    ['hour', 1],
  ]);

  it('shows where the words stand together, marked, with signs of what is left out', () => {
    const pieces = excerptOf(['Bank.', long], weights);
    const text = pieces.map((piece) => piece.text).join('');
    expect(pieces.filter(({ hit }) => hit).map((piece) => piece.text)).toEqual(['Nanjing', 'bank', 'hours']);
    expect([text.startsWith('…'), text.endsWith('…'), text.length < 260]).toEqual([true, true, true]);
  });

  it('is the beginning where no word stands, and empty of nothing', () => {
    expect(excerptOf(['Once upon a time.'], weights)).toEqual([{ text: 'Once upon a time.', hit: false }]);
    expect(excerptOf([], weights)).toEqual([]);
  });

  it('never cuts a letter in two, and leaves out nothing between its pieces', () => {
    const text = `${'\u{20bb7}'.repeat(100)}bank${'\u{20bb7}'.repeat(100)}`;
    for (const { text: piece } of excerptOf([text], weights)) expect(piece.isWellFormed()).toBe(true);
    const whole = excerptOf([long], weights)
      .map((piece) => piece.text)
      .join('')
      .replaceAll('…', '');
    expect(long).toContain(whole);
  });
});
