import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { fieldsOf, toldFields } from './trail-fields.rules';

describe('what a history tells', () => {
  const moved = { phone: ['13800000001', '13800000002'], home_address: [null, 'Ninghai Road 12'], name_key: ['a', 'b'] } as Record<
    string,
    [unknown, unknown]
  >;
  const phone = { field: 'phone', before: '13800000001', after: '13800000002' };
  const home = { field: 'homeAddress', before: null, after: 'Ninghai Road 12' };

  it('names fields as the API does, and leaves out what nobody named', () => {
    expect(fieldsOf('member', moved, ['coordinator'])).toEqual([phone, home]);
    expect(fieldsOf('member', { left_on: [null, '2026-03-02'] }, ['auditor'])).toEqual([
      { field: 'left.on', before: null, after: '2026-03-02' },
    ]);
    expect(fieldsOf('pair_block', { member_id: ['a', null] }, ['admin'])).toEqual([]);
  });

  it('tells each only what they may read of the thing itself', () => {
    expect(fieldsOf('member', moved, ['auditor'])).toEqual([phone]);
    expect(fieldsOf('client_needs', { allergy: [null, 'Nuts'] }, ['auditor'])).toEqual([]);
    expect(fieldsOf('grant_run', { fund_minutes: [0, 360] }, ['coordinator'])).toEqual([]);
    expect(fieldsOf('grant_run', { fund_minutes: [0, 360] }, ['auditor'])).toHaveLength(1);
  });

  it('tells of a secret only that it changed, and of a moment that the API calls yes or no, yes or no', () => {
    expect(fieldsOf('person', { password_hash: [null, 'changed'], disabled_at: [null, '2026-03-02T01:00:00+00:00'] }, ['admin'])).toEqual([
      { field: 'password', before: null, after: 'changed' },
      { field: 'disabled', before: false, after: true },
    ]);
  });

  it('has a word of the desk for every field', () => {
    const { changes } = JSON.parse(readFileSync('apps/console/src/locales/zh-Hans.json', 'utf8')) as {
      changes: { fields: Record<string, string | Record<string, string>> };
    };
    const wordOf = (field: string) =>
      field.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown>)?.[part], changes.fields);
    expect(toldFields.filter((field) => typeof wordOf(field) !== 'string')).toEqual([]);
  });
});
