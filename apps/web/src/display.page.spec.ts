import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { openBrowser, openPageCity, openWatchedPage, type PageCity, signIn, wordsOf } from '@timebank/testing';
import type { Browser } from 'playwright-core';

const t = wordsOf('apps/web/src/locales/zh-Hans.json');

describe("a service point's screen", () => {
  let city: PageCity;
  let browser: Browser;
  let visitId: string;
  let displayId: string;
  let screen: string;
  beforeAll(async () => {
    city = await openPageCity();
    visitId = await city.take(await city.ask('company', 0));
    displayId = newId();
    const { body } = await city.coordinator.caller.put(`/api/banks/${city.bankId}/displays/${displayId}`, { name: 'Tea room' }).expect(201);
    screen = new URL((body as { screenUrl: string }).screenUrl).pathname;
    browser = await openBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  it('shows a code to anyone, and a volunteer who opens it starts the visit with one button', async () => {
    const { page, context } = await openWatchedPage(browser, city.origin);
    await page.goto(screen);
    await page.getByRole('heading', { level: 1, name: 'Tea room' }).waitFor();
    const code = new URL((await page.locator('[data-code]').getAttribute('data-code')) ?? '').pathname;
    expect(code).toMatch(/^\/r\//);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);

    await page.goto(code);
    await page.getByRole('link', { name: t('landing.signIn') }).click();
    await signIn(page, city.volunteer);
    await page.getByRole('button', { name: t('landing.start') }).click();
    await page.getByRole('heading', { level: 1, name: t('scan.started', { time: '' }) }).waitFor();
    const { body } = await city.volunteer.caller.get(`/api/banks/${city.bankId}/visits/${visitId}`).expect(200);
    expect((body as { events: { via: string }[] }).events.at(-1)).toMatchObject({ kind: 'in', via: 'rotating', outcome: 'accepted' });
    await context.close();
  }, 40_000);

  it('is dark once it was closed', async () => {
    await city.coordinator.caller.delete(`/api/banks/${city.bankId}/displays/${displayId}`).expect(200);
    const { page, context } = await openWatchedPage(browser, city.origin);
    await page.goto(screen);
    await page.getByText(t('screen.closed')).waitFor();
    expect(await page.locator('[data-code]').count()).toBe(0);
    await context.close();
  }, 30_000);
});
