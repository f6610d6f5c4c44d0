import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openBrowser, openPageCity, openWatchedPage, type PageCity, signIn, wordsOf } from '@timebank/testing';
import ICAL from 'ical.js';
import type { Browser } from 'playwright-core';

const t = wordsOf('apps/web/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');

describe("one's visits in the calendar of the phone", () => {
  let city: PageCity;
  let browser: Browser;
  beforeAll(async () => {
    city = await openPageCity();
    await city.take(await city.ask('company', 60));
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  it('stand under an address that is shown once, made anew and ended', async () => {
    const { page, context, complaints } = await openWatchedPage(browser, city.origin, { viewport: { width: 390, height: 844 } });
    await page.goto('/sign-in');
    await signIn(page, city.volunteer);
    await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
    await page.goto('/settings');
    const press = (key: string) => page.getByRole('button', { name: t(key), exact: true }).click();
    const address = page.locator('.address');
    await press('calendar.make');
    const url = await address.innerText();
    expect(await page.getByRole('link', { name: t('calendar.open') }).getAttribute('href')).toBe(url.replace('http:', 'webcal:'));
    await page.getByText(t('calendar.copy')).click();
    await page.getByText(t('calendar.copied')).waitFor();
    const path = new URL(url).pathname;
    const text = (await city.app.anybody.get(path).expect(200)).text;
    const events = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent');
    expect(events.map((event) => event.getFirstPropertyValue('status'))).toEqual(['CONFIRMED']);
    // A way to it is not shown again.
    await page.reload();
    await page.getByRole('button', { name: t('calendar.anew') }).waitFor();
    expect(await address.count()).toBe(0);
    await press('calendar.anew');
    await press('calendar.anewYes');
    const newer = new URL(await address.innerText()).pathname;
    expect(newer).not.toBe(path);
    await city.app.anybody.get(path).expect(404);
    await press('calendar.end');
    await press('calendar.endYes');
    await page.getByRole('button', { name: t('calendar.make') }).waitFor();
    await city.app.anybody.get(newer).expect(404);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
