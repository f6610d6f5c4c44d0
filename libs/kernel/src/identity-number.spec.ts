import { describe, expect, it } from '@jest/globals';
import { readIdentityNumber } from './identity-number';

describe('an identity number', () => {
  it('is read in any spelling, with the birth date that it says', () => {
    for (const typed of ['11010519491231002X', '110105 19491231 002x', '１１０１０５１９４９１２３１００２Ｘ'])
      expect(readIdentityNumber(typed)).toEqual({ number: '11010519491231002X', birthDate: '1949-12-31' });
  });

  it('is none with another check, a day that is not, or another length', () => {
    for (const typed of ['110105194912310021', '11010519491331002X', '1101051949123100', '', '01010519491231002X'])
      expect(readIdentityNumber(typed)).toBeNull();
  });

  it('is none once a digit was mistyped', () => {
    const right = '11010519491231002X';
    const mistyped = Array.from({ length: 17 * 9 }, (_, index) => {
      const [place, by] = [index % 17, 1 + Math.floor(index / 17)];
      return `${right.slice(0, place)}${(Number(right[place]) + by) % 10}${right.slice(place + 1)}`;
    });
    expect(mistyped.filter((typed) => readIdentityNumber(typed) !== null)).toEqual([]);
  });
});
