import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openBrowser, openPageCity, openWatchedPage, type PageCity, signIn, type Watched, wordsOf } from '@timebank/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';

const t = wordsOf('apps/web/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');
const minute = 60_000;

type Seen = {
  state: string;
  capturedIn: string | null;
  capturedOut: string | null;
  exceptions: { code: string; parameters: Record<string, unknown> }[];
  events: { eventId: string; kind: string; outcome: string; code: string | null }[];
};

describe('a phone without network', () => {
  let city: PageCity;
  let browser: Browser;
  let visitId: string;
  let phone: Watched;
  let puts: string[];

  const seen = async () => (await city.volunteer.caller.get(`/api/banks/${city.bankId}/visits/${visitId}`).expect(200)).body as Seen;
  const scansOf = (visit: Seen, kind: string) => visit.events.filter((event) => event.kind === kind);
  const started = t('scan.started', { time: '' });
  const ended = t('scan.endedAt', { time: '' });

  /** A phone whose own clock a spec can set: `localStorage.skew` milliseconds ahead. */
  async function open(): Promise<Watched> {
    const watched = await openWatchedPage(browser, city.origin);
    await watched.context.addInitScript(() => {
      const honest = Date.now.bind(Date);
      Date.now = () => honest() + Number(localStorage.getItem('skew') ?? 0);
    });
    watched.context.on('request', (request) => {
      if (request.method() === 'PUT' && request.url().includes('/scans/')) puts.push(request.url().split('/scans/')[1] ?? '');
    });
    return watched;
  }

  const setAhead = (page: Page, minutes: number) => page.evaluate((skew) => localStorage.setItem('skew', String(skew)), minutes * minute);

  /** Signed in, with the app and the day's visits on the phone. */
  async function prepare({ page }: Watched): Promise<void> {
    const bundle = page.waitForResponse((response) => response.url().endsWith('/api/me/day-bundle') && response.ok());
    const key = page.waitForResponse((response) => response.url().includes('/api/me/devices/') && response.ok());
    await page.goto('/sign-in');
    await signIn(page, city.volunteer);
    await page.getByRole('link', { name: t('visit.scanIn') }).waitFor();
    await Promise.all([bundle, key]);
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      if (!navigator.serviceWorker.controller) {
        await new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done, { once: true }));
      }
    });
  }

  async function scan(page: Page, sentence: string): Promise<void> {
    await page.goto(`/scan/${visitId}`);
    await page.locator('[name="card"]').fill(city.card.code);
    await page.getByRole('button', { name: t('scan.send'), exact: true }).click();
    await page.getByRole('heading', { level: 1, name: sentence }).waitFor();
  }

  /** Puts the phone away and takes it out again: what it knows is what it kept. */
  async function restart(context: BrowserContext, page: Page): Promise<Page> {
    await page.close();
    return context.newPage();
  }

  const uploaded = async (page: Page) => {
    await page.goto('/scan/kept');
    await page.getByText(t('kept.none')).waitFor();
  };

  const picture = async (page: Page, name: string) => {
    if (process.env['PICTURES']) await page.screenshot({ path: join(process.env['PICTURES'], `${name}.png`) });
  };

  beforeAll(async () => {
    browser = await openBrowser();
  }, 60_000);
  afterAll(() => browser.close());
  beforeEach(async () => {
    city = await openPageCity();
    visitId = await city.take(await city.ask('company', 0));
    puts = [];
    phone = await open();
    await prepare(phone);
  }, 60_000);
  afterEach(async () => {
    await phone.context.close();
    await city.app.close();
  });

  it('scans in and out, is put away in between, and uploads both once with their times', async () => {
    const { context, complaints } = phone;
    let { page } = phone;
    const begun = city.app.clock.now().getTime();
    await context.setOffline(true);
    await scan(page, started);
    await page.getByText(t('scan.kept')).waitFor();
    await picture(page, 'offline-started');
    page = await restart(context, page);
    await page.goto('/today');
    await page.getByRole('link', { name: t('visit.scanOut') }).waitFor();
    await picture(page, 'offline-today');
    city.app.clock.advance(45);
    await setAhead(page, 45);
    await scan(page, ended);
    await page.goto('/scan/kept');
    await page.getByRole('article').nth(1).waitFor();
    expect(await page.getByRole('article').count()).toBe(2);
    await picture(page, 'offline-kept');
    expect(await seen()).toMatchObject({ state: 'planned', capturedIn: null });

    city.app.clock.advance(60);
    await context.setOffline(false);
    await page.getByText(t('kept.none')).waitFor();
    const visit = await seen();
    expect(scansOf(visit, 'in')).toHaveLength(1);
    expect(scansOf(visit, 'out')).toHaveLength(1);
    const after = (at: string | null) => Math.round((Date.parse(at ?? '') - begun) / minute);
    expect([after(visit.capturedIn), after(visit.capturedOut)]).toEqual([0, 45]);
    const codes = visit.exceptions.map(({ code }) => code);
    expect(codes).toContain('OFFLINE');
    expect(codes).not.toContain('CLOCK_SKEW');
    expect(codes).not.toContain('NEW_DEVICE');
    expect(complaints).toEqual([]);
  }, 60_000);

  it('sends again when answers are lost, and the visit starts once', async () => {
    const { page } = phone;
    await page.route(
      /\/scans\//,
      async (route) => {
        await route.fetch();
        await route.abort();
      },
      { times: 2 },
    );
    await scan(page, started);
    await page.getByText(t('scan.arrived')).waitFor();
    const visit = await seen();
    expect(
      scansOf(visit, 'in')
        .map(({ outcome }) => outcome)
        .sort(),
    ).toEqual(['accepted', 'duplicate']);
    // The direct event once, then the kept one until it is answered.
    expect(new Set(puts).size).toBe(2);
    expect(puts.filter((id) => id === puts[0])).toHaveLength(1);
    expect(visit.exceptions.map(({ code }) => code)).not.toContain('OFFLINE');
  }, 60_000);

  it('uploads from one of two tabs', async () => {
    const { page, context } = phone;
    await context.setOffline(true);
    await scan(page, started);
    const other = await context.newPage();
    await other.goto('/today');
    const waiting = other.getByRole('link', { name: t('kept.unsent', { count: 1 }) });
    await waiting.waitFor();
    const answered: string[] = [];
    context.on('response', (response) => response.url().includes('/scans/') && answered.push(response.url()));
    await context.setOffline(false);
    await Promise.all([page.getByText(t('scan.arrived')).waitFor(), waiting.waitFor({ state: 'detached' })]);
    expect(answered).toHaveLength(1);
    expect(scansOf(await seen(), 'in')).toHaveLength(1);
  }, 60_000);

  it('with its clock an hour ahead is flagged for that once, and counted with the time that the server can vouch for', async () => {
    const { page, context } = phone;
    await context.setOffline(true);
    await setAhead(page, 60);
    await scan(page, started);
    await context.setOffline(false);
    await uploaded(page);
    city.app.clock.advance(45);
    await page.reload();
    await scan(page, t('scan.ended', { minutes: '' }).slice(0, 3));
    const { exceptions, capturedIn } = await seen();
    expect(exceptions.filter(({ code }) => code === 'CLOCK_SKEW')).toHaveLength(1);
    expect(Date.parse(capturedIn ?? '')).toBeLessThanOrEqual(city.app.clock.now().getTime() - 45 * minute);
  }, 60_000);

  it('keeps what the server cannot count in view until it was read', async () => {
    const { page, context } = phone;
    await context.setOffline(true);
    await scan(page, started);
    await city.volunteer.caller.post(`/api/banks/${city.bankId}/visits/${visitId}/cancel`).expect(200);
    await context.setOffline(false);
    await page.getByRole('link', { name: t('kept.boxed', { count: 1 }) }).click();
    await page.getByText(t('refusals.visits/not_scannable')).waitFor();
    await page.getByText(t('kept.beforeDesk')).waitFor();
    await picture(page, 'offline-boxed');
    await page.getByRole('button', { name: t('kept.read') }).click();
    await page.getByText(t('kept.none')).waitFor();
  }, 60_000);

  it('opens behind a printed card and asks which visit it is', async () => {
    const { page, context } = phone;
    await context.setOffline(true);
    await page.goto(`/s/${city.card.url.split('/s/')[1]}`);
    await page.getByText(t('landing.offline')).waitFor();
    await picture(page, 'offline-card');
    await page.getByRole('button', { name: t('landing.start') }).click();
    await page.getByRole('heading', { level: 1, name: started }).waitFor();
    await context.setOffline(false);
    await uploaded(page);
    expect(await seen()).toMatchObject({ state: 'in_progress' });
  }, 60_000);

  it('keeps a scan for the person who made it: not shown to the next one, sent when they are back', async () => {
    const { page, context } = phone;
    await context.setOffline(true);
    await scan(page, started);
    await page.route(/\/scans\//, (route) => route.abort());
    await context.setOffline(false);
    await page.goto('/settings');
    await page.getByRole('button', { name: t('settings.signOut'), exact: true }).click();
    await page.waitForURL('**/sign-in**');
    await page.unroute(/\/scans\//);
    puts = [];
    await signIn(page, city.coordinator);
    await page.waitForURL('**/today');
    await page.getByRole('link', { name: t('settings.open') }).waitFor();
    await page.goto('/scan/kept');
    await page.getByText(t('kept.none')).waitFor();
    expect(puts).toEqual([]);
    await page.goto('/settings');
    await page.getByRole('button', { name: t('settings.signOut'), exact: true }).click();
    await page.waitForURL('**/sign-in**');
    await signIn(page, city.volunteer);
    await page.getByRole('link', { name: t('visit.scanOut') }).waitFor();
    await uploaded(page);
    expect(scansOf(await seen(), 'in').map(({ outcome }) => outcome)).toEqual(['accepted']);
  }, 60_000);

  it('says so when the phone can keep nothing, and sends the same scan again', async () => {
    const { context } = phone;
    await context.addInitScript(() => Object.defineProperty(globalThis, 'indexedDB', { value: undefined }));
    const page = await restart(context, phone.page);
    await page.route(
      /\/scans\//,
      async (route) => {
        await route.fetch();
        await route.abort();
      },
      { times: 1 },
    );
    await page.goto(`/scan/${visitId}`);
    await page.locator('[name="card"]').fill(city.card.code);
    await page.getByRole('button', { name: t('scan.send'), exact: true }).click();
    await page.getByText(t('scan.broken')).waitFor();
    await picture(page, 'offline-broken');
    await page.getByRole('button', { name: t('scan.sendAgain') }).click();
    await page.getByRole('heading', { level: 1, name: started }).waitFor();
    expect(new Set(puts).size).toBe(1);
    expect(scansOf(await seen(), 'in').map(({ outcome }) => outcome)).toEqual(['accepted']);
  }, 60_000);
});
