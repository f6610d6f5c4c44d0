import { describe, expect, it } from '@jest/globals';
import { type Circumstance, policyDefaults, type Policy, policyKeys } from '@timebank/contract';
import { grantBands } from './eligibility.rules';
import { ageOn } from '../transfers/transfer.rules';

const policy = Object.fromEntries(policyKeys.map((key) => [key, policyDefaults[key].value])) as Policy;
const month = '2026-11';

function reasonFor(birthDate: string, circumstances: Circumstance[], ages: Partial<Policy> = {}): string | null {
  const bands = grantBands(month, { ...policy, ...ages });
  return bands.find((band) => birthDate <= band.bornBy && circumstances.includes(band.circumstance))?.reason ?? null;
}

describe('who is a priority elder', () => {
  it.each<[string, string, Circumstance[], string | null]>([
    ['80 on the first, alone', '1946-11-01', ['living_alone'], 'oldest_alone'],
    ['80 on the second, alone', '1946-11-02', ['living_alone'], 'living_alone'],
    ['60 on the first, alone', '1966-11-01', ['living_alone'], 'living_alone'],
    ['60 on the first, of low income', '1966-11-01', ['low_income'], 'low_income'],
    ['60 on the first, disabled', '1966-11-01', ['disabled'], 'disabled'],
    ['60 on the second', '1966-11-02', ['living_alone', 'low_income', 'disabled'], null],
    ['70 in no such circumstance', '1956-01-01', [], null],
    ['95 in no such circumstance', '1931-01-01', [], null],
    ['95, disabled, not alone: nobody loses a grant by turning 80', '1931-01-01', ['disabled'], 'disabled'],
    ['95, of low income, not alone', '1931-01-01', ['low_income'], 'low_income'],
    ['95, everything at once, counted once', '1931-01-01', ['living_alone', 'low_income', 'disabled'], 'oldest_alone'],
  ])('%s', (_, birthDate, circumstances, reason) => {
    expect(reasonFor(birthDate, circumstances)).toBe(reason);
  });

  it('is told by age on the first of the month, born on whatever day', () => {
    for (let year = 1930; year <= 1970; year += 1) {
      for (const day of ['01-01', '02-28', '02-29', '10-31', '11-01', '11-02', '12-31']) {
        const birthDate = `${year}-${day}`;
        expect([birthDate, reasonFor(birthDate, ['disabled']) !== null]).toEqual([birthDate, ageOn(birthDate, `${month}-01`) >= 60]);
      }
    }
  });

  it('follows policy, also where a city begins with those who live alone', () => {
    expect(reasonFor('1970-11-01', ['living_alone'], { grantAloneFromAge: 56 })).toBe('oldest_alone');
    expect(reasonFor('1970-11-01', ['low_income'], { grantAloneFromAge: 56 })).toBeNull();
    expect(reasonFor('1976-11-01', ['low_income'], { grantFromAge: 50 })).toBe('low_income');
    expect(grantBands('0100-11', policy).map((band) => band.bornBy)).toEqual(['0020-11-01', '0040-11-01', '0040-11-01', '0040-11-01']);
  });
});
