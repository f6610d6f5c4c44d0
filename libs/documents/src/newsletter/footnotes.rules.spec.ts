import { describe, expect, it } from '@jest/globals';
import { takeNotes } from './footnotes.rules';

const taken = (text: string, next: number) => {
  const { text: rest, notes } = takeNotes(text, next);
  return [rest, ...notes.map(({ mark, at }) => `${mark}@${at}`)];
};

describe('the marks of footnotes', () => {
  it('are found behind a word, a quote, a bracket and a full stop, and leave their place behind', () => {
    expect(takeNotes('Solve problems1. A \u201clayout\u201d2, (of it)3. It ends.4 Next5', 1)).toEqual({
      text: 'Solve problems. A \u201clayout\u201d, (of it). It ends. Next',
      notes: [
        { mark: 1, at: 14 },
        { mark: 2, at: 26 },
        { mark: 3, at: 35 },
        { mark: 4, at: 45 },
        { mark: 5, at: 50 },
      ],
      next: 6,
    });
  });

  it('go with the space that was set before them', () => {
    expect(taken('All resources.\u201d 7. It goes on', 7)).toEqual(['All resources.\u201d. It goes on', '7@15']);
  });

  it('are told from the number that they are glued to when it is too long for prose', () => {
    expect(taken('exceeded 76700014 of which', 14)).toEqual(['exceeded 767000 of which', '14@15']);
    expect(taken('exceeded 6700014 of which', 14)).toEqual(['exceeded 67000 of which', '14@14']);
    expect(taken('exceeded 670014 of which', 14)).toEqual(['exceeded 670014 of which']);
    expect(taken('call 03123414 or go to /76700014', 14)).toEqual(['call 03123414 or go to /76700014']);
  });

  it('count up: only the one that is due is one', () => {
    expect(taken('problems3. Others2, and these3. More4', 2)).toEqual(['problems3. Others, and these. More', '2@17', '3@28', '4@34']);
    expect(takeNotes('nothing here', 5)).toEqual({ text: 'nothing here', notes: [], next: 5 });
  });

  it('are no years, names, ordinals, decimals, shares, references or items', () => {
    const plain: [string, number][] = [
      ['in 2014, in 2016 and in June 2018.', 2014],
      ['the G20 summit', 20],
      ['CO2 and H2 are', 2],
      ['the 19th and 1st', 19],
      ['about 0.8 of 3.1', 8],
      ['0.17%, 17%', 17],
      ['see No.1 and vol.1 there', 1],
      ['(1) Set up', 1],
      ['a "1 of them"', 1],
      ['the 50\uff0b life', 50],
      ['COVID-19 and COVID19a', 19],
      ['(2017-2020)', 2020],
      ['word1st, word1.5, word1:2', 1],
      ['1 and 2', 1],
    ];
    for (const [text, next] of plain) expect(takeNotes(text, next)).toEqual({ text, notes: [], next });
  });

  it('stand behind the end of a Japanese sentence or quote, never behind its letters, where numbers stand', () => {
    expect(taken('\u3042\u3044\u3002\u201d1\u3002', 1)).toEqual(['\u3042\u3044\u3002\u201d\u3002', '1@4']);
    expect(taken('\u300c\u3042\u300d1\u3002\u5e741\u3001\u9803', 1)).toEqual(['\u300c\u3042\u300d\u3002\u5e741\u3001\u9803', '1@3']);
    expect(taken('\u300c\u3042\u300d2\u3064', 2)).toEqual(['\u300c\u3042\u300d2\u3064']);
  });
});
