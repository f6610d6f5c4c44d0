import { describe, expect, it } from '@jest/globals';
import { firstOfWeek, moveByKey, shiftByMonths, weeksOf, within, yearsAround } from './calendar.rules';

describe('a calendar', () => {
  it('shows the weeks of one month, from the day on which weeks begin', () => {
    expect(weeksOf('2026-02', 0)).toHaveLength(4);
    const march = weeksOf('2026-03', 1);
    expect(march[0]).toEqual([null, null, null, null, null, null, '2026-03-01']);
    expect(march.at(-1)).toEqual(['2026-03-30', '2026-03-31', null, null, null, null, null]);
    expect(['zh-Hans', 'en', 'ja'].map(firstOfWeek)).toEqual([1, 0, 0]);
  });

  it('is walked by keys', () => {
    const walk = (key: string, isShifted = false) => moveByKey('2026-03-31', key, isShifted, 1);
    expect(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'].map((key) => walk(key))).toEqual([
      '2026-03-30',
      '2026-04-01',
      '2026-03-24',
      '2026-04-07',
    ]);
    expect([walk('Home'), walk('End'), walk('PageUp'), walk('PageDown', true), walk('x')]).toEqual([
      '2026-03-30',
      '2026-04-05',
      '2026-02-28',
      '2027-03-31',
      null,
    ]);
    expect(shiftByMonths('2024-01-31', 1)).toBe('2024-02-29');
  });

  it('stays within its limits', () => {
    expect([within('2026-01-01', '2026-02-01', undefined), within('2026-03-01', undefined, '2026-02-01')]).toEqual([
      '2026-02-01',
      '2026-02-01',
    ]);
    expect(yearsAround('2026-01-01', '1880-01-01', '2026-03-02').at(0)).toBe(1880);
    expect(yearsAround('2030-01-01', undefined, '2026-03-02').at(-1)).toBe(2030);
  });
});
