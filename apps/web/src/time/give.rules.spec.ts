import { describe, expect, it } from '@jest/globals';
import { asSent, minutesOf } from './give.rules';

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

  it('C9: goes out under one id for as long as it is the same, and under another once it is not', () => {
    const opened = { to: 'wife', hours: '2', minutes: '', transferId: 'first', sentAs: '' };
    const sent = asSent(opened, { minutes: 120 }, () => 'second');
    expect(sent.transferId).toBe('first');
    expect(asSent(sent, { minutes: 120 }, () => 'second')).toEqual(sent);
    expect(asSent(sent, { minutes: 60 }, () => 'second').transferId).toBe('second');
  });
});
