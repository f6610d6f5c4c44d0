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

describe('CLOCK_ANCHOR', () => {
  it('is a real moment and the product clock at that moment, and nothing else', () => {
    expect(readConfig({ CLOCK_ANCHOR: '1000:2000' }).clockAnchor).toEqual({ realMilliseconds: 1_000, productMilliseconds: 2_000 });
    expect(readConfig({}).clockAnchor).toBeNull();
    for (const wrong of ['now', '1000', '1000:', '-1:2', '1.5:2']) expect(() => readConfig({ CLOCK_ANCHOR: wrong })).toThrow(BadSetting);
  });
});
