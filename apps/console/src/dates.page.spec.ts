import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openBrowser, openDesk, openPageCity, type PageCity, settled, type WatchedPage, wordsOf } from '@timebank/testing';
import { faultsOf } from '@timebank/testing/screens';
import type { Browser } from 'playwright-core';

describe('days and times at the desk', () => {
  let city: PageCity;
  let browser: Browser;
  let desk: WatchedPage;
  const t = wordsOf('apps/console/src/locales/zh-Hans.json');

  const written = (day: string, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('zh-Hans', { timeZone: 'UTC', ...options }).format(Date.parse(day));
  const inShort = (day: string) => written(day, { dateStyle: 'medium' });
  const inFull = (day: string) => written(day, { dateStyle: 'long' });
  const inMonth = written('2026-03-15', { year: 'numeric', month: 'long' });

  beforeAll(async () => {
    city = await openPageCity();
    browser = await openBrowser();
    // The browser speaks German; the product does not follow it.
    desk = await openDesk(browser, city.origin, city.coordinator, {
      locale: 'de-DE',
      before: (page) => page.addInitScript(() => localStorage.setItem('timebank.console.locale', 'zh-Hans')),
    });
  });
  beforeAll(() => desk.page.setDefaultTimeout(15_000));
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  const field = (name: string) => desk.page.locator(`input[name="${name}"]`);
  const valueOf = (name: string) => field(name).getAttribute('data-value');

  it('are typed as people type them, and written out in the language of the desk', async () => {
    const { page } = desk;
    await page.goto('/console/requests/new');
    await field('startsAt').fill('２０２６－３－５');
    await field('startsAt').press('Tab');
    expect([await valueOf('startsAt'), await field('startsAt').inputValue()]).toEqual(['2026-03-05', inShort('2026-03-05')]);
    await field('time').fill('4:20 pm');
    await field('time').press('Tab');
    expect([await valueOf('time'), await field('time').inputValue()]).toEqual(['16:20', '16:20']);
    await field('time').press('ArrowUp');
    expect(await valueOf('time')).toBe('16:25');
  });

  it('stay as typed where they cannot be read, with a sentence at the field, and no form is sent with them', async () => {
    const { page } = desk;
    await page.goto('/console/members/new');
    await field('name').fill('Aunt Hua');
    await field('birthDate').fill('31.2.1941');
    await field('birthDate').press('Enter');
    await page.getByText(t('dates.unreadable')).waitFor();
    expect([await field('birthDate').inputValue(), await field('birthDate').getAttribute('aria-invalid')]).toEqual(['31.2.1941', 'true']);
    expect(await field('birthDate').evaluate((input: HTMLInputElement) => input.checkValidity())).toBe(false);
    await field('birthDate').fill('2027-01-01');
    await field('birthDate').press('Tab');
    await page.getByText(t('dates.tooLate', { day: inFull('2026-03-02') })).waitFor();
    await field('birthDate').fill('1941.2.3');
    await field('birthDate').press('Tab');
    expect([await valueOf('birthDate'), await page.locator('.said').count(), await field('name').inputValue()]).toEqual([
      '1941-02-03',
      0,
      'Aunt Hua',
    ]);
  });

  it('are picked by keys alone', async () => {
    const { page, complaints } = desk;
    await page.goto('/console/requests/new');
    await field('startsAt').fill('2026-03-31');
    await field('startsAt').press('Tab');
    // The button after the field opens the calendar, which begins at the chosen day.
    await page.keyboard.press('Enter');
    await page.locator('[data-day="2026-03-31"]:focus').waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.keyboard.press('ArrowRight');
    await page.locator('[data-day="2026-04-01"]:focus').waitFor();
    await page.keyboard.press('PageDown');
    await page.locator('[data-day="2026-05-01"]:focus').waitFor();
    await page.keyboard.press('Enter');
    expect([await valueOf('startsAt'), await field('startsAt').evaluate((input) => input === document.activeElement)]).toEqual([
      '2026-05-01',
      true,
    ]);
    await page.keyboard.press('Alt+ArrowDown');
    await page.locator('[data-day="2026-05-01"]:focus').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('[data-day]').first().waitFor({ state: 'detached' });
    expect(await valueOf('startsAt')).toBe('2026-05-01');
    await field('time').fill('9:40');
    await field('time').press('Alt+ArrowDown');
    await page.locator('[data-hour="09"]:focus').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('[data-minute="40"]:focus').waitFor();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    expect(await valueOf('time')).toBe('15:45');
    expect(complaints).toEqual([]);
  });

  it('may not be what a link says: the list then shows what it was asked', async () => {
    const { page, complaints } = desk;
    await page.goto('/console/visits?from=soon');
    await field('from').waitFor();
    await settled(page);
    expect([await field('from').inputValue(), await field('from').getAttribute('aria-invalid')]).toEqual(['soon', 'true']);
    await page.goto(`/console/accounts/${city.client.accountId}`);
    await field('month').fill('3/2026');
    await field('month').press('Enter');
    await page.waitForURL((url) => url.searchParams.get('month') === '2026-03');
    expect(await field('month').inputValue()).toBe(inMonth);
    await page.getByRole('button', { name: t('dates.previous') }).click();
    await page.waitForURL((url) => url.searchParams.get('month') === '2026-02');
    expect(complaints).toEqual([]);
  });
});
