import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openBrowser, openPageCity, openWatchedPage, type PageCity, seenVisit, signIn, type WatchedPage, wordsOf } from '@timebank/testing';
import type { Browser, Page } from 'playwright-core';

const t = wordsOf('apps/web/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');

describe('a scan that looks like a slip', () => {
  let city: PageCity;
  let browser: Browser;
  let watched: WatchedPage;
  let place: string;
  let visitId: string;
  beforeAll(async () => {
    city = await openPageCity();
    place = `/s/${city.card.url.split('/s/')[1]}`;
    browser = await openBrowser();
    watched = await openWatchedPage(browser, city.origin);
    // The phone's own clock can be stopped, so that ten seconds last as long as a busy machine needs.
    await watched.context.addInitScript(() => {
      const honest = Date.now.bind(Date);
      Date.now = () => Number(localStorage.getItem('stopped')) || honest();
    });
    visitId = await city.take(await city.ask('company', 146));
    const bundle = watched.page.waitForResponse((response) => response.url().endsWith('/api/me/day-bundle') && response.ok());
    await watched.page.goto(place);
    await watched.page.getByRole('link', { name: t('landing.signIn') }).click();
    await signIn(watched.page, city.volunteer);
    await bundle;
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  const press = () => watched.page.locator('button.big').click();
  const question = (why: string) => watched.page.locator(`[data-doubt="${why}"]`);
  const button = (key: string) => watched.page.getByRole('button', { name: t(key) });
  const rows = async (kind: 'in' | 'out') => (await seenVisit(city, visitId)).events.filter((event) => event.kind === kind).length;

  it('C4: a start far from its plan is asked about, and either answer is taken', async () => {
    const { page } = watched;
    await press();
    await question('early').waitFor();
    await page.getByRole('link', { name: t('doubt.farNo') }).click();
    await page.waitForURL('**/today');
    expect(await rows('in')).toBe(0);
    await page.goto(place);
    await press();
    await button('doubt.farYes').click();
    await page.locator('[data-standing="counted"]').waitFor();
    expect(await seenVisit(city, visitId)).toMatchObject({ state: 'in_progress' });
  });

  const stop = (page: Page, moreMs = 0) => page.evaluate((more) => localStorage.setItem('stopped', String(Date.now() + more)), moreMs);

  it('C4: an end after a few minutes is asked about, and can be taken back before it is sent', async () => {
    const { page } = watched;
    city.app.clock.advance(3);
    await page.goto(place);
    await press();
    await question('short').waitFor();
    await page.getByRole('link', { name: t('doubt.shortNo') }).click();
    await page.waitForURL('**/today');
    await page.goto(place);
    await press();
    await stop(page);
    await button('doubt.shortYes').click();
    await page.locator('[data-standing="kept"]').waitFor();
    await page.getByRole('button', { name: t('visit.undo', { seconds: 10 }) }).click();
    await page.getByRole('heading', { level: 1, name: t('scan.takenBack') }).waitFor();
    expect([await rows('out'), await page.locator('[data-line="kept"]').count()]).toEqual([0, 0]);
    await page.goto('/scan/kept');
    await page.getByText(t('kept.none')).waitFor();
  });

  it('C4: without network it is asked as well; closed while it is held the scan is not lost, and counts from the press', async () => {
    const { page, context } = watched;
    await page.goto(place);
    await page.locator('button.big').waitFor();
    const pressed = city.app.clock.now().getTime();
    await context.setOffline(true);
    await press();
    await stop(page);
    await button('doubt.shortYes').click();
    await page.locator('[data-standing="kept"]').waitFor();
    await page.locator('[data-line="kept"]').waitFor();
    await page.close();
    expect(await rows('out')).toBe(0);
    city.app.clock.advance(6);
    await context.setOffline(false);
    const reopened = await context.newPage();
    const sent = reopened.waitForResponse((response) => response.url().includes('/scans/') && response.ok());
    await reopened.goto('/documents');
    await stop(reopened, 10_000);
    await reopened.evaluate(() => dispatchEvent(new Event('online')));
    await sent;
    const { capturedOut } = await seenVisit(city, visitId);
    expect(await rows('out')).toBe(1);
    expect(Math.abs(Date.parse(capturedOut ?? '') - pressed)).toBeLessThan(5 * 60_000);
    expect(watched.complaints).toEqual([]);
  });
});
