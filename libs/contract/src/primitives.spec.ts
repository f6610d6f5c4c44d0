import { describe, expect, it } from '@jest/globals';
import { bankPhone, line, password, personName, phone, text } from './primitives';

describe('a phone number', () => {
  it.each([
    ['13812345678', '13812345678'],
    ['+8613812345678', '13812345678'],
    [' 13812345678 ', '13812345678'],
    ['025-83330000', '025-83330000'],
    ['+81312345678', '+81312345678'],
    ['+862583330000', '025-83330000'],
  ])('%s is kept as %s, so that a number has one form only', (given, kept) => {
    expect(phone.parse(given)).toBe(kept);
  });

  it.each(['1381234567', '138123456789', '83330000', '+0123456', 'call me', ''])('%s is refused', (given) => {
    expect(phone.safeParse(given).success).toBe(false);
  });

  it('E3: of a bank may be a hotline, of a person not', () => {
    expect([bankPhone.parse('12349'), bankPhone.parse('4008281234')]).toEqual(['12349', '400-828-1234']);
    expect(phone.safeParse('12349').success).toBe(false);
  });
});

describe('what a person types', () => {
  const problemOf = (schema: typeof personName, given: string) => {
    const parsed = schema.safeParse(given);
    return parsed.success ? parsed.data : parsed.error.issues[0]?.message;
  };

  it('E2: is refused where it hides something, or shows nothing', () => {
    for (const name of ['Li\u202eMei', 'Li\u001bMei', 'Li\nMei', 'Li Mei\n', 'Li\u2028Mei'])
      expect(problemOf(personName, name)).toBe('unprintable_text');
    for (const name of ['\u200b', '\u3164', ' \u3000 ', '\u0301\u0302']) expect(personName.safeParse(name).success).toBe(false);
    expect(problemOf(personName, ' \ufeffZoe\u0308\u200b ')).toBe('Zo\u00eb');
    expect(personName.safeParse('a'.repeat(101)).success).toBe(false);
  });

  it('E2: has several lines in a note and one in a place', () => {
    expect(text(100).parse('one\r\ntwo')).toBe('one\ntwo');
    expect(line(100).safeParse('one\ntwo').success).toBe(false);
    expect(text(100).safeParse('one\u202etwo').success).toBe(false);
  });

  it('E4: is no password where less than eight characters can be seen', () => {
    for (const given of [' '.repeat(8), '\u3000'.repeat(9), 'a b c d e f g', '\u200b'.repeat(20)])
      expect(password.safeParse(given).success).toBe(false);
    expect(password.parse('a good one')).toBe('a good one');
  });
});
