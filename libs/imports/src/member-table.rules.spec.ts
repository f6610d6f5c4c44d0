import { describe, expect, it } from '@jest/globals';
import { languages } from '@timebank/contract';
import { readCircumstances, readGender, readRoles } from './cells.rules';
import { guessColumns } from './columns.rules';
import { memberFields, memberTable } from './member-table.rules';

describe('the list of members', () => {
  it.each([null, ...languages])('is read again as it was written, in %s', (language) => {
    const { heads, row } = memberTable(language);
    expect(guessColumns('members', heads)).toEqual(Object.fromEntries(memberFields.map((field, index) => [field, index])));
    const cells = row({
      memberId: '',
      memberNumber: '001000001',
      name: 'Lin Yu',
      birthDate: '1948-05-01',
      roles: ['volunteer', 'client'],
      phone: null,
      homeAddress: null,
      gender: 'woman',
      circumstances: ['living_alone', 'low_income', 'disabled'],
      helperWish: 'man',
    });
    expect([
      readRoles(cells[3] as string),
      readGender(cells[6] as string),
      readCircumstances(cells[7] as string),
      readGender(cells[8] as string),
    ]).toEqual([
      { value: ['client', 'volunteer'] },
      { value: 'woman' },
      { value: ['disabled', 'living_alone', 'low_income'] },
      { value: 'man' },
    ]);
  });
});
