import { describe, expect, it } from '@jest/globals';
import type { StatementQuery } from '@timebank/contract';
import { statementPeriod } from './statement-period.rules';

const today = '2026-11-23';
const period = (query: StatementQuery, zone = 'Asia/Shanghai') => statementPeriod(query, today, zone);

function codeOf(query: StatementQuery): [string, string | undefined] {
  try {
    period(query);
  } catch (thrown) {
    const { code, path } = thrown as { code: string; path?: string };
    return [code, path];
  }
  throw new Error('was not refused');
}

describe('the days of a statement', () => {
  it('are the current month of the bank unless named', () => {
    expect(period({})).toEqual({
      firstDay: '2026-11-01',
      lastDay: '2026-11-30',
      from: new Date('2026-10-31T16:00:00Z'),
      to: new Date('2026-11-30T16:00:00Z'),
    });
    expect(period({ month: '2024-02' })).toMatchObject({ firstDay: '2024-02-01', lastDay: '2024-02-29' });
    expect(period({ month: '2025-12' })).toMatchObject({ lastDay: '2025-12-31', to: new Date('2025-12-31T16:00:00Z') });
  });

  it('may be any days up to a leap year, both included, also across a change of the clocks', () => {
    expect(period({ from: '2026-01-01', to: '2026-01-01' })).toMatchObject({
      from: new Date('2025-12-31T16:00:00Z'),
      to: new Date('2026-01-01T16:00:00Z'),
    });
    expect(period({ from: '2024-01-01', to: '2024-12-31' })).toMatchObject({ firstDay: '2024-01-01', lastDay: '2024-12-31' });
    const berlin = period({ from: '2026-03-28', to: '2026-03-29' }, 'Europe/Berlin');
    expect(berlin.to.getTime() - berlin.from.getTime()).toBe(47 * 3_600_000);
    expect(period({ from: '2026-11-23', to: '2027-01-01' })).toMatchObject({ lastDay: '2027-01-01' });
  });

  it('are refused under a code of their own, with the field that is wrong', () => {
    expect(codeOf({ month: '2026-01', from: '2026-01-01' })).toEqual(['hours/statement_two_periods', 'query.month']);
    expect(codeOf({ from: '2026-01-01' })).toEqual(['hours/statement_half_period', 'query.to']);
    expect(codeOf({ to: '2026-01-01' })).toEqual(['hours/statement_half_period', 'query.from']);
    expect(codeOf({ from: '2026-01-02', to: '2026-01-01' })).toEqual(['hours/statement_wrong_order', 'query.to']);
    expect(codeOf({ from: '2025-01-01', to: '2026-01-02' })).toEqual(['hours/statement_long_period', 'query.to']);
    expect(codeOf({ from: '2026-11-24', to: '2026-11-30' })).toEqual(['hours/statement_in_future', 'query.from']);
    expect(codeOf({ month: '2026-12' })).toEqual(['hours/statement_in_future', 'query.month']);
  });
});
