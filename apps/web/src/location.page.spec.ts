import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openBrowser, openPageCity, openWatchedPage, type PageCity, signIn, wordsOf } from '@timebank/testing';
import type { Browser, Page } from 'playwright-core';

const t = wordsOf('apps/web/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');
const desk = wordsOf('apps/console/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');
/** Not the example under the field, which is on the screen before. */
const home = { latitude: 32.051234, longitude: 118.781234 };

describe('a phone that says where it is', () => {
  let city: PageCity;
  let browser: Browser;
  let visitId: string;
  beforeAll(async () => {
    city = await openPageCity();
    visitId = await city.take(await city.ask('company', 0));
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  const scan = async (page: Page) => {
    await page.goto(`/scan/${visitId}`);
    await page.getByRole('textbox').fill(city.card.code);
    await page.keyboard.press('Enter');
  };

  it('is believed about a home that the desk has recorded', async () => {
    const { page, context } = await openWatchedPage(browser, city.origin, { viewport: { width: 1_280, height: 900 } });
    await page.goto('/console/sign-in');
    await signIn(page, city.coordinator);
    await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
    await page.goto(`/console/members/${city.client.memberId}`);
    await page.getByLabel(desk('place.position')).fill('somewhere');
    await page.getByRole('button', { name: desk('place.save') }).click();
    await page.getByText(desk('place.malformed')).waitFor();
    await page.getByLabel(desk('place.position')).fill(`${home.latitude}, ${home.longitude}`);
    await page.getByLabel(desk('place.system')).selectOption('wgs84');
    await page.getByRole('button', { name: desk('place.save') }).click();
    await page.getByText(`${home.latitude}, ${home.longitude}`).waitFor();
    const { body } = await city.coordinator.caller.get(`/api/banks/${city.bankId}/members/${city.client.memberId}/place`).expect(200);
    expect(body).toEqual({ place: home });
    await context.close();
  });

  it('says nothing until its person lets it, and then only at the scans', async () => {
    const { page, context } = await openWatchedPage(browser, city.origin, { geolocation: home, permissions: ['geolocation'] });
    const bodies: string[] = [];
    page.on(
      'request',
      (request) => request.method() === 'PUT' && request.url().includes('/scans/') && bodies.push(request.postData() ?? ''),
    );
    await page.goto('/sign-in');
    await signIn(page, city.volunteer);
    await page.getByRole('link', { name: t('visit.scanIn') }).waitFor();
    await scan(page);
    await page.getByRole('heading', { level: 1, name: t('scan.started', { time: '' }) }).waitFor();
    await page.goto('/settings');
    const saved = page.waitForResponse((response) => response.url().endsWith('/location-consent') && response.request().method() === 'PUT');
    await page.getByLabel(t('location.allow')).check();
    await saved;
    await page.locator('input[name=location]:enabled:checked').waitFor();
    city.app.clock.advance(45);
    await scan(page);
    await page.getByRole('heading', { level: 1, name: /45/ }).waitFor();
    expect(bodies.map((body) => body.includes('latitude'))).toEqual([false, true]);
    await context.close();
  });

  it('shows its distance to the coordinator and to nobody else', async () => {
    const of = async (caller: typeof city.volunteer.caller) =>
      JSON.stringify((await caller.get(`/api/banks/${city.bankId}/visits/${visitId}`).expect(200)).body);
    expect(await of(city.coordinator.caller)).toContain('"distanceMeters":0');
    expect(await of(city.volunteer.caller)).not.toContain('distanceMeters');
    const { page, context } = await openWatchedPage(browser, city.origin, { viewport: { width: 1_280, height: 900 } });
    await page.goto('/console/sign-in');
    await signIn(page, city.coordinator);
    await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
    await page.goto(`/console/visits/${visitId}`);
    await page.getByText(desk('visit.distance', { meters: '0', accuracy: '' }).slice(0, 4)).waitFor();
    await context.close();
  });
});
