import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openBrowser, openPageCity, openWatchedPage, type PageCity, signIn, type TestMember, wordsOf } from '@timebank/testing';
import { faultsOf } from '@timebank/testing/screens';
import type { Browser, Page } from 'playwright-core';

const t = wordsOf('apps/console/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');
const phoneWords = wordsOf('apps/web/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');

describe('a password reset at the counter', () => {
  let city: PageCity;
  let browser: Browser;
  let colleague: TestMember;
  beforeAll(async () => {
    city = await openPageCity();
    colleague = await city.app.register(await city.app.signInAsCityAdmin(), city.bankId, 'coordinator');
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  /** Somebody at the desk, before the volunteer's page. */
  async function before(person: TestMember): Promise<Page> {
    const { page } = await openWatchedPage(browser, city.origin, { viewport: { width: 1_280, height: 800 }, reducedMotion: 'reduce' });
    await page.goto(`/console/members/${city.volunteer.memberId}`);
    await signIn(page, person);
    await page.getByRole('heading', { name: t('memberSignIn.title') }).waitFor();
    return page;
  }

  it('B1: waits for a second person of the desk, who alone sees the code; with it the member chooses', async () => {
    const [first, second] = [await before(city.coordinator), await before(colleague)];
    await first.getByRole('button', { name: t('memberSignIn.counter') }).click();
    await first.getByText(t('memberSignIn.waits')).waitFor();
    await second.getByRole('button', { name: t('memberSignIn.counter') }).click();
    await second.getByText(t('memberSignIn.codeHow')).waitFor();
    const code = ((await second.locator('.note .number').textContent()) ?? '').trim();
    expect(code).toMatch(/^\d{6}$/);
    expect(await faultsOf(second)).toEqual([]);
    expect(await first.locator('.note .number').count()).toBe(0);

    const { page } = await openWatchedPage(browser, city.origin, { viewport: { width: 360, height: 740 } });
    await page.goto('/sign-in');
    await page.getByRole('button', { name: phoneWords('signIn.forgot') }).click();
    await page.locator('[name="phone"]').fill(city.volunteer.phone);
    await page.locator('[name="code"]').fill(code);
    await page.locator('[name="newPassword"]').fill('12345678');
    await page.getByRole('button', { name: phoneWords('signIn.enter'), exact: true }).click();
    await page.getByText(phoneWords('refusals.access/password_common')).waitFor();
    await page.locator('[name="newPassword"]').fill('from the counter');
    await page.getByRole('button', { name: phoneWords('signIn.enter'), exact: true }).click();
    await page.waitForURL((url) => url.pathname === '/today');
    await page.goto('/settings/sign-in');
    await page.getByText(phoneWords('signIns.current')).waitFor();
    expect(await faultsOf(page)).toEqual([]);
  });
});
