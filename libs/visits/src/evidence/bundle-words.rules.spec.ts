import { describe, expect, it } from '@jest/globals';
import { shortName } from './bundle-words.rules';

describe('a name that a lost phone may show', () => {
  it.each([
    ['\u738b\u79c0\u82f1', '\u738b*'],
    ['\uae40\uc601\ud76c', '\uae40*'],
    ['\uae40 \uc601\ud76c', '\uae40*'],
    ['\u3055\u3068\u3046\u82b1\u5b50', '\u3055*'],
    ['\u30bf\u30ca\u30ab', '\u30bf*'],
    ['Old Mrs. Wang', 'Old'],
    ['Ana', 'Ana'],
  ])('%s is called %s', (name, short) => expect(shortName(name)).toBe(short));
});
