import { describe, expect, it } from '@jest/globals';
import { minutesOf } from './give.rules';

describe('what is given', () => {
  it.each([
    ['2', '', 120],
    ['', '45', 45],
    ['1', '30', 90],
    ['', '90', 90],
    ['', '', null],
    ['0', '0', null],
    ['-1', '30', null],
    ['1.5', '', null],
    ['x', '5', null],
  ])('C9: %s hours and %s minutes: %s', (hours, minutes, expected) => expect(minutesOf({ hours, minutes })).toBe(expected));
});
