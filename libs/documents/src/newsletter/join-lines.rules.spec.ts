import { describe, expect, it } from '@jest/globals';
import { joinLines, wordsOf } from './join-lines.rules';
import { endsSentence, languageOf } from './letters.rules';

const joined = (...lines: string[]) => joinLines(lines, wordsOf(lines.join('\n')));

describe('hard-wrapped lines', () => {
  it('join with one space in English, and without any in Japanese', () => {
    expect(joined('one  ', '\ttwo', ' three')).toBe('one two three');
    expect(joined('\u9ad8\u9f62\t', '\u793e\u4f1a\u3001', '83\u540d\u3002')).toBe('\u9ad8\u9f62\u793e\u4f1a\u300183\u540d\u3002');
  });

  it('join with a space between Latin words inside Japanese text, and without one beside a Japanese letter', () => {
    expect(joined('\u793e\u4f1a\u306eHUG', 'IN\u3067', 'KT\u3002')).toBe('\u793e\u4f1a\u306eHUG IN\u3067KT\u3002');
    expect(joined('\u3059\u308b\t Arts\t for\t All,\t', 'Japan\tSociety', '\u306a\u3069')).toBe(
      '\u3059\u308bArts for All, Japan Society\u306a\u3069',
    );
  });

  it('keep a single wide space that was set between Japanese words, and no white space of extraction', () => {
    expect(joined('\u7d44\u7e54\u3000 \u9ad8\u9f62 \t\u8005\u306e\u00a0\t')).toBe('\u7d44\u7e54\u3000\u9ad8\u9f62\u8005\u306e');
  });

  it('never leave a tab or two spaces', () => {
    expect(joined('a \t b\u00a0\u00a0c', '', '  d ', '\t')).toBe('a b c d');
  });

  it('keep the hyphen of a compound', () => {
    expect(joined('peace and anti-', 'nuclear win-', 'win inter-', 'departmental')).toBe(
      'peace and anti-nuclear win-win inter-departmental',
    );
    expect(joined('(2017-', '2020)')).toBe('(2017-2020)');
  });

  it('drop the hyphen of a broken word that stands whole elsewhere, unless the compound does too', () => {
    expect(joined('their Coop-', 'eration and cooperation')).toBe('their Cooperation and cooperation');
    expect(joined('a non-', 'profit, the nonprofit, one non-profit')).toBe('a non-profit, the nonprofit, one non-profit');
    expect(joined('a soft\u00ad', 'ened bre\u00adak')).toBe('a softened break');
  });

  it('take a dash between spaces for no hyphen', () => {
    expect(joined('a positive attitude \u2013', 'getting on -', 'and on')).toBe('a positive attitude \u2013 getting on - and on');
  });
});

describe('a text', () => {
  it('is Japanese by its kana, or by more Chinese characters than Latin letters', () => {
    expect(languageOf('Azuki Foundation\u306e', 'en')).toBe('ja');
    expect(languageOf('\u67f3\u6ca2', 'en')).toBe('ja');
    expect(languageOf('\u67f3 Azuki', 'ja')).toBe('en');
    expect(languageOf('2019', 'ja')).toBe('ja');
  });

  it('ends a sentence also behind quotes and brackets', () => {
    expect(['a.', 'a!\u201d', 'a.)', '\u3042\u3002\u300d', '\u3042\uff1f', 'a.\u201d '].map(endsSentence)).toEqual(Array(6).fill(true));
    expect(['a', 'a,', 'a:', '\u3042\u3001', '', '\u201d'].map(endsSentence)).toEqual(Array(6).fill(false));
  });
});
