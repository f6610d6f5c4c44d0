import { describe, expect, it } from '@jest/globals';
import said from './typed-day.said.json' with { type: 'json' };
import { isWholeDay, readDay, readMonth, readTime } from './typed-day.rules';

describe('a day as people type it', () => {
  it.each([
    ...said.days,
    '2026-03-05',
    '2026-3-5',
    '20260305',
    '2026/3/5',
    '2026.3.5',
    '2026 3 5',
    '2026. 3. 5.',
    '２０２６－３－５',
    '２０２６０３０５',
    '3/5/2026',
    ' Mar 5, 2026 ',
    'Thursday, March 5, 2026',
    '5 March 2026',
    '3/5',
    'March 5',
  ])('%s', (typed) => expect(readDay(typed, '2026-11-30')).toBe('2026-03-05'));

  it.each(said.thursdays)('%s is the next one, today included', (typed) => {
    expect(['2026-11-30', '2026-12-03', '2026-12-04'].map((today) => readDay(typed, today))).toEqual([
      '2026-12-03',
      '2026-12-03',
      '2026-12-10',
    ]);
  });

  it('is taken in the one way that it can be meant', () => expect(readDay('15/3/2026', '2026-11-30')).toBe('2026-03-15'));

  it.each(said.eras as [string, string][])('%s stands on the papers of old people', (typed, day) => {
    expect(readDay(typed, '2026-11-30')).toBe(day);
  });

  it.each(['', '5', '2026', '2026-3', '2026-02-30', '20261301', '13/13/2026', '26-3-5', 'soon', '1.2.3.4', 'Foo 5, 2026', '0026-03-05'])(
    'is not guessed from “%s”',
    (typed) => expect(readDay(typed, '2026-11-30')).toBeNull(),
  );

  it('counts before the field is left only where nothing can follow', () => {
    expect(['2026-3-1', '3/5', '2026-03-05', '20260305'].map(isWholeDay)).toEqual([false, false, true, true]);
  });
});

describe('a time as people type it', () => {
  it.each([
    ...(said.times as [string, string][]),
    ['9:05', '09:05'],
    ['09:05', '09:05'],
    ['905', '09:05'],
    ['0905', '09:05'],
    ['９：０５', '09:05'],
    ['9.05', '09:05'],
    ['9', '09:00'],
    ['4:20 pm', '16:20'],
    ['4:20 p.m.', '16:20'],
    ['12:10 am', '00:10'],
    ['12:10 pm', '12:10'],
    ['24:00', null],
    ['9:60', null],
    ['noon', null],
    ['', null],
    ['12345', null],
    ['1:2:3', null],
  ])('%s is %s', (typed, time) => expect(readTime(typed)).toBe(time));
});

describe('a month as people type it', () => {
  it.each([
    ...(said.months as [string, string][]),
    ['2026-03', '2026-03'],
    ['2026-3', '2026-03'],
    ['202603', '2026-03'],
    ['3/2026', '2026-03'],
    ['March 2026', '2026-03'],
    ['2026. 3.', '2026-03'],
    ['2026-13', null],
    ['2026', null],
    ['', null],
  ])('%s is %s', (typed, month) => expect(readMonth(typed)).toBe(month));
});
