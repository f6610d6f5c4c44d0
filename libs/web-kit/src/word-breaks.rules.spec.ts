import { describe, expect, it } from '@jest/globals';
import { hasChineseWords, piecesOf } from './word-breaks.rules';
import said from './word-breaks.said.json' with { type: 'json' };

describe('where a Chinese line may break', () => {
  it.each(said)('C11: %s', (line) => {
    const pieces = line.split('|');
    expect(piecesOf(pieces.join(''))).toEqual(pieces);
  });

  it('C11: leaves alone what has blanks of its own, and kana, which browsers know', () => {
    const texts = [said[0] as string, 'Finished, 42 minutes', '2 \u6642\u9593\u306e\u304a\u624b\u4f1d\u3044', ''];
    expect(texts.map(hasChineseWords)).toEqual([true, false, false, false]);
  });
});
