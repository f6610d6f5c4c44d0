import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  openBrowser,
  openDesk,
  openPageCity,
  openWatchedPage,
  type PageCity,
  settled,
  signIn,
  type TestMember,
  type WatchedPage,
  wordsOf,
} from '@timebank/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';

const t = wordsOf('apps/console/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');
const phoneWords = wordsOf('apps/web/src/locales/zh-Hans.json');

describe('a desk whose sign-in, server or version goes away', () => {
  let city: PageCity;
  let browser: Browser;

  beforeAll(async () => {
    city = await openPageCity();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  async function openAt(path: string): Promise<WatchedPage> {
    const desk = await openDesk(browser, city.origin, city.coordinator);
    await desk.page.goto(path);
    await desk.page.locator('h1').waitFor();
    return desk;
  }

  const again = (page: Page) => page.locator('dialog', { hasText: t('signIn.again') });
  async function signInThere(page: Page, { phone, password }: TestMember): Promise<void> {
    await again(page).locator('[name="phone"]').fill(phone);
    await again(page).locator('[name="password"]').fill(password);
    await again(page).locator('button[type="submit"]').click();
  }
  const noServer = (context: BrowserContext) => context.route(/\/api\//, (route) => route.abort());
  const server = (context: BrowserContext) => context.unroute(/\/api\//);

  it('D9: a sign-in that is over is asked for in place, what was typed stays, and what was refused goes out again', async () => {
    const { page, context, complaints } = await openAt('/console/members/new');
    await page.locator('[name="name"]').fill('Aunt Kept');
    await page.locator('[name="birthDate"]').fill('1941-02-03');
    await page.locator('[value="client"]').check();
    await context.clearCookies();
    await page.getByRole('button', { name: t('members.send'), exact: true }).click();
    await again(page).waitFor();
    await signInThere(page, city.coordinator);
    await page.waitForURL(/members\/[0-9a-f-]{36}$/);
    await page.locator('h1', { hasText: 'Aunt Kept' }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('D9: somebody else who signs in there begins clean, and the first person’s act is not theirs', async () => {
    const { page, context } = await openAt('/console/members/new');
    await page.locator('[name="name"]').fill('Aunt Dropped');
    await page.locator('[name="birthDate"]').fill('1941-02-03');
    await page.locator('[value="client"]').check();
    await context.clearCookies();
    await page.getByRole('button', { name: t('members.send'), exact: true }).click();
    const other = await city.app.register(city.coordinator.caller, city.bankId, 'volunteer');
    await signInThere(page, other);
    await page.locator('h1', { hasText: t('welcome.title') }).waitFor();
    const { body } = await city.coordinator.caller.get(`/api/banks/${city.bankId}/members?search=Dropped`).expect(200);
    expect(body).toMatchObject({ items: [] });
    await context.close();
  });

  it('D9: a server that is away is said, and lists, panels and the menu come by themselves when it is back', async () => {
    const { page, context } = await openAt('/console/members');
    await settled(page);
    await noServer(context);
    await page.getByRole('link', { name: t('nav.visits'), exact: true }).click();
    await page.getByText(t('app.away')).waitFor();
    await page.getByText(t('app.awayHere')).waitFor();
    expect(await page.getByText(t('app.loading'), { exact: true }).count()).toBe(0);
    await server(context);
    await page.getByText(t('visits.none')).waitFor();
    await page.getByText(t('app.away')).waitFor({ state: 'hidden' });
    await context.close();
  });

  it('D9: a page whose code is away with the server opens when it is back', async () => {
    const { page, context } = await openAt('/console/members');
    await settled(page);
    await noServer(context);
    await context.route(/\/console\/assets\//, (route) => route.abort());
    await page.getByRole('link', { name: t('nav.requests'), exact: true }).click();
    await page.getByText(t('app.away')).waitFor();
    await context.unroute(/\/console\/assets\//);
    await server(context);
    await page.locator('h1', { hasText: t('requests.title') }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/console/requests');
    await context.close();
  });

  it('D9: a file that is not there is missing for both apps, and an older desk opens the newer one at the next step', async () => {
    for (const path of ['/console/assets/none.js', '/console/assets/none.css', '/assets/none.js']) {
      const answer = await fetch(`${city.origin}${path}`);
      expect([path, answer.status]).toEqual([path, 404]);
    }
    const { page, context } = await openAt('/console/members/new');
    await page.locator('[name="name"]').fill('Aunt Typing');
    await page.evaluate('window.old = true');
    // The shell of a newer build names another script.
    await context.route(`${city.origin}/console/`, async (route) => {
      const shell = await (await route.fetch()).text();
      await route.fulfill({ body: shell.replaceAll(/index-[\w-]+\.js/g, 'index-newer.js'), contentType: 'text/html' });
    });
    const looked = page.waitForResponse(`${city.origin}/console/`);
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
    await (await looked).finished();
    await settled(page);
    expect(await page.locator('[name="name"]').inputValue()).toBe('Aunt Typing');
    await page.getByRole('link', { name: t('nav.visits'), exact: true }).click();
    await page.locator('h1', { hasText: t('visits.title') }).waitFor();
    expect(await page.evaluate('window.old')).toBeUndefined();
    await context.close();
  });

  it('B11: a sign-out without network says so, goes first when it is back, and every tab of both apps forgets', async () => {
    const { page, context } = await openAt('/console/members');
    const phone = await context.newPage();
    await phone.goto('/settings');
    await phone.getByText(phoneWords('settings.signOut'), { exact: true }).waitFor();
    await noServer(context);
    await page.getByRole('button', { name: t('app.signOut'), exact: true }).click();
    await page.getByText(t('signIn.leaving')).waitFor();
    await phone.locator('[name="phone"]').waitFor();
    await page.goto('/console/members');
    await page.getByText(t('signIn.leaving')).waitFor();
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/api/')) asked.push(`${request.method()} ${new URL(request.url()).pathname}`);
    });
    await server(context);
    await page.goto('/console/members');
    await page.locator('[name="phone"]').waitFor();
    await page.getByText(t('signIn.leaving')).waitFor({ state: 'hidden' });
    expect(asked[0]).toBe('DELETE /api/sessions/current');
    expect(asked).not.toContain(`GET /api/banks/${city.bankId}/members`);
    expect((await context.request.get(`${city.origin}/api/me`)).status()).toBe(401);
    await context.close();
  });

  it('B11: a sign-out on the phone without network is kept as well', async () => {
    const { page, context } = await openWatchedPage(browser, city.origin);
    await page.goto('/sign-in');
    await signIn(page, city.volunteer);
    await page.waitForURL((url) => url.pathname === '/today');
    await page.goto('/settings');
    await noServer(context);
    await page.getByRole('button', { name: phoneWords('settings.signOut'), exact: true }).click();
    await page.getByText(phoneWords('signIn.leaving')).waitFor();
    expect((await context.request.get(`${city.origin}/api/me`)).status()).toBe(200);
    await server(context);
    await page.evaluate("window.dispatchEvent(new Event('online'))");
    await page.getByText(phoneWords('signIn.leaving')).waitFor({ state: 'hidden' });
    expect((await context.request.get(`${city.origin}/api/me`)).status()).toBe(401);
    await context.close();
  });
});
