import { describe, expect, it } from '@jest/globals';
import {
  barPercent,
  chartSizes,
  chartsOf,
  daysShown,
  groupNeighbours,
  isSameTitle,
  languageOfName,
  piecesOf,
  placeOf,
  questionOf,
} from './reading.rules';
import type { ShownFigure } from './reading.shapes';

const figure = (name: string, chart: string | null, value = 1): ShownFigure => ({
  figure: name,
  value,
  forecast: false,
  shown: String(value),
  yearShown: '2019',
  measures: name,
  chart: chart === null ? null : { chart, title: chart, label: name },
  source: { document: 'report', section: name, title: name },
});

describe('what the reading pages make of what they are given', () => {
  it('asks nothing for blanks, and nothing longer than the search takes', () => {
    expect(questionOf('  time bank ')).toBe('time bank');
    expect([questionOf('  '), questionOf(undefined), questionOf(['a', 'b'])]).toEqual(['', '', '']);
    expect([...questionOf('\u{1f600}'.repeat(300))]).toHaveLength(200);
  });

  it('groups neighbours alone, in their order', () => {
    expect(groupNeighbours(['a1', 'a2', 'b1', 'a3'], (item) => item.charAt(0))).toEqual([['a1', 'a2'], ['b1'], ['a3']]);
    expect(groupNeighbours([], String)).toEqual([]);
  });

  it('draws a chart where all of its figures are, and leaves the others alone', () => {
    const all = [figure('one', 'ageing'), figure('two', null), figure('three', 'ageing'), figure('four', 'poverty')];
    const sizes = chartSizes(all);
    expect(sizes).toEqual({ ageing: 2, poverty: 1 });
    expect(chartsOf(all).charts.map(({ chart, figures }) => [chart, figures.length])).toEqual([
      ['ageing', 2],
      ['poverty', 1],
    ]);
    const some = chartsOf([figure('one', 'ageing'), figure('four', 'poverty')], sizes);
    expect(some.charts.map(({ chart }) => chart)).toEqual(['poverty']);
    expect(some.others.map(({ figure: name }) => name)).toEqual(['one']);
    expect(chartsOf([figure('one', 'unknown')], sizes).charts).toEqual([]);
  });

  it('measures a bar by the longest, and lets even the smallest be seen', () => {
    const bars = [figure('one', 'ageing', 50), figure('two', 'ageing', 100)];
    expect([barPercent(50, bars), barPercent(100, bars), barPercent(0.01, bars), barPercent(0, [])]).toEqual([50, 100, 0.5, 0]);
  });

  it('puts the marks of notes back where they stood', () => {
    const notes = [
      { mark: 15, at: 5 },
      { mark: 14, at: 3 },
    ];
    expect(piecesOf({ text: 'abcdefg', notes })).toEqual([{ text: 'abc' }, { mark: 14 }, { text: 'de' }, { mark: 15 }, { text: 'fg' }]);
    expect(piecesOf({ text: 'abc', notes: [{ mark: 1, at: 3 }] })).toEqual([{ text: 'abc' }, { mark: 1 }]);
    expect(piecesOf({ text: 'abc', notes: [{ mark: 1, at: 0 }] })).toEqual([{ mark: 1 }, { text: 'abc' }]);
  });

  it('writes days in the language that is read in', () => {
    expect(daysShown(null, null, 'en')).toBeNull();
    expect(daysShown('2019-10-28', null, 'en')).toBe('October 28, 2019');
    expect(daysShown('2019-10-28', '2019-10-29', 'en')).toMatch(/^October 28\s–\s29, 2019$/);
    for (const language of ['zh-Hans', 'ja', 'ko']) expect(daysShown('2019-10-28', '2019-10-29', language)).toMatch(/^2019[^/]+29[^/]+$/);
  });

  it('knows a title that differs in capitals and marks alone', () => {
    expect(isSameTitle('Going “Overseas": Mission', 'going “overseas”: mission')).toBe(true);
    expect(isSameTitle('Going overseas', 'Going abroad')).toBe(false);
  });

  it('says in which language a printed name is written', () => {
    expect(languageOfName({ originalName: '\u7ae0\u8208\u9cf4' }, 'en')).toBe('ja');
    expect(languageOfName({ originalName: 'Zhang Xingming' }, 'en')).toBe('en');
  });

  it('opens a screen inside its own app, and the other app by its whole address', () => {
    expect(placeOf('/console/queue', '/console/')).toEqual({ own: true, path: '/queue' });
    expect(placeOf('/scan', '/console/')).toEqual({ own: false, path: '/scan' });
    expect(placeOf('/scan', '/')).toEqual({ own: true, path: '/scan' });
    expect(placeOf('/console/queue', '/')).toEqual({ own: false, path: '/console/queue' });
  });
});
