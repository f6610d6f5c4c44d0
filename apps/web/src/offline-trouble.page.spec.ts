import { createHash } from 'node:crypto';
import {
  cpSync,
  createReadStream,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer, request as ask, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { OfflinePhone, openBrowser, openBrowserWithCamera, openPageCity, type PageCity, seenVisit, wordsOf } from '@timebank/testing';
import type { Browser } from 'playwright-core';

const t = wordsOf('apps/web/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');
const started = t('scan.started', { time: '' });
const keptIn = t('scan.keptIn', { time: '' });
const keptOut = t('scan.keptOut', { time: '' });
const hour = 60;
const types: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

/** Serves a build of the phone app in front of a city's API. Deploying another one takes the files of the first away. */
class Deployment {
  private constructor(
    private readonly server: Server,
    private folder: string,
  ) {}

  static async open(city: PageCity): Promise<Deployment> {
    const deployment: Deployment = new Deployment(
      createServer((request, response) => {
        const path = new URL(request.url ?? '/', city.origin).pathname;
        if (path.startsWith('/api/')) {
          const { method = 'GET', headers, url } = request;
          const passed = ask(new URL(url ?? '/', city.origin), { method, headers }, (answer) => {
            response.writeHead(answer.statusCode ?? 500, answer.headers);
            answer.pipe(response);
          });
          request.pipe(passed);
          return;
        }
        const file = join(deployment.folder, path);
        const found =
          existsSync(file) && statSync(file).isFile() ? file : extname(path) === '' ? join(deployment.folder, 'index.html') : null;
        if (!found) response.writeHead(404).end();
        else {
          response.writeHead(200, { 'content-type': types[extname(found)] ?? 'text/plain', 'cache-control': 'no-cache' });
          createReadStream(found).pipe(response);
        }
      }),
      'dist/web',
    );
    await new Promise<void>((listening) => deployment.server.listen(0, '127.0.0.1', listening));
    return deployment;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as { port: number }).port}`;
  }

  deploy(folder: string): void {
    this.folder = folder;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

/** The same build under other addresses: a new version to every phone, without the minute that a second build takes. */
function laterBuild(): string {
  const later = mkdtempSync(join(tmpdir(), 'timebank-later-'));
  cpSync('dist/web', later, { recursive: true, filter: (file) => !/\.(br|gz)$/.test(file) });
  renameSync(join(later, 'assets'), join(later, 'later'));
  const moved = (name: string) => {
    const text = readFileSync(join(later, name), 'utf8').replaceAll('assets/', 'later/');
    writeFileSync(join(later, name), text);
    return text;
  };
  for (const name of readdirSync(join(later, 'later'))) if (/\.(js|css)$/.test(name)) moved(join('later', name));
  const revision = createHash('sha256').update(moved('index.html')).digest('hex').slice(0, 32);
  const worker = moved('sw.js');
  const renewed = worker.replace(/(url:"index\.html",revision:")[0-9a-f]+|(revision:")[0-9a-f]+(",url:"index\.html)/, `$1$2${revision}$3`);
  expect(renewed).not.toBe(worker);
  writeFileSync(join(later, 'sw.js'), renewed);
  return later;
}

describe('a phone without network, in trouble', () => {
  let city: PageCity;
  let browser: Browser;
  let visitId: string;
  beforeEach(async () => {
    city = await openPageCity();
    visitId = await city.take(await city.ask('company', 0));
  });
  afterEach(async () => {
    await browser.close();
    await city.app.close();
  });

  const scanOutcomes = async () =>
    (await seenVisit(city, visitId)).events.filter(({ kind }) => kind !== 'plan').map(({ kind, outcome }) => `${kind} ${outcome}`);
  const codesOf = async () => new Map((await seenVisit(city, visitId)).exceptions.map(({ code, lane }) => [code, lane]));

  it('uploads after 73 hours: the times are counted once, and the delay is what a coordinator must look into', async () => {
    browser = await openBrowser();
    const phone = await OfflinePhone.open(browser, city);
    const begun = city.app.clock.now().getTime();
    await phone.setOffline(true);
    await phone.scan(visitId, keptIn);
    city.app.clock.advance(50);
    await phone.setAhead(50);
    await phone.restart();
    await phone.scan(visitId, keptOut);
    city.app.clock.advance(73 * hour);
    await phone.setAhead(50 + 73 * hour);
    await phone.restart();
    await phone.page.goto('/scan/kept');
    await phone.page.getByRole('article').nth(1).waitFor();
    await phone.setOffline(false);
    await phone.page.getByText(t('kept.none')).waitFor();
    expect(await phone.scannedAfter(begun, visitId, [0, 50])).toEqual([0, 50]);
    expect(await seenVisit(city, visitId)).toMatchObject({ state: 'needs_fix' });
    expect(await scanOutcomes()).toEqual(['in accepted', 'out accepted']);
    const codes = await codesOf();
    expect([codes.get('LATE_SYNC'), codes.get('OFFLINE'), codes.has('CLOCK_SKEW')]).toEqual(['red', 'info', false]);
  });

  it('says so when its storage is full, keeps the page, and sends the same scan once there is signal', async () => {
    browser = await openBrowser();
    const phone = await OfflinePhone.open(browser, city);
    // As a browser does at the commit: the transaction is aborted, and its error says why.
    await phone.context.addInitScript(() => {
      const add = IDBObjectStore.prototype.add;
      IDBObjectStore.prototype.add = function addToFullDisk(this: IDBObjectStore, ...values: Parameters<typeof add>) {
        const request = add.apply(this, values);
        Object.defineProperty(this.transaction, 'error', { value: new DOMException('full', 'QuotaExceededError') });
        request.addEventListener('success', () => this.transaction.abort());
        return request;
      };
    });
    await phone.page.goto(`/scan/${visitId}`);
    await phone.page.locator('[name="card"]').fill(city.card.code);
    await phone.setOffline(true);
    await phone.page.getByRole('button', { name: t('scan.send'), exact: true }).click();
    await phone.page.getByText(t('scan.full')).waitFor();
    await phone.picture('offline-full');
    expect(await seenVisit(city, visitId)).toMatchObject({ state: 'planned' });
    city.app.clock.advance(2);
    await phone.setOffline(false);
    await phone.page.getByRole('button', { name: t('scan.sendAgain') }).click();
    await phone.page.getByRole('heading', { level: 1, name: started }).waitFor();
    expect(await seenVisit(city, visitId)).toMatchObject({ state: 'in_progress' });
    expect(new Set(phone.puts).size).toBe(1);
  });

  it('reads the card with its camera, with no network and after a restart', async () => {
    browser = await openBrowserWithCamera(city.card.svg);
    const phone = await OfflinePhone.open(browser, city, { permissions: ['camera'] });
    await phone.setOffline(true);
    await phone.restart();
    await phone.page.goto('/today');
    await phone.page.getByRole('link', { name: t('visit.scanIn') }).click();
    await phone.page.getByRole('heading', { level: 1, name: keptIn }).waitFor();
    await phone.page.getByText(t('scan.kept')).waitFor();
    await phone.setOffline(false);
    await phone.uploaded();
    expect(await seenVisit(city, visitId)).toMatchObject({ state: 'in_progress' });
    expect(phone.complaints).toEqual([]);
  });

  it('opens and scans after a new version was deployed in between, and keeps its scans through taking it', async () => {
    const later = laterBuild();
    const deployment = await Deployment.open(city);
    try {
      browser = await openBrowser();
      const phone = await OfflinePhone.open(browser, city, { origin: deployment.origin });
      const scripts = () =>
        phone.page.evaluate(() =>
          [...document.scripts].filter(({ src }) => src !== '').map(({ src }) => new URL(src).pathname.split('/')[1]),
        );
      const begun = city.app.clock.now().getTime();
      await phone.setOffline(true);
      await phone.scan(visitId, keptIn);

      // Signal for a moment, not enough for the scan: the new version arrives, the files of the old one are gone.
      deployment.deploy(later);
      await phone.context.route(/\/scans\//, (route) => route.abort());
      await phone.setOffline(false);
      await phone.page.goto('/today');
      await phone.page.evaluate(async () => {
        const registration = await navigator.serviceWorker.ready;
        await registration.update();
      });
      const take = phone.page.getByRole('button', { name: t('banner.update') });
      await take.waitFor();
      await phone.setOffline(true);
      await phone.context.unroute(/\/scans\//);

      // The old version goes on, with pages that it had not opened yet.
      city.app.clock.advance(45);
      await phone.setAhead(45);
      await phone.scan(visitId, keptOut);
      expect(await scripts()).toEqual(['assets']);

      // The new one is taken without network: it has every page and both scans, also after the phone was off.
      await take.click();
      await phone.page.waitForFunction(() =>
        [...document.scripts].every(({ src }) => src === '' || new URL(src).pathname.startsWith('/later/')),
      );
      await phone.restart();
      await phone.page.goto('/scan/kept');
      await phone.page.getByRole('article').nth(1).waitFor();
      expect(await scripts()).toEqual(['later']);
      await phone.setOffline(false);
      await phone.page.getByText(t('kept.none')).waitFor();
      expect(await phone.scannedAfter(begun, visitId, [0, 45])).toEqual([0, 45]);
      expect(await scanOutcomes()).toEqual(['in accepted', 'out accepted']);
      expect(phone.complaints).toEqual([]);
    } finally {
      deployment.close();
      rmSync(later, { recursive: true, force: true });
    }
  });
});
