import { describe, expect, it } from '@jest/globals';
import { checkPauses, checkWeek, languagesOf, slotsOf, stretchesOf, weeklyRanges } from './availability.rules';

const slot = (day: number, from: string, to: string) => ({ day, from, to });

describe('the hours that somebody says', () => {
  it('are minutes of the week, in order, and come back as they were said', () => {
    const weekly = [slot(7, '22:00', '24:00'), slot(1, '09:00', '12:00')];
    expect(weeklyRanges(stretchesOf(weekly))).toBe('{[540,720),[9960,10080)}');
    expect(slotsOf(stretchesOf(weekly))).toEqual([slot(1, '09:00', '12:00'), slot(7, '22:00', '24:00')]);
  });

  it('go on past midnight as a slot of each day', () => {
    expect(slotsOf([{ from: 1_380, to: 1_500 }])).toEqual([slot(1, '23:00', '24:00'), slot(2, '00:00', '01:00')]);
  });

  it.each([
    [[slot(1, '09:00', '12:00'), slot(1, '11:59', '13:00')], 'availability/slots_overlap'],
    [[slot(1, '12:00', '12:00')], 'availability/wrong_order'],
    [[slot(1, '12:00', '09:00')], 'availability/wrong_order'],
  ] as const)('are refused: %j', (weekly, code) => {
    expect(() => stretchesOf(weekly)).toThrow(expect.objectContaining({ code: code }));
  });

  it('may touch', () => {
    expect(stretchesOf([slot(1, '12:00', '13:00'), slot(1, '09:00', '12:00')])).toHaveLength(2);
  });
});

describe('the rest that somebody says', () => {
  it('takes every language that has a name, by its code, once', () => {
    expect(languagesOf(['zh-Hans', 'cmn', 'wuu', 'yue-Hant', 'EN'])).toEqual(['en', 'wuu', 'yue', 'zh']);
  });
  it.each(['qqq', 'x', 'no language', ''])('refuses %j as a language', (language) => {
    expect(() => languagesOf([language])).toThrow(expect.objectContaining({ code: 'availability/unknown_language' }));
  });
  it('refuses a pause that ends before it begins, less than no minutes, and more than a week', () => {
    expect(() => checkPauses([{ from: '2026-03-02', to: '2026-03-01' }])).toThrow(
      expect.objectContaining({ code: 'availability/wrong_order' }),
    );
    for (const minutes of [-1, 10_081]) {
      expect(() => checkWeek(minutes)).toThrow(expect.objectContaining({ code: 'availability/minutes_out_of_range' }));
    }
    for (const minutes of [null, 0, 10_080]) expect(() => checkWeek(minutes)).not.toThrow();
  });
});
