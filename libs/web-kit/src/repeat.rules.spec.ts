import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readRule, weekdays, writeRule } from '@timebank/contract/client';
import { firstDays, repeatWays, ruleOf, sayRule, wayOf } from './repeat.rules';

const languages = ['zh-Hans', 'zh-Hant', 'en', 'ja', 'ko'] as const;

/** The product's words, put together as its library does. */
function sayIn(language: string) {
  const words = (JSON.parse(readFileSync(`libs/contract/locales/${language}.json`, 'utf8')) as { repeat: Record<string, string> }).repeat;
  return (key: string, parameters: Record<string, string | number> = {}) => {
    const text = words[key.replace('repeat.', '')];
    if (text === undefined) throw new Error(`no word for ${key}`);
    return text.replace(/\{(\w+)\}/g, (_, name: string) => String(parameters[name]));
  };
}
function said(text: string, language: string): string {
  const rule = readRule(text);
  if (typeof rule === 'string') throw new Error(rule);
  return sayRule(rule, '2026-03-05', language, sayIn(language), (day) => day);
}

describe('how a series repeats, in words', () => {
  it('says each kind of rule in every language, with nothing left open', () => {
    const rules = [
      'FREQ=DAILY;INTERVAL=3',
      'FREQ=DAILY;BYDAY=MO,FR',
      'FREQ=WEEKLY',
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH',
      'FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,TH',
      'FREQ=MONTHLY;BYMONTHDAY=15,-1,-3',
      'FREQ=MONTHLY;INTERVAL=2;BYDAY=2TU,-1FR,-2MO,5SU',
      'FREQ=MONTHLY;BYDAY=MO;BYMONTH=3,10;COUNT=4',
      'FREQ=WEEKLY;BYDAY=TH;UNTIL=20270101',
    ];
    for (const language of languages) {
      const sentences = rules.map((text) => said(text, language));
      expect(new Set(sentences).size).toBe(rules.length);
      expect(sentences.filter((sentence) => /undefined|\{|\}/.test(sentence))).toEqual([]);
    }
  });

  it('says it as people do', () => {
    expect(said('FREQ=WEEKLY', 'en')).toBe('every Thursday');
    expect(said('FREQ=WEEKLY;BYDAY=MO,TH', 'zh-Hans')).toBe('\u6bcf\u5468\u4e00\u548c\u5468\u56db');
    expect(said('FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH', 'en')).toBe('every two weeks on Monday and Thursday');
    expect(said('FREQ=MONTHLY;BYDAY=2TU', 'en')).toBe('every month on the second Tuesday');
    expect(said('FREQ=WEEKLY;BYDAY=TH;UNTIL=20270101', 'en')).toBe('every Thursday, until 2027-01-01');
  });
});

describe('the ways that a form offers', () => {
  it.each(repeatWays)('%s makes a rule that reads back as that way, from every day of a month', (way) => {
    for (let date = 1; date <= 31; date += 1) {
      const startsOn = `2026-03-${String(date).padStart(2, '0')}`;
      const rule = ruleOf(way, startsOn, ['TH', 'MO']);
      expect(readRule(writeRule(rule))).toEqual(rule);
      expect(wayOf(rule, startsOn)?.way).toBe(way);
    }
  });

  it('have first dates as the rule has them', () => {
    expect(firstDays('week', '2026-12-24', 3)).toEqual(['2026-12-24', '2026-12-31', '2027-01-07']);
    expect(firstDays('fortnight', '2026-12-24', 2)).toEqual(['2026-12-24', '2027-01-07']);
    expect(firstDays('date', '2026-12-03', 2)).toEqual(['2026-12-03', '2027-01-03']);
    expect(firstDays('date', '2027-01-29', 3)).toEqual(['2027-01-31', '2027-02-28', '2027-03-31']);
  });

  it('show no rule that they do not make', () => {
    for (const text of ['FREQ=DAILY;INTERVAL=3', 'FREQ=WEEKLY;COUNT=3', 'FREQ=MONTHLY;BYMONTHDAY=3,4']) {
      const rule = readRule(text);
      expect(typeof rule === 'string' ? text : wayOf(rule, '2026-03-05')).toBeNull();
    }
    expect(ruleOf('week', '2026-03-05', [...weekdays]).byDay).toHaveLength(7);
  });
});
