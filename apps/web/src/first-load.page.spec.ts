import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { goTo, openApp, openBrowser, openWatchedPage, type TestApp } from '@timebank/testing';
import type { Browser } from 'playwright-core';
import { firstLoadLimitKb, measureFirstLoad } from '../../../libs/web-kit/first-load.mjs';

describe('the first load of the phone', () => {
  const { kb, files } = measureFirstLoad();

  it('weighs no more than the limit', () => expect(kb).toBeLessThanOrEqual(firstLoadLimitKb));

  it('counts the words of the source language and leaves the scanner for later', () => {
    const names = files.map(({ name }) => name).join(' ');
    expect(names).toMatch(/zh-Hans-/);
    expect(names).toMatch(/SignInPage-/);
    expect(names).not.toMatch(/ScanPage|worker/);
  });
});

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; bytes: number };

describe('the front ends as they travel', () => {
  let app: TestApp;
  let browser: Browser;
  let origin: string;
  beforeAll(async () => {
    [app, browser] = [await openApp(), await openBrowser()];
    origin = `http://127.0.0.1:${(app.app.getHttpServer().address() as { port: number }).port}`;
  });
  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  /** An answer as it is, which no client has unpacked. */
  const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    new Promise<Answer>((answered, failed) => {
      const sent = request(`${origin}${path}`, { method, headers }, (response) => {
        let bytes = 0;
        response.on('data', (part: Buffer) => (bytes += part.length));
        response.on('end', () => answered({ status: response.statusCode ?? 0, headers: response.headers, bytes }));
      });
      sent.on('error', failed);
      sent.end();
    });

  it('C6: the phone opens its first screen with at most 100 KB on the wire, every byte that the browser was sent counted', async () => {
    const { page, context, complaints } = await openWatchedPage(browser, origin, { serviceWorkers: 'allow' });
    const wire = await context.newCDPSession(page);
    const sizes: number[] = [];
    wire.on('Network.loadingFinished', ({ encodedDataLength }) => sizes.push(encodedDataLength));
    await wire.send('Network.enable');
    await goTo(page, '/sign-in');
    await page.locator('[name="password"]').waitFor();
    const kb = sizes.reduce((sum, size) => sum + size, 0) / 1_024;
    // Nothing was left uncounted: the page and what it loads; a browser without a window asks for no icon.
    expect(sizes.length).toBeGreaterThanOrEqual(measureFirstLoad().files.length);
    expect(kb).toBeGreaterThan(50);
    expect(kb).toBeLessThanOrEqual(100);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('C6: each file comes in the form that was asked for, named so, with a tag of its own', async () => {
    const { files: all } = measureFirstLoad();
    const file = `/${all.find(({ name }) => name.endsWith('.js'))?.name}`;
    for (const path of [file, '/', '/today', '/console/', '/sw.js']) {
      const [plain, gzip, brotli] = [
        await ask(path, { 'accept-encoding': 'identity' }),
        await ask(path, { 'accept-encoding': 'gzip' }),
        await ask(path, { 'accept-encoding': 'gzip, deflate, br' }),
      ];
      const forms = [plain, gzip, brotli].map(({ status, headers }) => [status, headers['content-encoding'], headers['vary']]);
      expect([path, ...forms]).toEqual([
        path,
        [200, undefined, expect.stringMatching(/accept-encoding/i)],
        [200, 'gzip', expect.stringMatching(/accept-encoding/i)],
        [200, 'br', expect.stringMatching(/accept-encoding/i)],
      ]);
      expect([path, brotli.bytes < gzip.bytes, gzip.bytes < plain.bytes]).toEqual([path, true, true]);
      const types = new Set([plain, gzip, brotli].map(({ headers }) => headers['content-type']));
      const tags = new Set([plain, gzip, brotli].map(({ headers }) => headers['etag']));
      expect([path, types.size, tags.size]).toEqual([path, 1, 3]);
      const known = await ask(path, { 'accept-encoding': 'br', 'if-none-match': String(brotli.headers['etag']) });
      expect([path, known.status, known.bytes]).toEqual([path, 304, 0]);
      const head = await ask(path, { 'accept-encoding': 'br' }, 'HEAD');
      expect([path, head.status, head.bytes, head.headers['content-encoding']]).toEqual([path, 200, 0, 'br']);
    }
    const part = await ask(file, { 'accept-encoding': 'identity', range: 'bytes=0-9' });
    expect([part.status, part.bytes]).toEqual([206, 10]);
    expect((await ask(`${file}.br`)).status).toBe(404);
    expect((await ask('/icon-192.png', { 'accept-encoding': 'br' })).headers['content-encoding']).toBeUndefined();
  });
});
