import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openBrowser, openPageCity, openWatchedPage, type PageCity, signIn, wordsOf } from '@timebank/testing';
import type { Browser } from 'playwright-core';

const t = wordsOf('apps/web/src/locales/zh-Hans.json');
const desk = wordsOf('apps/console/src/locales/zh-Hans.json');

describe("a service point's screen", () => {
  let city: PageCity;
  let browser: Browser;
  let visitId: string;
  let screen: string;
  beforeAll(async () => {
    city = await openPageCity();
    visitId = await city.take(await city.ask('company', 0));
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  it('is opened at the desk, which shows its address once', async () => {
    const { page, context } = await openWatchedPage(browser, city.origin, { viewport: { width: 1_280, height: 800 } });
    await page.goto('/console/sign-in');
    await signIn(page, city.coordinator);
    await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
    await page.goto('/console/displays');
    await page.getByLabel(desk('displays.name')).fill('Tea room');
    await page.getByRole('button', { name: desk('displays.open'), exact: true }).click();
    const address = page.getByRole('status').getByRole('link');
    screen = new URL((await address.getAttribute('href')) ?? '').pathname;
    await page.reload();
    await page.getByRole('button', { name: `${desk('displays.close')} Tea room` }).waitFor();
    expect(await address.count()).toBe(0);
    await context.close();
  });

  it('shows a code to anyone, and a volunteer who opens it starts the visit with one button', async () => {
    const { page, context } = await openWatchedPage(browser, city.origin);
    await page.goto(screen);
    await page.getByRole('heading', { level: 1, name: 'Tea room' }).waitFor();
    const code = new URL((await page.locator('[data-code]').getAttribute('data-code')) ?? '').pathname;
    expect(code).toMatch(/^\/r\//);
    expect(await page.locator('[data-typed]').innerText()).toMatch(/^.{4}-.{4}$/);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);

    await page.goto(code);
    await page.getByRole('link', { name: t('landing.signIn') }).click();
    await signIn(page, city.volunteer);
    await page.getByRole('button', { name: t('landing.start') }).click();
    await page.getByRole('heading', { level: 1, name: t('scan.started', { time: '' }) }).waitFor();
    const { body } = await city.volunteer.caller.get(`/api/banks/${city.bankId}/visits/${visitId}`).expect(200);
    expect((body as { events: { via: string }[] }).events.at(-1)).toMatchObject({ kind: 'in', via: 'rotating', outcome: 'accepted' });
    await context.close();
  });

  it('is dark once it was closed', async () => {
    const { items } = (await city.coordinator.caller.get(`/api/banks/${city.bankId}/displays`).expect(200)).body as {
      items: { displayId: string }[];
    };
    await city.coordinator.caller.delete(`/api/banks/${city.bankId}/displays/${items[0]?.displayId}`).expect(200);
    const { page, context } = await openWatchedPage(browser, city.origin);
    await page.goto(screen);
    await page.getByText(t('screen.closed')).waitFor();
    expect(await page.locator('[data-code]').count()).toBe(0);
    await context.close();
  });
});
