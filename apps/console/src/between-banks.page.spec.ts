import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cityAdmin, openBrowser, openDesk, openTwoBanks, type TestMember, type TwoBanks, wordsOf } from '@timebank/testing';
import { faultsOf } from '@timebank/testing/screens';
import type { Browser, Page } from 'playwright-core';

const t = wordsOf('apps/console/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');

describe('other banks, at the desk', () => {
  let two: TwoBanks;
  let browser: Browser;
  beforeAll(async () => {
    two = await openTwoBanks();
    for (const bank of [two.home, two.host]) await two.policy(bank, 'interchange', true);
    await two.ask(two.guest.caller, two.host).expect(201);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await two.city.close();
  });

  async function open(person: Pick<TestMember, 'phone' | 'password'>, path: string) {
    const watched = await openDesk(browser, two.origin, person);
    await watched.page.goto(`/console${path}`);
    return watched;
  }
  const clean = async (page: Page) => expect(await faultsOf(page)).toEqual([]);

  it('a coordinator confirms who has asked and assigns them', async () => {
    const { page, context, complaints } = await open(two.host.coordinator, '/guests');
    await page.getByRole('button', { name: t('guests.confirm') }).click();
    await page.getByRole('cell', { name: t('guestStates.confirmed') }).waitFor();
    await clean(page);
    const requestId = await two.openRequest(60, 'company', 30);
    await page.goto(`/console/requests/${requestId}`);
    await page.locator('select[name="guestId"]').selectOption({ index: 1 });
    await page.getByRole('button', { name: t('request.assign') }).click();
    await page.waitForURL('**/console/visits/*');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('an admin sets a line, and the city settles what one bank has given more', async () => {
    await two.approve([await two.help(90)]);
    const { page, context, complaints } = await open(cityAdmin, '/ledger/positions');
    await page.locator('select[name="otherBankId"]').selectOption({ index: 1 });
    await page.locator('input[name="creditLineMinutes"]').fill('1200');
    await page.getByRole('button', { name: t('positions.send') }).click();
    await page.locator('.note[role="status"]').waitFor();
    await clean(page);
    await page.getByRole('link', { name: t('positions.city') }).click();
    await page.getByRole('button', { name: t('positions.settle') }).click();
    await page.locator('input[name="minutes"]').fill('30');
    await clean(page);
    await page
      .locator('form')
      .getByRole('button', { name: t('positions.settle') })
      .click();
    await page.locator('.note[role="status"]').waitFor();
    expect((await two.position(two.home, two.host)).positionMinutes).toBe(-60);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
