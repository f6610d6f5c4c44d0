import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openApp, type TestApp } from '@timebank/testing';

describe('the files by which WeChat sees whose host it is', () => {
  let city: TestApp;
  beforeAll(async () => {
    city = await openApp({ env: { WECHAT_VERIFICATION: 'i7948FzJJ6.txt=0f1e2d3c, MP_verify_Ab1.txt=Ab1' } });
  });
  afterAll(() => city.close());

  const get = (url: string, method: 'GET' | 'POST' | 'HEAD' = 'GET') => city.app.inject({ method, url });

  it.each([
    ['/s/i7948FzJJ6.txt', '0f1e2d3c'],
    ['/r/i7948FzJJ6.txt', '0f1e2d3c'],
    ['/i7948FzJJ6.txt', '0f1e2d3c'],
    ['/s/MP_verify_Ab1.txt', 'Ab1'],
  ])('%s is the text alone, to anyone', async (url, content) => {
    const { statusCode, headers, body } = await get(url);
    expect([statusCode, body]).toEqual([200, content]);
    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(headers['set-cookie']).toBeUndefined();
    expect((await get(url, 'HEAD')).statusCode).toBe(200);
    expect((await get(url, 'POST')).statusCode).toBe(404);
  });

  it.each(['/s/other.txt', '/i7948fzjj6.txt', '/c/i7948FzJJ6.txt'])('%s is none of them', async (url) => {
    expect((await get(url)).body).not.toContain('0f1e2d3c');
  });
});
