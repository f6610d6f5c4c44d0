import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { refusals } from '@timebank/contract';
import { openApp, type TestApp } from '@timebank/testing';
import { headOf, sayRaw } from './spec-raw-calls';

/** Calls that never reach a handler: the framework would answer them in words of its own. */
describe('what no route takes', () => {
  let city: TestApp;
  let port: number;
  beforeAll(async () => {
    city = await openApp();
    ({ port } = city.app.getHttpServer().address() as { port: number });
  });
  afterAll(() => city.close());

  const long = 'a'.repeat(20_000);
  it.each([
    ['a broken escape', headOf('GET /%'), 400],
    ['half an escape', headOf('GET /api/me%2'), 400],
    ['an escape of no letter', headOf('GET /api/%zz'), 400],
    ['an escape that is no text', headOf('GET /api/banks/%ff'), 400],
    ['a broken escape in a question', headOf('GET /api/documents?language=%'), 400],
    ['a broken escape after a known part', headOf('PUT /api/banks/%E0%A4%A/members/%'), 400],
    ['two slashes', headOf('GET //'), 404],
    ['two slashes before a known address', headOf('GET //api/me'), 404],
    ['another host as address', headOf('GET http://example.com/api/nothing'), 404],
    ['no address', headOf('GET *'), 404],
    ['a star for options', headOf('OPTIONS *'), 404],
    ['an address past every length', headOf(`GET /${long}`), 400],
    ['a header past every length', headOf('GET /api/me', { 'X-Long': long }), 400],
    ['an unknown address', headOf('GET /api/nothing'), 404],
    ['the wrong method', headOf('POST /api/me'), 404],
    ['a question for options', headOf('OPTIONS /api/me'), 404],
    ['a trace', headOf('TRACE /api/me'), 404],
    ['a tunnel', headOf('CONNECT example.com:443'), 400],
    ['a method of another protocol', headOf('PROPFIND /api/me'), 404],
    ['a method that nobody knows', headOf('CONQUER /api/me'), 400],
    ['an unknown expectation', headOf('POST /api/sessions', { Expect: 'wonders' }), 400],
    ['another protocol', headOf('GET /api/me', { Connection: 'Upgrade', Upgrade: 'websocket' }), 401],
    ['no host', 'GET /api/me HTTP/1.1\r\n\r\n', 400],
    ['no version', 'GET /api/me\r\n\r\n', 401],
    ['another version', 'GET /api/me HTTP/3.7\r\n\r\n', 400],
    ['a length that is no number', headOf('POST /api/sessions', { 'Content-Length': 'much' }), 400],
    ['two lengths', headOf('POST /api/sessions', { 'Content-Length': 3, 'Transfer-Encoding': 'chunked' }), 400],
    [
      'pieces of no length',
      `${headOf('POST /api/sessions', { 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked' })}x\r\n`,
      400,
    ],
    ['no HTTP', '\x16\x03\x01\x02\x00\x01\x00\x01', 400],
    ['a body where nobody is', headOf('POST /nothing', { 'Content-Type': 'application/json', 'Content-Length': 9_000 }), 404],
    ['a type that is no type', headOf('POST /api/sessions', { 'Content-Type': ';;', 'Content-Length': 2 }), 415],
  ])('A6: %s is a refusal of the list', async (_, said, status) => {
    const answer = await sayRaw(port, said);
    expect([answer.status, answer.body]).toEqual([status, expect.objectContaining({ code: expect.any(String) })]);
    expect(refusals).toHaveProperty([answer.body?.code as string], status);
    expect(answer.head).toMatch(/^content-type: application\/json/im);
  });

  it('A6: a question for the head alone is answered as the whole would be, without a body', async () => {
    for (const [line, status] of [
      ['HEAD /api/me', 401],
      ['HEAD /api/health/live', 200],
      ['HEAD /api/nothing', 404],
    ] as const) {
      const answer = await sayRaw(port, headOf(line, { Connection: 'close' }));
      expect([answer.status, answer.body]).toEqual([status, null]);
    }
  });
});
