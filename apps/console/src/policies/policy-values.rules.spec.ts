import { describe, expect, it } from '@jest/globals';
import { policyDefaults, policyKeys } from '@timebank/contract';
import { byTopic, defaultSourceOf, fieldOf, historyOf, lawIn, rowInForce, topics, typedOf, unitOf, valueOf } from './policy-values.rules';

const row = (policyId: string, bankId: string | null, validFrom: string, recordedAt = '2026-01-01T00:00:00Z') => ({
  policyId,
  bankId,
  key: 'dayCapMinutes',
  validFrom,
  recordedAt,
  withdrawnAt: null as string | null,
});

describe('a rule of the bank', () => {
  it('is entered as the kind of value it has', () => {
    expect(valueOf('dayCapMinutes', '480')).toBe(480);
    expect(valueOf('roundingMinutes', '15')).toBe(15);
    expect(valueOf('roundingMode', 'half_up')).toBe('half_up');
    expect(valueOf('callBackBeforeCredit', 'true')).toBe(true);
    expect(valueOf('interchange', 'false')).toBe(false);
    expect(valueOf('issueLimitMinutes', ' ')).toBeNull();
    expect(fieldOf('holdExpiryDays')).toEqual({ kind: 'number', unit: 'days', optional: false });
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

  it('never counts a row that was withdrawn, and says what became of each', () => {
    const rows = [
      row('city', null, '2026-02-01'),
      row('old', 'b', '2026-01-01'),
      row('now', 'b', '2026-03-01'),
      { ...row('gone', 'b', '2026-03-05'), withdrawnAt: '2026-03-01T00:00:00Z' },
      row('coming', 'b', '2026-09-01'),
    ];
    expect(rowInForce(rows, 'dayCapMinutes', '2026-03-10')?.policyId).toBe('now');
    expect(historyOf(rows, 'dayCapMinutes', '2026-03-10').map(({ policyId, state }) => [policyId, state])).toEqual([
      ['coming', 'coming'],
      ['gone', 'withdrawn'],
      ['now', 'now'],
      ['city', 'under'],
      ['old', 'over'],
    ]);
  });

  it('is typed in the unit that people speak of, and sent in its own', () => {
    expect(typedOf('dayCapMinutes', 480)).toEqual({ text: '8', unit: 'hours' });
    expect(typedOf('visitCapMinutes', 90)).toEqual({ text: '1.5', unit: 'hours' });
    expect(typedOf('lateInMinutes', 10)).toEqual({ text: '10', unit: 'minutes' });
    expect(typedOf('issueLimitMinutes', null)).toEqual({ text: '', unit: 'hours' });
    expect(typedOf('roundingMinutes', 60)).toEqual({ text: '60', unit: 'minutes' });
    expect([
      valueOf('dayCapMinutes', '８', 'hours'),
      valueOf('savingsCapMinutes', '1,500', 'hours'),
      valueOf('visitCapMinutes', '1.1', 'hours'),
    ]).toEqual([480, 90_000, 66]);
    expect([valueOf('dayCapMinutes', 'eight', 'hours'), valueOf('dayCapMinutes', '', 'hours'), valueOf('issueLimitMinutes', '')]).toEqual([
      'eight',
      '',
      null,
    ]);
  });

  it('stands under one topic, has a unit, and says where its default comes from', () => {
    const sorted = Object.values(topics).flat() as string[];
    expect([...sorted].sort()).toEqual([...policyKeys].sort());
    expect(byTopic(['visitCapMinutes', 'teaMinutes'])).toEqual([
      { topic: 'time', keys: ['visitCapMinutes'] },
      { topic: 'more', keys: ['teaMinutes'] },
    ]);
    const units = policyKeys.filter((key) => fieldOf(key).kind === 'number' && unitOf(key) === 'times');
    expect(units).toEqual(['pairVisitsPerDay', 'callBackFirstVisits', 'pairFirstVisits']);
    const assumed = policyKeys.filter((key) => policyDefaults[key].source.startsWith('assumption'));
    expect(policyKeys.filter((key) => defaultSourceOf(key) === 'assumption').sort()).toEqual([...assumed].sort());
  });

  it('leads to the register of laws where its source names one', () => {
    expect(lawIn(policyDefaults.recordingDeadlineWorkingDays.source)).toMatch(/gov\.cn/);
    expect([lawIn('PIPL, article 28'), lawIn('Charity Law')].every((link) => link?.startsWith('https://'))).toBe(true);
    expect([lawIn('Meeting of 2 March'), lawIn('')]).toEqual([null, null]);
  });
});
