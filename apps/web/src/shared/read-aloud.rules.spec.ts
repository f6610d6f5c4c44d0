import { describe, expect, it } from '@jest/globals';
import { linesOf, voiceFor } from './read-aloud.rules';

const voice = (lang: string, localService = true) => ({ lang, localService });

describe('reading a screen aloud', () => {
  it('takes a voice of the language that speaks on the phone itself, and else none', () => {
    const voices = [voice('en-US'), voice('zh-TW'), voice('zh-CN', false), voice('zh-CN'), voice('ja-JP', false), voice('ko')];
    expect(['zh-Hans', 'zh-Hant', 'en', 'ja', 'ko'].map((locale) => voiceFor(voices, locale)?.lang ?? null)).toEqual([
      'zh-CN',
      'zh-TW',
      'en-US',
      null,
      'ko',
    ]);
    expect(voiceFor(voices, 'zh-Hans')).toBe(voices[3]);
    expect(voiceFor([], 'en')).toBeNull();
  });

  it('reads line by line what stands there, and no blanks', () => {
    expect(linesOf('Today\n\n  23 minutes \n\t\nScan')).toEqual(['Today', '23 minutes', 'Scan']);
    expect(linesOf(' \n')).toEqual([]);
  });
});
