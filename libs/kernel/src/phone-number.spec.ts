import { describe, expect, it } from '@jest/globals';
import { olderSpellings, phoneBeginnings, readHotline, readPhone } from './phone-number';

const wide = (text: string) => text.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));

describe('a phone number', () => {
  it.each([
    '14200001005',
    '142 0000 1005',
    '142-0000-1005',
    '142\u00a00000\u00a01005',
    '142\u30000000\u30001005',
    '142\u20100000\u20111005',
    '142\u20130000\u22121005',
    '142.0000.1005',
    '142\u00b70000\u00b71005',
    '\u202d14200001005\u202c',
    '\ufeff142\u200b00001005\u2060',
    '8614200001005',
    '+8614200001005',
    '008614200001005',
    '+86 142 0000 1005',
    '(86)142-0000-1005',
    '\uff08+86\uff09142-0000-1005',
    'tel:+86-142-0000-1005',
    '1-4-2-0-0-0-0-1-0-0-5',
    '\u0661\u0664\u0662\u0660\u0660\u0660\u0660\u0661\u0660\u0660\u0665',
    wide('14200001005'),
    wide('+86(142)0000-1005'),
  ])('E3: %j is the mobile 14200001005', (typed) => expect(readPhone(typed)).toBe('14200001005'));

  it.each([
    '025-84440001',
    '02584440001',
    '025 8444 0001',
    '(025)84440001',
    '\uff08025\uff098444\u20130001',
    '+862584440001',
    '+86 25 8444 0001',
    '+86 025 84440001',
    '00862584440001',
    '862584440001',
    '86-25-84440001',
    '0258-4440001',
    wide('025-84440001'),
  ])('E3: %j is the landline 025-84440001', (typed) => expect(readPhone(typed)).toBe('025-84440001'));

  it.each([
    ['0512 8555 1234', '0512-85551234'],
    ['010 6234 5678', '010-62345678'],
    ['+86 10 6234 5678', '010-62345678'],
    ['0771-2345678', '0771-2345678'],
    ['025-8444000', '025-8444000'],
    ['025-84440001-12', '025-84440001-12'],
    ['02584440001 ext. 12', '025-84440001-12'],
    ['02584440001\u8f6c12', '025-84440001-12'],
    ['+81 3-1234-5678', '+81312345678'],
    ['0081 3 1234 5678', '+81312345678'],
    ['+44 (0)20 7946 0000', '+442079460000'],
  ])('E3: %j is kept as %s', (typed, kept) => expect([readPhone(typed), readPhone(kept)]).toEqual([kept, kept]));

  it.each([
    '',
    '1381234567',
    '138123456789',
    '83330000',
    '12349',
    '+0123456',
    '++8613812345678',
    '13812345678/13812345679',
    'call me',
    '138a2345678',
    '\u4e00'.repeat(11),
    '1'.repeat(61),
  ])('E3: %j is none', (typed) => expect(readPhone(typed)).toBeNull());

  it.each([
    ['12349', '12349'],
    ['400-828-1234', '400-828-1234'],
    ['4008281234', '400-828-1234'],
    ['+86 400 828 1234', '400-828-1234'],
    [wide('400 828 1234'), '400-828-1234'],
    ['8333-0000', '83330000'],
    ['025-83330000', '025-83330000'],
    ['+86 25 8333 0000', '025-83330000'],
    ['1234', null],
    ['1234567890123', null],
  ])('E3: a bank may be called at %j, kept as %s', (typed, kept) => expect(readHotline(typed)).toBe(kept));

  it('E3: is found by its beginning, in any spelling', () => {
    const finds = (typed: string, digits: string) => phoneBeginnings(typed).some((beginning) => digits.startsWith(beginning));
    for (const typed of ['142', '142 0000', '142-0000-1005', '+86 142', '86142', '0086 142 0000 1005', wide('142 00'), '\u202d1420'])
      expect([typed, finds(typed, '14200001005')]).toEqual([typed, true]);
    for (const typed of ['025', '025-8444', '(025) 84440001', '+86 25 84', '86258444', '02584440001']) {
      expect([typed, finds(typed, '02584440001')]).toEqual([typed, true]);
    }
    expect([finds('143', '14200001005'), finds('0000', '14200001005'), phoneBeginnings('Li'), phoneBeginnings(' - ')]).toEqual([
      false,
      false,
      [],
      [],
    ]);
  });

  it('E3: is still known in the forms in which it could be kept before there was one', () => {
    expect(olderSpellings('025-84440001')).toEqual(['025-84440001', '0258-4440001', '+862584440001', '+8602584440001']);
    expect(olderSpellings('0771-2345678')[1]).toBe('077-12345678');
    expect(olderSpellings('14200001005')).toEqual(['14200001005']);
  });
});
