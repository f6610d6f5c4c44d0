import { describe, expect, it } from '@jest/globals';
import { acceptedEncoding } from './encodings.rules';

describe('the form of an answer', () => {
  it.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, deflate', 'gzip'],
    ['br;q=0.5, gzip', 'gzip'],
    ['BR ; Q=1', 'br'],
    ['gzip;q=0, br;q=0', null],
    ['*', 'br'],
    ['br;q=0, *', 'gzip'],
    ['identity', null],
    ['deflate', null],
    ['gzip;q=nonsense', null],
    ['', null],
    [undefined, null],
  ])('C6: %j asks for %j', (header, encoding) => expect(acceptedEncoding(header)).toBe(encoding));
});
