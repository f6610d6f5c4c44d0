import { describe, expect, it } from '@jest/globals';
import { BadSetting, readConfig, refuseToServe } from './config';

describe('PUBLIC_URL', () => {
  const read = (url: string) => readConfig({ PUBLIC_URL: url }).publicUrl;

  it('is where cards point, without a slash at the end', () => {
    expect([
      read('https://bank.example'),
      read('https://bank.example/'),
      read('http://10.0.0.7:3000'),
      read('https://bank.example:443'),
    ]).toEqual(['https://bank.example', 'https://bank.example', 'http://10.0.0.7:3000', 'https://bank.example:443']);
    expect(readConfig({}).publicUrl).toBeNull();
  });

  it('names no path, since a card that carries one would never be read', () => {
    for (const url of [
      'https://bank.example/timebank',
      'https://bank.example/?a=1',
      'https://me:secret@bank.example',
      'ftp://bank.example',
    ]) {
      expect(() => read(url)).toThrow(BadSetting);
    }
  });
});

describe('WECHAT_VERIFICATION', () => {
  const read = (text: string) => readConfig({ WECHAT_VERIFICATION: text }).wechatVerification;

  it('names files with what stands in them', () => {
    expect(read('i7948FzJJ6.txt=0f1e, MP_verify_Ab1.txt=Ab1')).toEqual([
      { name: 'i7948FzJJ6.txt', content: '0f1e' },
      { name: 'MP_verify_Ab1.txt', content: 'Ab1' },
    ]);
    expect([readConfig({}).wechatVerification, read('')]).toEqual([[], []]);
  });

  it.each([
    'i7948FzJJ6.txt',
    'i7948FzJJ6.txt=',
    '=0f1e',
    'i7948FzJJ6.html=0f1e',
    '../secret.txt=0f1e',
    's/a.txt=0f1e',
    ':card.txt=0f1e',
    '*.txt=0f1e',
    'robots.txt=0f1e',
    'a.txt=<script>',
    'a.txt=b=c',
    'a.txt=b,a.txt=c',
    'a.txt=b,',
  ])('is not %s', (text) => {
    expect(() => read(text)).toThrow(BadSetting);
  });
});

describe('CLOCK_ANCHOR', () => {
  it('is a real moment and the product clock at that moment, and nothing else', () => {
    expect(readConfig({ CLOCK_ANCHOR: '1000:2000' }).clockAnchor).toEqual({ realMilliseconds: 1_000, productMilliseconds: 2_000 });
    expect(readConfig({}).clockAnchor).toBeNull();
    for (const wrong of ['now', '1000', '1000:', '-1:2', '1.5:2']) expect(() => readConfig({ CLOCK_ANCHOR: wrong })).toThrow(BadSetting);
  });
});

describe('TRUSTED_PROXIES', () => {
  it('B9: names addresses and networks, and is nobody by default, also behind PUBLIC_URL', () => {
    expect(readConfig({ TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8,::1' }).trustedProxies).toEqual(['127.0.0.1', '10.0.0.0/8', '::1']);
    expect(readConfig({ PUBLIC_URL: 'https://bank.example' }).trustedProxies).toEqual([]);
    for (const wrong of ['loopback', '10.0.0.0/33', '*', '10.0.0.1,'])
      expect(() => readConfig({ TRUSTED_PROXIES: wrong })).toThrow(BadSetting);
  });
});

describe('CODE_SENDER', () => {
  const serve = (env: Record<string, string>) => () => refuseToServe(readConfig(env));

  it('B8: must be named in production; the log carries codes there only when told to', () => {
    expect(serve({ NODE_ENV: 'production' })).toThrow(BadSetting);
    for (const CODE_SENDER of ['log', 'https://sms.example/send']) expect(serve({ NODE_ENV: 'production', CODE_SENDER })).not.toThrow();
    expect(serve({})).not.toThrow();
    expect(() => readConfig({ CODE_SENDER: 'pigeon' })).toThrow(BadSetting);
  });

  it('is an address with a token of its own', () => {
    const { codeService } = readConfig({ CODE_SENDER: 'https://sms.example/send', CODE_SENDER_TOKEN: 'a token of the city' });
    expect(codeService).toEqual({ url: 'https://sms.example/send', token: 'a token of the city' });
    expect(readConfig({ CODE_SENDER: 'log' }).codeService).toBeNull();
  });
});

describe('DATABASE_PASSWORD', () => {
  const read = (DATABASE_URL: string, DATABASE_PASSWORD: string) => readConfig({ DATABASE_URL, DATABASE_PASSWORD }).databaseUrl;

  it('F17: may hold what an address may not', () => {
    const secret = 'a@b:c/d?e#f%41 g';
    const url = new URL(read('postgres://installer@database:5432/timebank', secret) as string);
    expect([url.host, url.username, decodeURIComponent(url.password)]).toEqual(['database:5432', 'installer', secret]);
    expect(read('postgres://installer:own@database/timebank', '')).toBe('postgres://installer:own@database/timebank');
  });

  it('F17: stands in one place', () => {
    expect(() => read('postgres://installer:own@database/timebank', 'other')).toThrow('set one of the two');
  });
});
