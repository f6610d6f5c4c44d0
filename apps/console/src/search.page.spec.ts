import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { cityAdmin, openBrowser, openDesk, openPageCity, type PageCity, type WatchedPage, wordsOf } from '@timebank/testing';
import { faultsOf } from '@timebank/testing/screens';
import type { Browser, Page } from 'playwright-core';

const t = wordsOf('apps/console/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');
const name = '\u5b59\u7389\u6885';

describe('one box from anywhere', () => {
  let city: PageCity;
  let browser: Browser;
  let desk: WatchedPage;
  let page: Page;
  let memberId: string;

  beforeAll(async () => {
    city = await openPageCity();
    memberId = newId();
    const member = { name, birthDate: '1941-02-03', roles: ['client'], phone: '02584440001' };
    await city.coordinator.caller.put(`/api/banks/${city.bankId}/members/${memberId}`, member).expect(201);
    browser = await openBrowser();
    desk = await openDesk(browser, city.origin, city.coordinator);
    page = desk.page;
    await page.locator('.figure').first().waitFor();
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });
  const box = (on = page) => on.getByRole('combobox', { name: t('search.label') });
  const options = (on = page) => on.getByRole('option');
  const goneTo = (path: string, on = page) => on.waitForURL(`**/console${path}`);

  it('is opened by two keys, finds a person by two initials, and opens them with Enter', async () => {
    await page.keyboard.press('Control+k');
    await box().waitFor();
    expect(await box().evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.type('ym');
    await options().filter({ hasText: name }).first().waitFor();
    expect(await options().first().innerText()).toContain(name);
    expect(await faultsOf(page)).toEqual([]);
    if (process.env['PICTURES']) await page.screenshot({ path: `${process.env['PICTURES']}/search.png` });
    await page.keyboard.press('Enter');
    await goneTo(`/members/${memberId}`);
    await page.getByRole('heading', { level: 1, name }).waitFor();
    expect(await page.locator('dialog').count()).toBe(0);
  });

  it('finds the same by phone, a card by its code with its owner, and a request by its number', async () => {
    const requestId = await city.ask('company', 600);
    for (const [typed, path] of [
      ['025-8444', `/members/${memberId}`],
      [city.card.code, `/members/${city.client.memberId}`],
      [requestId.slice(0, 13), `/requests/${requestId}`],
    ] as const) {
      await page.goto('/console/home');
      await page.getByRole('button', { name: t('search.title') }).click();
      await box().fill(typed);
      await options().first().waitFor();
      await page.locator('[role="listbox"][aria-busy="false"]').waitFor();
      await page.keyboard.press('Enter');
      await goneTo(path);
      expect(await page.locator('dialog').count()).toBe(0);
    }
  });

  it('opens a screen by its name, and says so where nothing is found', async () => {
    await page.keyboard.press('Control+k');
    await box().fill(t('nav.letters'));
    await page.locator('[role="listbox"][aria-busy="false"]').waitFor();
    await page.keyboard.press('Enter');
    await goneTo('/letters');
    await page.keyboard.press('Control+k');
    await box().fill('zzzzzz');
    await page.getByText(t('search.none')).waitFor();
    await page.keyboard.press('Enter');
    expect(await box().inputValue()).toBe('zzzzzz');
    await page.keyboard.press('Escape');
    if (await page.locator('dialog').count()) await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
    expect(desk.complaints).toEqual([]);
  });

  it('says that it could not ask, keeps what was typed, and asks again', async () => {
    await page.route('**/api/search**', (route) => route.fulfill({ status: 500, json: { code: 'service/fault', parameters: {} } }));
    await page.keyboard.press('Control+k');
    await box().fill('ym');
    const again = page.getByRole('dialog').getByRole('button', { name: t('app.again') });
    await again.waitFor();
    await page.unroute('**/api/search**');
    await again.click();
    await options().filter({ hasText: name }).first().waitFor();
    expect(await box().inputValue()).toBe('ym');
    await page.keyboard.press('Escape');
  });

  it('goes to the other bank for who is there', async () => {
    const admin = await city.app.signInAsCityAdmin();
    const other = await city.app.openBank(admin, 'Xuanwu');
    const { page: theirs, context, complaints } = await openDesk(browser, city.origin, cityAdmin);
    await theirs.locator('select').first().selectOption(other);
    await theirs.keyboard.press('Control+k');
    await box(theirs).fill('ym');
    await options(theirs).filter({ hasText: name }).filter({ hasText: 'Drum Tower' }).click();
    await goneTo(`/members/${memberId}`, theirs);
    await theirs.getByRole('heading', { level: 1, name }).waitFor();
    expect(await theirs.locator('.bank select').inputValue()).toBe(city.bankId);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
