import { describe, expect, it } from '@jest/globals';
import { fieldOf, rowInForce, valueOf } from './policy-values.rules';

const row = (policyId: string, bankId: string | null, validFrom: string, recordedAt = '2026-01-01T00:00:00Z') => ({
  policyId,
  bankId,
  key: 'dayCapMinutes',
  validFrom,
  recordedAt,
});

describe('a rule of the bank', () => {
  it('is entered as the kind of value it has', () => {
    expect(valueOf('dayCapMinutes', '480')).toBe(480);
    expect(valueOf('roundingMinutes', '15')).toBe(15);
    expect(valueOf('roundingMode', 'half_up')).toBe('half_up');
    expect(valueOf('callBackBeforeCredit', 'true')).toBe(true);
    expect(valueOf('interchange', 'false')).toBe(false);
    expect(valueOf('issueLimitMinutes', ' ')).toBeNull();
    expect(fieldOf('holdExpiryDays')).toEqual({ kind: 'number', optional: false });
  });

  it('shows the row that is in force: begun, the bank before the city, the latest', () => {
    const rows = [
      row('city', null, '2026-02-01'),
      row('old', 'b', '2026-01-01'),
      row('new', 'b', '2026-03-01'),
      row('later', 'b', '2026-09-01'),
    ];
    expect(rowInForce(rows, 'dayCapMinutes', '2026-03-02')?.policyId).toBe('new');
    expect(rowInForce(rows, 'dayCapMinutes', '2026-02-15')?.policyId).toBe('old');
    expect(rowInForce(rows.slice(0, 1), 'dayCapMinutes', '2026-03-02')?.policyId).toBe('city');
    expect(rowInForce(rows, 'dayCapMinutes', '2025-12-31')).toBeNull();
    expect(rowInForce(rows, 'visitCapMinutes', '2026-03-02')).toBeNull();
  });

  it('takes the row recorded last where two begin on one day', () => {
    expect(
      rowInForce([row('first', 'b', '2026-03-01'), row('second', 'b', '2026-03-01', '2026-02-28T00:00:00Z')], 'dayCapMinutes', '2026-03-02')
        ?.policyId,
    ).toBe('second');
  });
});
