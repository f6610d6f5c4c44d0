import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openBrowser, openDesk, openPageCity, type PageCity, signIn, wordsOf } from '@timebank/testing';
import type { Browser } from 'playwright-core';

const t = wordsOf('apps/console/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');

describe('what the desk asks for before its code has come', () => {
  let city: PageCity;
  let browser: Browser;
  beforeAll(async () => {
    [city, browser] = [await openPageCity(), await openBrowser()];
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  it('is asked once, and anew where another tab has told of somebody else meanwhile', async () => {
    const { page, context } = await openDesk(browser, city.origin, city.coordinator);
    const admin = await city.app.signInAsCityAdmin();
    const colleague = await city.app.register(admin, city.bankId, 'coordinator');
    const asked: string[] = [];
    page.on('request', (request) => /api\/me$|api\/banks\?/.test(request.url()) && asked.push(new URL(request.url()).pathname));
    let letGo = () => {};
    const held = new Promise<void>((released) => (letGo = released));
    const code = /\/console\/assets\/index-.*\.js/;
    const name = (of: { phone: string }) => page.getByRole('banner').getByText(`coordinator ${of.phone}`);
    await page.goto('/console/members');
    await name(city.coordinator).waitFor();
    expect(asked.toSorted()).toEqual(['/api/banks', '/api/me']);
    await page.route(code, async (route) => {
      await held;
      await route.continue();
    });
    const answered = Promise.all([page.waitForResponse('**/api/me'), page.waitForResponse('**/api/banks?*')]);
    await page.goto('/console/members', { waitUntil: 'commit' });
    await answered;
    await context.clearCookies();
    const other = await context.newPage();
    await other.goto('/console/sign-in');
    await signIn(other, colleague);
    await other.getByRole('banner').getByText(`coordinator ${colleague.phone}`).waitFor();
    letGo();
    await name(colleague).waitFor();
    expect(await name(city.coordinator).count()).toBe(0);
    await page
      .getByRole('link', { name: t('nav.members') })
      .first()
      .waitFor();
    await context.close();
  });

  it('is also the list that the page began with the last time, asked once and without its code', async () => {
    const { page, context } = await openDesk(browser, city.origin, city.coordinator);
    const code = /\/console\/assets\/index-.*\.js/;
    const list = `/api/banks/${city.bankId}/members?limit=100&sort=name`;
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url().slice(city.origin.length)));
    const row = page.locator('tbody tr[data-index]');
    await page.goto('/console/members');
    await row.first().waitFor();
    await page.keyboard.press('Shift');
    let letGo = () => {};
    const held = new Promise<void>((released) => (letGo = released));
    await page.route(code, async (route) => {
      await held;
      await route.continue();
    });
    asked.length = 0;
    const answered = page.waitForResponse((response) => response.url().endsWith(list));
    await page.goto('/console/members', { waitUntil: 'commit' });
    expect((await answered).status()).toBe(200);
    expect(await row.count()).toBe(0);
    letGo();
    await row.first().waitFor();
    expect(asked.filter((url) => url === list)).toHaveLength(1);
    await page.keyboard.press('Shift');
    // What a person typed is not kept.
    await page.goto(`/console/members?q=${city.coordinator.phone}`);
    await row.first().waitFor();
    await page.keyboard.press('Shift');
    expect(await page.evaluate(`localStorage.getItem('timebank.console.asked')`)).not.toContain(city.coordinator.phone);
    await context.close();
  });

  it('is asked anew where the code itself came late', async () => {
    const { page, context } = await openDesk(browser, city.origin, city.coordinator);
    const list = `/api/banks/${city.bankId}/members?limit=100&sort=name`;
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url().slice(city.origin.length)));
    const row = page.locator('tbody tr[data-index]');
    await page.goto('/console/members');
    await row.first().waitFor();
    await page.keyboard.press('Shift');
    let letGo = () => {};
    const held = new Promise<void>((released) => (letGo = released));
    await page.route(/\/console\/assets\/index-.*\.js/, async (route) => {
      await held;
      await route.continue();
    });
    asked.length = 0;
    const answered = page.waitForResponse((response) => response.url().endsWith(list));
    await page.goto('/console/members', { waitUntil: 'commit' });
    await answered;
    // Six seconds later, by the page's clock.
    await page.evaluate('(() => { const now = performance.now.bind(performance); performance.now = () => now() + 6000; })()');
    letGo();
    await row.first().waitFor();
    expect(asked.filter((url) => url === list)).toHaveLength(2);
    await context.close();
  });

  it('is forgotten with the sign-out, and names no moment; nothing is asked of no bank on the way out', async () => {
    const { page, context } = await openDesk(browser, city.origin, city.coordinator);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    const kept = () => page.evaluate(`localStorage.getItem('timebank.console.asked')`) as Promise<string | null>;
    const moment = /\d{4}-\d\d-\d\dT/;
    const dated = page.waitForResponse((response) => moment.test(decodeURIComponent(response.url())));
    const day = city.app.clock.now().toISOString();
    await page.goto(`/console/visits?unrecorded=any&from=${day}&to=${day}`);
    await dated;
    await page.keyboard.press('Shift');
    await page.goto('/console/members');
    await page.locator('tbody tr[data-index]').first().waitFor();
    await page.keyboard.press('Shift');
    expect(await kept()).toContain(city.bankId);
    expect(decodeURIComponent((await kept()) ?? '')).not.toMatch(moment);
    await page.getByRole('button', { name: t('app.signOut'), exact: true }).click();
    await page.waitForURL('**/console/sign-in');
    await page.locator('input[type="password"]').waitFor();
    expect(await kept()).toBeNull();
    expect(asked.filter((path) => path.includes('//'))).toEqual([]);
    await context.close();
  });
});
