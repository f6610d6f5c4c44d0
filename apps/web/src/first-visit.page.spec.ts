import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { goTo, openBrowser, openPageCity, openWatchedPage, type PageCity, signIn, wordsOf } from '@timebank/testing';
import type { Browser, Page, Route } from 'playwright-core';

const t = wordsOf('apps/web/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');
const english = wordsOf('apps/web/src/locales/en.json', 'libs/contract/locales/en.json');

/** Holds requests to an address until the spec lets them go, so that it can look at the page meanwhile. */
async function hold(page: Page, address: RegExp): Promise<{ held: Promise<void>; letGo(): Promise<void> }> {
  const routes: Route[] = [];
  let heard: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (heard = resolve));
  const keep = async (route: Route) => {
    routes.push(route);
    heard();
  };
  await page.route(address, keep);
  return {
    held,
    letGo: async () => {
      await page.unroute(address, keep);
      await Promise.all(routes.map((route) => route.continue().catch(() => undefined)));
    },
  };
}

describe('the first moments of the app', () => {
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
  const open = (options = {}) => openWatchedPage(browser, city.origin, { ...options });

  it('C5: a frame with words stands before any script, and until the server has said who this is; then nothing has moved', async () => {
    const { page, context, complaints } = await open();
    const scripts = await hold(page, /\/assets\/.*\.js$/);
    const who = await hold(page, /\/api\/me$/);
    await page.goto('/today', { waitUntil: 'commit' });
    await page.locator('[data-shell]').getByText(t('app.loading')).waitFor();
    expect(await page.evaluate(() => document.querySelector('#main h1'))).toBeNull();
    await scripts.letGo();
    await who.held;
    await page.locator('[data-shell][role="status"]').getByText(t('app.loading')).waitFor();
    await who.letGo();
    await page.getByRole('heading', { level: 1, name: t('signIn.welcome') }).waitFor();
    expect(await page.locator('[data-shell]').count()).toBe(0);
    const shift = await page.evaluate(
      () =>
        new Promise<number>((tell) => {
          new PerformanceObserver((list) =>
            tell(list.getEntries().reduce((sum, entry) => sum + (entry as PerformanceEntry & { value: number }).value, 0)),
          ).observe({ type: 'layout-shift', buffered: true });
          // Without any, nothing is shown.
          requestIdleCallback(() => tell(0), { timeout: 500 });
        }),
    );
    expect(shift).toBeLessThan(0.02);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('C5: every button that waits for an answer shows it, and cannot be pressed twice', async () => {
    const requestId = await city.ask('meal', 300);
    const { page, context } = await open();
    const busy = page.locator('button[aria-busy="true"]');
    const presses = async (name: string, address: RegExp) => {
      const held = await hold(page, address);
      await page.getByRole('button', { name, exact: true }).click();
      await busy
        .and(page.getByRole('button', { name, exact: true }))
        .locator('.under-way')
        .waitFor();
      await held.letGo();
      await busy.waitFor({ state: 'detached' });
    };
    await page.goto('/sign-in');
    await page.locator('[name="phone"]').fill(city.volunteer.phone);
    await page.locator('[name="password"]').fill(city.volunteer.password);
    await presses(t('signIn.enter'), /\/api\/sessions$/);
    await page.waitForURL('**/today');
    await goTo(page, `/requests/${requestId}`);
    await presses(t('requests.take'), /\/visits\//);
    await page.getByRole('heading', { level: 1, name: t('visit.taken', { when: '' }).slice(0, 4) }).waitFor();
    await goTo(page, '/time');
    await page.getByText(t('statement.others')).click();
    await presses(t('statement.csv'), /\.csv|statement/);
    await goTo(page, '/settings');
    // From the press on nobody is signed in here; the server learns of it meanwhile.
    const told = await hold(page, /\/api\/sessions\/current$/);
    await page.getByRole('button', { name: t('settings.signOut'), exact: true }).click();
    await page.waitForURL('**/sign-in');
    await told.letGo();
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    await context.close();
  });

  it.each([
    ['en-GB', english, 'en'],
    ['zh-TW', wordsOf('apps/web/src/locales/zh-Hant.json'), 'zh-Hant'],
    ['ja-JP', wordsOf('apps/web/src/locales/ja.json'), 'ja'],
    ['ko', wordsOf('apps/web/src/locales/ko.json'), 'ko'],
    ['fr-FR', t, 'zh-Hans'],
  ] as const)('C12: opens in the language of a browser in %s, and keeps another one that was chosen', async (locale, words, lang) => {
    const { page, context } = await open({ locale });
    await page.goto('/');
    await page.getByRole('heading', { level: 1, name: words('signIn.welcome') }).waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe(lang);
    expect(await page.evaluate(() => localStorage.getItem('timebank.web.locale'))).toBeNull();
    const [chosen, other] = lang === 'en' ? ['zh-Hans', t] : ['en', english];
    await page.getByRole('combobox', { name: words('language.label') }).selectOption(chosen);
    await page.getByRole('heading', { level: 1, name: other('signIn.welcome') }).waitFor();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: other('signIn.welcome') }).waitFor();
    await context.close();
  });

  it.each(['/nowhere', '/help-me/now', '/api', '/today/2026', '/s/%E0%A4%A', '/%', '/documents/%zz/x'])(
    "C12: %s is a page in the reader's language with a way home, and not found",
    async (path) => {
      const { page, context } = await open({ locale: 'en-US' });
      const response = await page.goto(path);
      expect(response?.status()).toBe(404);
      await page.getByRole('heading', { level: 1, name: english('title.notFound') }).waitFor();
      await page.getByRole('link', { name: english('notFound.home') }).click();
      await page.waitForURL('**/sign-in');
      await context.close();
    },
  );

  it('C12: every page of the phone can be opened by its address', async () => {
    const paths = [...readFileSync('apps/web/src/router.ts', 'utf8').matchAll(/path: '(\/[^(']*)'/g)].map(([, path = '']) =>
      path.replaceAll(/:\w+/g, 'x'),
    );
    expect(paths.length).toBeGreaterThan(25);
    const answers = await Promise.all(
      paths.map(async (path) => [path, (await fetch(`${city.origin}${path}`, { headers: { accept: 'text/html' } })).status]),
    );
    expect(answers.filter(([, status]) => status !== 200)).toEqual([]);
  });

  it('C12: what calls the API is told so in its own form', async () => {
    const page = { accept: 'text/html,application/xhtml+xml' };
    const told = async (path: string, headers: Record<string, string> = {}) => {
      const response = await fetch(`${city.origin}${path}`, { headers });
      return [response.status, (await response.text()).slice(0, 1)];
    };
    expect(await told('/api/nowhere', page)).toEqual([404, '{']);
    expect(await told('/api/nowhere')).toEqual([404, '{']);
    expect(await told('/nowhere')).toEqual([404, '{']);
    expect(await told('/assets/none.js', { accept: '*/*' })).toEqual([404, '{']);
    expect(await told('/nowhere', page)).toEqual([404, '<']);
  });

  it('C12: only a form says that what was typed is still there, and a typed code is typed again', async () => {
    const visitId = await city.take(await city.ask('company', 0));
    const { page, context } = await open();
    await page.goto('/sign-in');
    await page.route(/\/api\/sessions$/, (route) => route.abort(), { times: 1 });
    await signIn(page, city.volunteer);
    await page.getByText(`${t('refusals.service/unreachable')}${t('typed.stays')}`).waitFor();
    await page.getByRole('button', { name: t('signIn.enter'), exact: true }).click();
    await page.waitForURL('**/today');
    await page.route(/\/entries\?/, (route) => route.abort());
    await page.goto('/time');
    await page.getByText(t('refusals.service/unreachable')).waitFor();
    expect(await page.getByText(t('typed.stays')).count()).toBe(0);
    await page.goto('/visits/nothing-of-this-kind');
    await page.getByText(t('refusals.request/not_found')).waitFor();
    await page.goto(`/scan/${visitId}`);
    await page.locator('[name="card"]').fill('0000 0000');
    await page.getByRole('button', { name: t('scan.send'), exact: true }).click();
    await page.getByText(t('scan.typedUnknown')).waitFor();
    expect(await page.locator('[name="card"]').inputValue()).toBe('0000 0000');
    await context.close();
  });
});
