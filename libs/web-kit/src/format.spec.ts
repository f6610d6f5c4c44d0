import { describe, expect, it } from '@jest/globals';
import {
  daysFrom,
  formatDay,
  formatDayInMonth,
  formatMinutes,
  formatSignedMinutes,
  formatTime,
  formatTimeRange,
  joinSentences,
  partsOfMinutes,
  shiftMonth,
  wallClock,
} from './format';

const words = { hour: 'h', minute: 'min', minuteAlone: 'minutes' };

describe('minutes as people read them', () => {
  it.each([
    [0, '0\u00a0minutes'],
    [45, '45\u00a0minutes'],
    [60, '1\u00a0h'],
    [760, '12\u00a0h 40\u00a0min'],
    [60_005, '1,000\u00a0h 5\u00a0min'],
    [-75, '\u22121\u00a0h 15\u00a0min'],
  ])('%i minutes', (minutes, text) => expect(formatMinutes(minutes, words, 'en')).toBe(text));

  it('stand right before their unit in Japanese and Korean, on one line', () => {
    expect(['ja', 'ko', 'en'].map((locale) => formatMinutes(150, words, locale))).toEqual([
      '2\u2060h\u206030\u2060min',
      '2\u2060h 30\u2060min',
      '2\u00a0h 30\u00a0min',
    ]);
  });

  it('marks what came and what went with a sign, nothing else', () => {
    expect(formatSignedMinutes(45, words)).toBe('+45\u00a0minutes');
    expect(formatSignedMinutes(-45, words)).toBe('\u221245\u00a0minutes');
    expect(formatSignedMinutes(0, words)).toBe('0\u00a0minutes');
  });

  it('never shows negative numerals in big figures', () => {
    expect(partsOfMinutes(-61, words)).toEqual([
      { value: 1, unit: 'h' },
      { value: 1, unit: 'min' },
    ]);
  });
});

describe('times in the zone of the bank', () => {
  const evening = '2026-03-02T16:30:00Z';

  it('are those of its wall clock, whatever the zone of the reader', () => {
    expect(formatTime('2026-03-02T01:02:00Z', 'zh-Hans', 'Asia/Shanghai')).toBe('09:02');
    expect(formatTimeRange('2026-03-02T01:00:00Z', evening, 'en', 'Asia/Shanghai')).toBe('09:00\u00a0–\u2060\u00a000:30');
    expect(wallClock(evening, 'Asia/Shanghai')).toEqual({ hour: 0, minute: 30 });
  });

  it('count days by its calendar', () => {
    expect(daysFrom(new Date('2026-03-02T01:00:00Z'), evening, 'Asia/Shanghai')).toBe(1);
    expect(daysFrom(new Date('2026-03-02T01:00:00Z'), evening, 'Europe/London')).toBe(0);
  });

  it('know the months around the turn of a year', () => {
    expect(shiftMonth('2026-01', -1)).toBe('2025-12');
    expect(shiftMonth('2026-12', 1)).toBe('2027-01');
  });
});

describe('days and sentences', () => {
  const at = '2026-12-03T07:00:00Z';
  const now = new Date('2026-11-30T07:00:00Z');

  it('says a day as short as a row has room for, and shorter where its month stands above', () => {
    expect(formatDay(at, 'en', 'Asia/Shanghai', now)).toBe('Thu, Dec 3');
    expect(formatDayInMonth(at, 'en', 'Asia/Shanghai')).toBe('3 Thu');
  });

  it('joins sentences with a blank only where the language has one', () => {
    const said = (locale: string) => joinSentences(['A.', null, 'B.'], locale);
    expect(['zh-Hans', 'zh-Hant', 'ja', 'ko', 'en'].map(said)).toEqual(['A.B.', 'A.B.', 'A.B.', 'A. B.', 'A. B.']);
  });
});
