import { describe, expect, it } from '@jest/globals';
import { BadSetting, readConfig } from './config';

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
