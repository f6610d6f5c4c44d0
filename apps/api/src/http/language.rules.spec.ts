import { describe, expect, it } from '@jest/globals';
import { languageOf } from './language.rules';

describe('the language of an answer', () => {
  it('is the one that the caller likes best among those there are', () => {
    expect(languageOf('zh-CN,zh;q=0.9,en;q=0.8')).toBe('zh-Hans');
    expect(languageOf('de, en-GB;q=0.7, zh;q=0.3')).toBe('en');
    expect(languageOf('en;q=0.1, zh-Hans;q=0.5')).toBe('zh-Hans');
    expect(languageOf('en;q=0, zh;q=0.001')).toBe('zh-Hans');
    expect(languageOf('ko-KR,ko;q=0.9,en;q=0.8')).toBe('ko');
    expect(languageOf('fr, ja;q=0.5')).toBe('ja');
  });

  it('is written in the script of the place that the caller names', () => {
    expect(['zh-TW', 'zh-HK', 'zh-Hant', 'ZH-mo;q=0.4'].map(languageOf)).toEqual(Array(4).fill('zh-Hant'));
    expect(['zh', 'zh-CN', 'zh-SG', 'zh-Hans-HK'].map(languageOf)).toEqual(Array(4).fill('zh-Hans'));
  });

  it('is nobody’s choice where the header names none of them', () => {
    expect([undefined, '', '*', 'de-DE', ';;q=,', 'en;q=0'].map(languageOf)).toEqual([null, null, null, null, null, null]);
  });
});
