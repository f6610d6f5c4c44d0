import { describe, expect, it } from '@jest/globals';
import { trustOneHop } from './trusted-proxies';

describe('a proxy', () => {
  it('B9: is believed when it is named, for one hop and no more', () => {
    const trust = trustOneHop(['127.0.0.1', '10.1.0.0/16', '2001:db8::/32']);
    if (trust === false) throw new Error('nobody is trusted');
    expect(['127.0.0.1', '::ffff:127.0.0.1', '10.1.2.3', '2001:db8::9'].map((address) => trust(address, 0))).toEqual(Array(4).fill(true));
    expect(['10.2.0.1', '192.168.0.1', '::1', 'nonsense'].map((address) => trust(address, 0))).toEqual(Array(4).fill(false));
    expect(trust('127.0.0.1', 1)).toBe(false);
  });

  it('B9: is nobody where none is named', () => {
    expect(trustOneHop([])).toBe(false);
  });
});
