import { describe, expect, it } from '@jest/globals';
import { deviceName, networkOf } from './sign-in-source.rules';

describe('where a sign-in comes from', () => {
  it('is one IPv4 address, or one IPv6 network', () => {
    expect(['203.0.113.7', '::ffff:203.0.113.7'].map(networkOf)).toEqual(['203.0.113.7', '203.0.113.7']);
    const one = ['2001:db8:1:2:3:4:5:6', '2001:0DB8:0001:2::9', '2001:db8:1:2::%eth0'];
    expect(new Set(one.map(networkOf))).toEqual(new Set(['2001:db8:1:2']));
    expect(networkOf('2001:db8:1:3::1')).not.toBe(networkOf('2001:db8:1:2::1'));
    expect(networkOf('::1')).toBe('0:0:0:0');
  });

  it('has a name that a person knows', () => {
    const phone = 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36';
    expect(deviceName(phone)).toBe('Chrome · Android');
    expect(deviceName(`${phone} MicroMessenger/8.0.49`)).toBe('WeChat · Android');
    expect([deviceName('curl/8.5.0'), deviceName(null)]).toEqual([null, null]);
  });
});
