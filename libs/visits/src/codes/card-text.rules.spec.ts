import { describe, expect, it } from '@jest/globals';
import { groupCode, readCardText } from './card-text.rules';

const origin = 'https://timebank.example';
const token = 'ABCDEFGH01234567';

describe('what a card says', () => {
  it.each([
    ['the whole address', `${origin}/s/${token}`, { via: 'card', token }],
    ['the bare token', token, { via: 'card', token }],
    ['a typed code in lower case with a hyphen and letters for digits', 'abcd-oil9', { via: 'typed', code: 'ABCD0119' }],
    ['full-width characters', '\uFF21\uFF22\uFF23\uFF24\uFF11\uFF12\uFF13\uFF14', { via: 'typed', code: 'ABCD1234' }],
    ['a rotating code', `${origin}/r/display.12.mac`, { via: 'rotating', code: 'display.12.mac' }],
    [
      'a bare rotating code',
      'AbCdEfGhIjKlMnOpQrStUv.59000000.AbCdEfGhIjK',
      { via: 'rotating', code: 'AbCdEfGhIjKlMnOpQrStUv.59000000.AbCdEfGhIjK' },
    ],
    ['a foreign sticker with a token of ours', `https://evil.example/s/${token}`, { via: null }],
    ['another path', `${origin}/x/${token}`, { via: null }],
    ['an address with more behind it', `${origin}/s/${token}?next=1`, { via: null }],
    ['a token that is too short', `${origin}/s/ABC`, { via: null }],
    ['something else', 'hello', { via: null }],
    ['no address at all', '://', { via: null }],
  ])('%s', (_, text, read) => {
    expect(readCardText(text, origin)).toEqual(read);
  });

  it('is grouped for the eye', () => {
    expect(groupCode('ABCD1234')).toBe('ABCD-1234');
  });
});
