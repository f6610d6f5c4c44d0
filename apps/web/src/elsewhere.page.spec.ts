import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openBrowser, openTwoBanks, openWatchedPage, signIn, type TwoBanks, wordsOf } from '@timebank/testing';
import { faultsOf } from '@timebank/testing/screens';
import type { Browser } from 'playwright-core';

const t = wordsOf('apps/web/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');

describe('helping in another bank, on the phone', () => {
  let two: TwoBanks;
  let browser: Browser;
  beforeAll(async () => {
    two = await openTwoBanks();
    for (const bank of [two.home, two.host]) await two.policy(bank, 'interchange', true);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await two.city.close();
  });

  it('is asked for, waited for, taken, scanned and seen in one list with what is at home', async () => {
    const { page, context, complaints } = await openWatchedPage(browser, two.origin);
    const clean = async () => expect(await faultsOf(page)).toEqual([]);
    await page.goto('/sign-in');
    await signIn(page, two.guest);
    await page.waitForURL('**/today');
    await page.goto('/requests');
    await page.getByText(t('elsewhere.open')).click();
    await page.getByRole('button', { name: t('elsewhere.ask') }).click();
    await page.getByText(t('elsewhere.waiting')).waitFor();
    await clean();
    await two.ask(two.host.coordinator.caller, two.host).expect(200);
    await page.reload();
    await page.getByText(t('elsewhere.welcome')).waitFor();
    await clean();

    await two.openRequest(60, 'company', 5);
    await page.getByRole('link', { name: t('today.find') }).click();
    await page.getByText('Bell Tower').click();
    await page.getByRole('button', { name: t('requests.take') }).click();
    await page.getByText(t('scan.home')).click();
    await page.getByText('Bell Tower').waitFor();
    await clean();
    await page.getByText(t('visit.scanIn')).click();
    await page.waitForURL(`**/scan/*?bank=${two.host.bankId}`);
    await page.goto('/today');
    await page.getByText(t('visit.open')).click();
    await page
      .getByRole('link', { name: /Bell Tower/ })
      .first()
      .waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });
});
