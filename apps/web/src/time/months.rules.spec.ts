import { describe, expect, it } from '@jest/globals';
import { byMonth } from './months.rules';

const entry = (at: string, minutes: number, kind: 'service' | 'grant' = 'service') => ({ at, minutes, kind });

describe('entries by month', () => {
  it('stand in the month of the bank, with what services brought in; the last one has no sum while it may go on', () => {
    const entries = [
      entry('2026-03-01T01:00:00.000Z', -45),
      entry('2026-02-28T16:00:00.000Z', 30),
      entry('2026-02-28T15:59:00.000Z', 60),
      entry('2026-02-01T01:00:00.000Z', 15),
      entry('2026-02-01T00:30:00.000Z', 600, 'grant'),
    ];
    const shown = (goesOn: boolean) =>
      byMonth(entries, 'Asia/Shanghai', goesOn).map(({ month, entries: those, saved }) => [month, those.length, saved]);
    expect(shown(false)).toEqual([
      ['2026-03', 2, 30],
      ['2026-02', 3, 75],
    ]);
    expect(shown(true)).toEqual([
      ['2026-03', 2, 30],
      ['2026-02', 3, null],
    ]);
    expect(byMonth([], 'Asia/Shanghai', false)).toEqual([]);
  });
});
