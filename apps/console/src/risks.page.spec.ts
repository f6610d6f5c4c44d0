import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openBrowser, openDesk, openPageCity, type PageCity, settled, type WatchedPage, wordsOf } from '@timebank/testing';
import { crushedText, faultsOf } from '@timebank/testing/screens';
import type { Browser } from 'playwright-core';

const t = wordsOf('apps/console/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');
const kind = { names: { 'zh-Hans': 'Roofs' }, class: 'home_adaptation', riskLevel: 'high', usualMinutes: 60, position: 30 };

describe('the risks of a kind of service, at the desk', () => {
  let city: PageCity;
  let browser: Browser;
  let desk: WatchedPage;
  beforeAll(async () => {
    city = await openPageCity();
    const admin = await city.app.signInAsCityAdmin();
    await admin.put('/api/service-kinds/roofs', { ...kind, riskText: { 'zh-Hans': 'You may fall.' } }).expect(201);
    browser = await openBrowser();
    desk = await openDesk(browser, city.origin, city.coordinator);
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  it('are read out to the person chosen, kept as such, and then nothing stands in the way', async () => {
    const { page, complaints } = desk;
    await page.goto(`/console/requests/${await city.ask('roofs', 60)}`);
    await page.locator('[name="volunteerId"]').fill(city.volunteer.phone);
    await page.getByRole('option').filter({ hasText: city.volunteer.phone }).click();
    await page.locator('[data-reason="risk_not_read"]').waitFor();
    await page.getByText('You may fall.').waitFor();
    await settled(page);
    expect([...(await faultsOf(page)), ...(await crushedText(page))]).toEqual([]);
    await page.getByRole('button', { name: t('request.riskReadOut') }).click();
    await page.getByText(t('request.gateOk')).waitFor();
    expect(await page.locator('[name="volunteerId"]').inputValue()).not.toBe('');
    await page.locator('form [type="submit"]').click();
    await page.waitForURL('**/visits/*');
    expect(await city.app.database.query('select way from risk_reading')).toEqual([{ way: 'read_out' }]);
    expect(complaints).toEqual([]);
  });
});
