import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { DeliverNotices } from '@timebank/notices';
import { goTo, openBrowser, openPageCity, openWatchedPage, type PageCity, signIn, type TestMember, wordsOf } from '@timebank/testing';
import { faultsOf } from '@timebank/testing/screens';
import type { Browser } from 'playwright-core';

const t = wordsOf('apps/web/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');

describe('the first screen, and the first steps', () => {
  let city: PageCity;
  let browser: Browser;
  const open = async (as: TestMember, { elder = false, allow = false } = {}) => {
    const watched = await openWatchedPage(browser, city.origin, allow ? { serviceWorkers: 'allow' } : {});
    if (elder) await watched.context.addInitScript(() => localStorage.setItem('timebank.web.mode', 'elder'));
    await watched.page.goto('/sign-in');
    await watched.page.getByRole('heading', { level: 1, name: t('signIn.welcome'), exact: true }).waitFor();
    await signIn(watched.page, as);
    await watched.page.waitForURL('**/today');
    await watched.page.locator('[data-loading]').waitFor({ state: 'detached' });
    return watched;
  };

  beforeAll(async () => {
    [city, browser] = [await openPageCity(), await openBrowser()];
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  it('teach the two scans with a practice card, of which the server hears nothing', async () => {
    const { page, context, complaints } = await open(city.volunteer);
    await page.getByRole('link', { name: t('learn.open') }).click();
    await page.getByRole('heading', { level: 1, name: t('learn.door') }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    const asked: string[] = [];
    page.on('request', (request) => request.method() !== 'GET' && asked.push(request.url()));
    await page.getByRole('button', { name: t('learn.scan') }).click();
    await page.getByRole('heading', { level: 1, name: t('learn.begun') }).waitFor();
    await page.getByRole('button', { name: t('learn.leave') }).click();
    await page.getByRole('heading', { level: 1, name: t('learn.done') }).waitFor();
    expect(asked).toEqual([]);
    await page.getByRole('button', { name: t('learn.ready') }).click();
    await page.getByRole('link', { name: t('today.find') }).waitFor();
    expect(await page.getByRole('link', { name: t('learn.open') }).count()).toBe(0);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('ask one question a screen in large text, and lose nothing on the way', async () => {
    const { page, context, complaints } = await open(city.client, { elder: true });
    await goTo(page, '/help/new');
    const next = page.getByRole('button', { name: t('help.next') });
    await next.click();
    await page.getByText(t('help.kindNeeded')).waitFor();
    await page.locator('[name="serviceKind"]').selectOption('company');
    expect(await page.locator('[name="startsAt"], [name="place"], [name="note"]').count()).toBe(0);
    expect(await faultsOf(page)).toEqual([]);
    await next.click();
    await page.locator('[name="startsAt"]').and(page.locator(':focus')).waitFor();
    await next.click();
    await page.locator('[name="repeat"]').and(page.locator(':focus')).waitFor();
    await next.click();
    await page.locator('[name="minutes"]').waitFor();
    await next.click();
    await next.click();
    await page.getByText(t('help.placeNeeded')).waitFor();
    await page.locator('[name="place"]').fill('Ninghai Road 12');
    await page.getByRole('button', { name: t('help.before') }).click();
    await page.locator('[name="minutes"]').waitFor();
    await next.click();
    expect(await page.locator('[name="place"]').inputValue()).toBe('Ninghai Road 12');
    await next.click();
    await page.locator('[name="note"]').fill('Ring twice');
    await page.getByRole('button', { name: t('help.send'), exact: true }).click();
    await page.getByText(t('help.sent')).waitFor();
    const { body } = await city.client.caller.get(`/api/banks/${city.bankId}/requests?clientId=${city.client.memberId}`).expect(200);
    expect(body.items).toMatchObject([{ serviceKind: 'company', place: 'Ninghai Road 12', note: 'Ring twice' }]);
    await city.client.caller.post(`/api/banks/${city.bankId}/requests/${body.items[0].requestId}/cancel`, {}).expect(200);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('are read aloud by one button, in a voice of the phone alone', async () => {
    const { page, context } = await open(city.client, { elder: true });
    expect(await page.getByRole('button', { name: t('app.read') }).count()).toBe(0);
    await context.addInitScript(() => {
      const said: string[] = [];
      const speech = {
        getVoices: () => [
          { lang: 'zh-CN', localService: false, name: 'far' },
          { lang: 'zh-CN', localService: true, name: 'near' },
        ],
        addEventListener: () => undefined,
        removeEventListener: () => undefined,
        cancel: () => undefined,
        speak: (line: { text: string; voice: { name: string } }) => said.push(`${line.voice.name}: ${line.text}`),
      };
      Object.defineProperty(window, 'speechSynthesis', { value: speech });
      Object.defineProperty(window, 'SpeechSynthesisUtterance', {
        value: class {
          constructor(readonly text: string) {}
        },
      });
      Object.assign(window, { said });
    });
    await goTo(page, '/help');
    await page.getByRole('button', { name: t('app.read') }).click();
    const said = await page.evaluate(() => (window as unknown as { said: string[] }).said);
    expect(said[0]).toBe(`near: ${t('title.help')}`);
    expect(said.join()).not.toContain('far');
    await page.getByRole('button', { name: t('app.quiet') }).click();
    await page.getByRole('button', { name: t('app.read') }).waitFor();
    await context.close();
  });

  it('take one call for the first screen, and the day bundle once; a visit under way fills it', async () => {
    const visitId = await city.take(await city.ask('company', 30));
    city.app.clock.advance(30);
    const scan = { kind: 'in', card: city.card.code };
    await city.volunteer.caller.put(`/api/banks/${city.bankId}/visits/${visitId}/scans/${newId()}`, scan).expect(201);
    city.app.clock.advance(23);
    const { page, context, complaints } = await open(city.volunteer);
    await goTo(page, '/settings');
    // As on a phone that has nothing yet.
    await page.evaluate(
      () =>
        new Promise<void>((gone) => {
          indexedDB.deleteDatabase('timebank').onsuccess = () => gone();
        }),
    );
    const asked: string[] = [];
    page.on('request', (request) => request.url().includes('/api/') && asked.push(new URL(request.url()).pathname));
    await goTo(page, '/today');
    const hero = page.locator('[data-running]');
    await hero.getByText(/23/).waitFor();
    await hero.getByText('Ninghai Road 12').waitFor();
    await hero.getByRole('link', { name: t('visit.scanOut') }).waitFor();
    expect(asked.filter((path) => path === '/api/me/home')).toHaveLength(1);
    expect(asked.filter((path) => path === '/api/me')).toHaveLength(1);
    expect(asked.filter((path) => path === '/api/me/day-bundle')).toHaveLength(1);
    expect(asked.filter((path) => /visits|accounts|notices/.test(path))).toEqual([]);
    expect(await faultsOf(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('show without network the time and the messages of today as they were seen, and say when', async () => {
    await city.app.app.get(DeliverNotices, { strict: false }).run(city.bankId);
    const { page, context } = await open(city.client, { allow: true });
    await goTo(page, '/notices');
    const told = page.getByText(await city.kindName('company')).first();
    await told.waitFor();
    await goTo(page, '/time');
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await context.setOffline(true);
    await page.goto('/time');
    await page
      .locator('[data-seen-at]')
      .getByText(t('today.asOf', { at: '' }).slice(0, 6))
      .waitFor();
    await page.getByText(t('time.balance')).waitFor();
    await page.goto('/notices');
    await page.locator('[data-seen-at]').waitFor();
    await told.waitFor();
    // Another language can be chosen too, and the next start speaks it.
    await page.goto('/settings');
    await page.getByRole('radio', { name: 'English' }).check();
    await page.waitForFunction(() => document.documentElement.lang === 'en');
    await page.reload();
    await page.waitForFunction(() => document.documentElement.lang === 'en');
    await page.getByRole('radio', { name: '\u7b80\u4f53\u4e2d\u6587' }).check();
    // After the sign-out nothing of it is left.
    await page.getByRole('button', { name: t('settings.signOut'), exact: true }).click();
    await page.waitForURL('**/sign-in');
    expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('.seen.')))).toEqual([]);
    await context.close();
  });
});
