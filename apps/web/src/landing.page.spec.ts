import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openBrowser, openPageCity, openWatchedPage, type PageCity, signIn, wordsOf } from '@timebank/testing';
import { faultsOf } from '@timebank/testing/screens';
import type { Browser } from 'playwright-core';

const t = wordsOf('apps/web/src/locales/zh-Hans.json');

describe('the page behind a printed card', () => {
  let city: PageCity;
  let browser: Browser;
  let place: string;
  let visitId: string;
  type SeenVisit = { state: string; events: { kind: string; outcome: string }[] };
  const visit = async () => (await city.volunteer.caller.get(`/api/banks/${city.bankId}/visits/${visitId}`).expect(200)).body as SeenVisit;

  beforeAll(async () => {
    city = await openPageCity();
    visitId = await city.take(await city.ask('company', 0));
    place = `/s/${city.card.url.split('/s/')[1]}`;
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  it('tells a stranger whom to call, and changes nothing', async () => {
    const { page, context } = await openWatchedPage(browser, city.origin);
    await page.goto(place);
    expect(await page.getByRole('link', { name: t('call.bank', { bank: 'Drum Tower' }) }).getAttribute('href')).toBe('tel:025-83330000');
    expect(await page.locator('body').innerText()).not.toMatch(/client|Ninghai/);
    expect(await visit()).toMatchObject({ state: 'planned' });
    await context.close();
  });

  it.each([
    ['in WeChat', 'Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0.50.2701 Language/zh_CN', 1],
    ["in a mini program's own frame", 'Mozilla/5.0 (iPhone) MicroMessenger/8.0.50 miniProgram/wx0123', 0],
    ['in a browser', 'Mozilla/5.0 (Linux; Android 14) Chrome/140 Mobile Safari/537.36', 0],
  ])('%s it shows the way to the browser, or says nothing of it', async (_, userAgent, notes) => {
    const { page, context } = await openWatchedPage(browser, city.origin, { userAgent, viewport: { width: 360, height: 740 } });
    await page.goto(place);
    await page.getByRole('link', { name: t('landing.signIn') }).waitFor();
    expect(await page.getByText(t('wechat.browser')).count()).toBe(notes);
    expect(await faultsOf(page)).toEqual([]);
    await context.close();
  });

  it('brings a volunteer back after the sign-in, and one button starts the visit even when the first answer is lost', async () => {
    const { page, context } = await openWatchedPage(browser, city.origin);
    await page.goto(place);
    await page.getByRole('link', { name: t('landing.signIn') }).click();
    await signIn(page, city.volunteer);
    await page.getByRole('button', { name: t('landing.start') }).waitFor();
    // C3: anyone who comes can read the door.
    expect(await page.locator('[data-where]').innerText()).toBe('Ninghai Road 12');
    expect(await visit()).toMatchObject({ state: 'planned' });

    const sent: string[] = [];
    page.on('request', (request) => request.url().includes('/scans/') && sent.push(request.url()));
    await page.route(
      /\/scans\//,
      async (route) => {
        await route.fetch();
        await route.abort();
      },
      { times: 1 },
    );
    await page.getByRole('button', { name: t('landing.start') }).click();
    await page.getByRole('heading', { level: 1, name: t('scan.started', { time: '' }) }).waitFor();
    // The phone sends it again by itself, as an event with its own time; the server knows it for the same start.
    await page.getByText(t('scan.arrived')).waitFor();
    expect(sent).toHaveLength(2);
    expect(sent[1]).not.toBe(sent[0]);
    const started = await visit();
    expect(started.state).toBe('in_progress');
    expect(
      started.events
        .filter(({ kind }) => kind === 'in')
        .map(({ outcome }) => outcome)
        .sort(),
    ).toEqual(['accepted', 'duplicate']);
    await context.close();
  });

  it('says plainly that an unknown card is unknown', async () => {
    const { page, context } = await openWatchedPage(browser, city.origin);
    await page.goto('/s/0000000000000000');
    await page.getByText(t('landing.unknown')).waitFor();
    expect(await page.getByRole('button', { name: t('landing.start') }).count()).toBe(0);
    await context.close();
  });

  describe('before the code has come, on a slow network', () => {
    let own: PageCity;
    beforeAll(async () => {
      own = await openPageCity(city.app);
    });
    const doorOf = (at: PageCity) => `/s/${at.card.url.split('/s/')[1]}`;

    /** A page of somebody signed in whose code is held back until it is let go. */
    async function openHeld(kept: Record<string, string> = {}) {
      const watched = await openWatchedPage(browser, city.origin);
      const { page } = watched;
      await page.goto('/sign-in');
      await signIn(page, own.volunteer);
      await page.waitForURL('**/today');
      await page.addInitScript((all) => Object.entries(all).forEach(([key, value]) => localStorage.setItem(key, value)), kept);
      let letGo = () => {};
      const held = new Promise<void>((released) => (letGo = released));
      await page.route(/\/assets\/first-.*\.js/, async (route) => {
        await held;
        await route.continue();
      });
      // Both answers that the page draws from.
      const answered = Promise.all([page.waitForResponse('**/api/me'), page.waitForResponse('**/api/cards/*')]);
      await page.goto(doorOf(own), { waitUntil: 'commit' });
      return { ...watched, letGo, answered };
    }

    it('shows whom the visit is with and the button, and makes the scan that was pressed, once', async () => {
      const ownVisitId = await own.take(await own.ask('company', 0));
      const seen = async () =>
        (await own.volunteer.caller.get(`/api/banks/${own.bankId}/visits/${ownVisitId}`).expect(200)).body as SeenVisit;
      const { page, context, complaints, letGo } = await openHeld({ 'timebank.web.mode': 'elder' });
      const sent: string[] = [];
      page.on('request', (request) => request.url().includes('/scans/') && sent.push(request.url()));
      await page
        .getByRole('main')
        .getByRole('button', { name: t('landing.start') })
        .waitFor();
      const button = page.locator('#early button');
      expect(await page.locator('#early').innerText()).toMatch(/client \d+\s+Ninghai Road 12/);
      expect(await page.getByRole('heading').allInnerTexts()).toEqual([t('landing.bank', { bank: 'Drum Tower' })]);
      await button.click();
      // It was not counted yet, and the page does not say so.
      expect(await button.innerText()).toBe(t('app.loading'));
      await button.click();
      expect(await seen()).toMatchObject({ state: 'planned' });
      letGo();
      await page.getByRole('heading', { level: 1, name: t('scan.started', { time: '' }) }).waitFor();
      expect(await page.locator('#early').count()).toBe(0);
      expect(sent).toHaveLength(1);
      expect((await seen()).events.filter(({ kind }) => kind !== 'plan')).toMatchObject([{ kind: 'in', outcome: 'accepted' }]);
      expect(complaints).toEqual([]);
      await context.close();
    });

    it('draws nothing where a scan that only this phone knows decides what the button does, and gives way to the page', async () => {
      const { page, context, letGo, answered } = await openHeld({ 'timebank.web.unsent': 'yes' });
      await answered;
      expect(await page.locator('#early').count()).toBe(0);
      letGo();
      await page.getByRole('button', { name: t('landing.end') }).waitFor();
      // Nothing waits on this phone, and so the note is gone.
      await page.waitForFunction(() => localStorage.getItem('timebank.web.unsent') === null);
      await context.close();
    });

    it('offers to open the page anew where the code does not come, in the colours and size of this phone', async () => {
      const { page, context } = await openWatchedPage(browser, city.origin, { colorScheme: 'dark' });
      await page.goto('/sign-in');
      await signIn(page, own.volunteer);
      await page.waitForURL('**/today');
      await page.evaluate(() => localStorage.setItem('timebank.web.mode', 'elder'));
      await page.route(/\/assets\/first-.*\.js/, (route) => route.abort());
      await page.goto(doorOf(own), { waitUntil: 'commit' });
      await page
        .locator('#early')
        .getByRole('button', { name: t('app.again') })
        .waitFor();
      const [mode, theme, lang] = await page.evaluate(() => {
        const { dataset, lang: said } = document.documentElement;
        return [dataset['mode'], dataset['theme'], said];
      });
      expect([mode, theme, lang]).toEqual(['elder', 'dark', 'zh-Hans']);
      await page.unroute(/\/assets\/first-.*\.js/);
      await page.locator('#early').getByRole('button').click();
      await page.getByRole('button', { name: t('landing.end') }).waitFor();
      await context.close();
    });

    it('asks again who is here where another tab has told of somebody else meanwhile', async () => {
      const { page, context, letGo, answered } = await openHeld();
      await answered;
      const other = await context.newPage();
      await context.clearCookies();
      await other.goto('/sign-in');
      await signIn(other, own.client);
      await other.waitForURL('**/today');
      letGo();
      await page.getByText(t('landing.noVisit')).waitFor();
      expect(await page.locator('#early').count()).toBe(0);
      await context.close();
    });
  });
});
