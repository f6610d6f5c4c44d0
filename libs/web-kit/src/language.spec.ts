import { describe, expect, it } from '@jest/globals';
import { pickLanguage } from './language';

describe('the language that a page opens in', () => {
  const two = ['zh-Hans', 'en'] as const;
  it.each<[string[], readonly string[], string | null]>([
    [['zh-CN', 'en'], two, 'zh-Hans'],
    [['en-GB', 'zh-CN'], two, 'en'],
    [['zh'], two, 'zh-Hans'],
    [['zh-TW'], two, 'zh-Hans'],
    [['zh-TW'], ['zh-Hans', 'zh-Hant', 'en'], 'zh-Hant'],
    [['zh-HK'], ['zh-Hans', 'zh-Hant', 'en'], 'zh-Hant'],
    [['fr-FR', 'en-US'], two, 'en'],
    [['fr'], two, null],
    [[], two, null],
    [['*', 'not a tag', 'en'], two, 'en'],
  ])('C12: of %j, where there are %j, is %s', (wanted, known, picked) => {
    expect(pickLanguage(wanted, known)).toBe(picked);
  });
});
