import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cityAdmin, goTo, openBrowser, openDesk, openPageCity, type PageCity, settled, type WatchedPage, wordsOf } from '@timebank/testing';
import { crushedText, faultsOf } from '@timebank/testing/screens';
import type { Browser } from 'playwright-core';

const t = wordsOf('apps/console/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');

describe('bringing in a file at the desk', () => {
  let city: PageCity;
  let browser: Browser;
  let desk: WatchedPage;
  beforeAll(async () => {
    city = await openPageCity();
    browser = await openBrowser();
    desk = await openDesk(browser, city.origin, cityAdmin);
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  const looksRight = async () => {
    await settled(desk.page);
    expect([...(await faultsOf(desk.page)), ...(await crushedText(desk.page))]).toEqual([]);
  };
  const take = async (text: string, name: string) => {
    const { page } = desk;
    await goTo(page, '/console/imports');
    await page.locator('input[type="file"]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
    await page.getByRole('button', { name: t('importing.read'), exact: true }).click();
  };

  it('reads it, says what would happen, does it, and gives back the rows that failed', async () => {
    const { page } = desk;
    await take('Who,Born on,Mobile\nLin Yu,1948-05-01,14200009101\nSun Mei,1899-05-01,\n', 'members.csv');
    await page.waitForURL(/imports\/[0-9a-f-]{36}$/);
    await page.getByText(t('importing.missing', { fields: t('importFields.name') }), { exact: false }).waitFor();
    await page.locator('[name="column-name"]').selectOption('0');
    await page.locator('[name="column-birthDate"]').selectOption('1');
    await page.getByRole('button', { name: t('importing.check'), exact: true }).click();
    await page.locator('[data-problem="too_early"]').waitFor();
    expect(await page.locator('[data-count="create"] dd').textContent()).toBe('1');
    await looksRight();
    await page.getByRole('button', { name: t('importing.start'), exact: true }).click();
    await page.locator('[data-state]').getByText(t('importStates.done_with_failures')).waitFor();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByText(t('importing.download')).click()]);
    expect(file.suggestedFilename()).toMatch(/^failed-/);
    await looksRight();
    await goTo(page, '/console/imports');
    await page.locator('[data-import]').first().waitFor();
    await looksRight();
  });

  it('says in words why a file cannot be read, and holds balances against what was typed', async () => {
    const { page } = desk;
    await take('Name,Name\nx,y', 'twice.csv');
    await page.getByText(t('refusals.imports/duplicate_head', { head: 'Name' })).waitFor();
    await take('Name,Minutes\nLin Yu,90', 'balances.csv');
    await page.waitForURL(/imports\/[0-9a-f-]{36}$/);
    await page.getByRole('button', { name: t('importing.check'), exact: true }).click();
    await page.locator('[name="controlTotal"]').fill('100');
    await page.getByRole('button', { name: t('importing.start'), exact: true }).click();
    await page.getByText(t('refusals.imports/control_total_differs', { total: 90, controlTotal: 100 })).waitFor();
    await looksRight();
    await page.locator('[name="controlTotal"]').fill('90');
    await page.getByRole('button', { name: t('importing.start'), exact: true }).click();
    await page.locator('[data-state]').getByText(t('importStates.done'), { exact: true }).waitFor();
    expect(desk.complaints).toEqual([]);
  });
});
