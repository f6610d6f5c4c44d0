import { describe, expect, it } from '@jest/globals';
import { cardFrom } from './card-text';

describe('what a scanned or typed code means', () => {
  it.each([
    ['https://time.example/s/0123456789ABCDEF', '0123456789ABCDEF'],
    ['http://192.168.1.8:3000/s/0123456789abcdef', '0123456789ABCDEF'],
    ['https://time.example/bank/s/0123456789ABCDEF', '0123456789ABCDEF'],
    ['0123456789ABCDEF', '0123456789ABCDEF'],
    ['abcd-2345', 'ABCD2345'],
    [' O1il 2345 ', '01112345'],
    ['ＡＢＣＤ２３４５', 'ABCD2345'],
    ['https://time.example/r/display.123.mac', 'https://time.example/r/display.123.mac'],
  ])('%s is a card', (text, card) => expect(cardFrom(text)).toBe(card));

  it.each([
    '',
    'weixin://wxpay/abc',
    'https://time.example/x/0123456789ABCDEF',
    'ABC',
    'ABCD234',
    'ABCD23456',
    'ABCDUUUU',
    'https://time.example/s/ABCD2345',
  ])('%s is none', (text) => expect(cardFrom(text)).toBeNull());
});
