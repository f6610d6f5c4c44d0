import { describe, expect, it } from '@jest/globals';
import { phone } from './primitives';

describe('a phone number', () => {
  it.each([
    ['13812345678', '13812345678'],
    ['+8613812345678', '13812345678'],
    [' 13812345678 ', '13812345678'],
    ['025-83330000', '025-83330000'],
    ['+81312345678', '+81312345678'],
    ['+862583330000', '+862583330000'],
  ])('%s is kept as %s, so that a mobile has one form only', (given, kept) => {
    expect(phone.parse(given)).toBe(kept);
  });

  it.each(['1381234567', '138123456789', '83330000', '+0123456', 'call me', ''])('%s is refused', (given) => {
    expect(phone.safeParse(given).success).toBe(false);
  });
});
