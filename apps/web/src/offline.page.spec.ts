import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  OfflinePhone,
  openApp,
  openBrowser,
  openPageCity,
  type PageCity,
  seenVisit,
  signIn,
  type TestApp,
  wordsOf,
} from '@timebank/testing';
import type { Browser } from 'playwright-core';

const t = wordsOf('apps/web/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');
const started = t('scan.started', { time: '' });
const keptIn = t('scan.keptIn', { time: '' });
const keptOut = t('scan.keptOut', { time: '' });
const minute = 60_000;

describe('a phone without network', () => {
  let app: TestApp;
  let city: PageCity;
  let browser: Browser;
  let visitId: string;
  let phone: OfflinePhone;

  const seen = () => seenVisit(city, visitId);
  const scansOf = (visit: Awaited<ReturnType<typeof seen>>, kind: string) => visit.events.filter((event) => event.kind === kind);

  beforeAll(async () => {
    app = await openApp();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await app.close();
  });
  // One phone with the app on it, and each time another bank's volunteer has it.
  beforeEach(async () => {
    city = await openPageCity(app);
    visitId = await city.take(await city.ask('company', 0));
    if (phone) await phone.handOn(city);
    else phone = await OfflinePhone.open(browser, city);
  });

  it('scans in and out, is put away in between, and uploads both once with their times', async () => {
    const begun = city.app.clock.now().getTime();
    await phone.setOffline(true);
    await phone.scan(visitId, keptIn);
    await phone.page.getByText(t('scan.kept')).waitFor();
    await phone.picture('offline-started');
    // Before the page closes: what it sends on its way out no longer obeys the browser's offline mode.
    expect(await seen()).toMatchObject({ state: 'planned', capturedIn: null });
    await phone.restart();
    const { page, context, complaints } = phone;
    await page.goto('/today');
    await page.getByRole('link', { name: t('visit.scanOut') }).waitFor();
    await phone.picture('offline-today');
    city.app.clock.advance(45);
    await phone.setAhead(45);
    await phone.scan(visitId, keptOut);
    await page.goto('/scan/kept');
    await page.getByRole('article').nth(1).waitFor();
    expect(await page.getByRole('article').count()).toBe(2);
    await phone.picture('offline-kept');

    city.app.clock.advance(60);
    await context.setOffline(false);
    await page.getByText(t('kept.none')).waitFor();
    const visit = await seen();
    expect(scansOf(visit, 'in')).toHaveLength(1);
    expect(scansOf(visit, 'out')).toHaveLength(1);
    expect(await phone.scannedAfter(begun, visitId, [0, 45])).toEqual([0, 45]);
    const codes = visit.exceptions.map(({ code }) => code);
    expect(codes).toContain('OFFLINE');
    expect(codes).not.toContain('CLOCK_SKEW');
    expect(codes).not.toContain('NEW_DEVICE');
    expect(complaints).toEqual([]);
  });

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
    await phone.scan(visitId, started);
    await page.getByText(t('scan.arrived')).waitFor();
    const visit = await seen();
    expect(
      scansOf(visit, 'in')
        .map(({ outcome }) => outcome)
        .sort(),
    ).toEqual(['accepted', 'duplicate']);
    // The direct event once, then the kept one until it is answered.
    expect(new Set(phone.puts).size).toBe(2);
    expect(phone.puts.filter((id) => id === phone.puts[0])).toHaveLength(1);
    expect(visit.exceptions.map(({ code }) => code)).not.toContain('OFFLINE');
  });

  it('uploads from one of two tabs', async () => {
    const { page, context } = phone;
    await context.setOffline(true);
    await phone.scan(visitId, keptIn);
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
  });

  it('with its clock most of an hour ahead is flagged for that once, and counted with the time that the server can vouch for', async () => {
    const { page, context } = phone;
    await context.setOffline(true);
    await phone.setAhead(50);
    await phone.scan(visitId, keptIn);
    await context.setOffline(false);
    await phone.uploaded();
    city.app.clock.advance(45);
    await page.reload();
    await phone.scan(visitId, t('scan.thanks', { name: '', minutes: '' }).slice(0, 2));
    const { exceptions, capturedIn } = await seen();
    expect(exceptions.filter(({ code }) => code === 'CLOCK_SKEW')).toHaveLength(1);
    expect(Date.parse(capturedIn ?? '')).toBeLessThanOrEqual(city.app.clock.now().getTime() - 45 * minute);
  });

  it('keeps what the server cannot count in view until it was read', async () => {
    const { page, context } = phone;
    await context.setOffline(true);
    await phone.scan(visitId, keptIn);
    await city.volunteer.caller.post(`/api/banks/${city.bankId}/visits/${visitId}/cancel`).expect(200);
    await context.setOffline(false);
    await page.getByRole('link', { name: t('kept.boxed', { count: 1 }) }).click();
    await page.getByText(t('refusals.visits/not_scannable')).waitFor();
    await page.getByText(t('kept.beforeDesk')).waitFor();
    await phone.picture('offline-boxed');
    await page.getByRole('button', { name: t('kept.read') }).click();
    await page.getByText(t('kept.none')).waitFor();
  });

  it('opens behind a printed card and asks which visit it is', async () => {
    const { page, context } = phone;
    await context.setOffline(true);
    await page.goto(`/s/${city.card.url.split('/s/')[1]}`);
    await page.getByText(t('landing.offline')).waitFor();
    await phone.picture('offline-card');
    await page.getByRole('button', { name: t('landing.start') }).click();
    await page.getByRole('heading', { level: 1, name: keptIn }).waitFor();
    await context.setOffline(false);
    await phone.uploaded();
    expect(await seen()).toMatchObject({ state: 'in_progress' });
  });

  it('keeps a scan for the person who made it: not shown to the next one, sent when they are back', async () => {
    const { page, context } = phone;
    await context.setOffline(true);
    await phone.scan(visitId, keptIn);
    await page.route(/\/scans\//, (route) => route.abort());
    await context.setOffline(false);
    await page.goto('/settings');
    await page.getByRole('button', { name: t('settings.signOut'), exact: true }).click();
    await page.waitForURL('**/sign-in**');
    await page.unroute(/\/scans\//);
    phone.puts = [];
    await signIn(page, city.coordinator);
    await page.waitForURL('**/today');
    await page.getByRole('link', { name: t('settings.open') }).waitFor();
    await page.goto('/scan/kept');
    await page.getByText(t('kept.none')).waitFor();
    expect(phone.puts).toEqual([]);
    await page.goto('/settings');
    await page.getByRole('button', { name: t('settings.signOut'), exact: true }).click();
    await page.waitForURL('**/sign-in**');
    await signIn(page, city.volunteer);
    await page.getByRole('link', { name: t('visit.scanOut') }).waitFor();
    await phone.uploaded();
    expect(scansOf(await seen(), 'in').map(({ outcome }) => outcome)).toEqual(['accepted']);
  });

  it('says so when the phone can keep nothing, and sends the same scan again', async () => {
    const { context } = phone;
    await context.addInitScript(() => Object.defineProperty(globalThis, 'indexedDB', { value: undefined }));
    await phone.restart();
    const { page } = phone;
    await page.route(
      /\/scans\//,
      async (route) => {
        await route.fetch();
        await route.abort();
      },
      { times: 1 },
    );
    await phone.type(visitId);
    await page.getByText(t('scan.broken')).waitFor();
    await phone.picture('offline-broken');
    await page.getByRole('button', { name: t('scan.sendAgain') }).click();
    await page.getByRole('heading', { level: 1, name: started }).waitFor();
    expect(new Set(phone.puts).size).toBe(1);
    expect(scansOf(await seen(), 'in').map(({ outcome }) => outcome)).toEqual(['accepted']);
  });
});
