import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cityAdmin, goTo, openBrowser, openDesk, openPageCity, type PageCity, settled, type WatchedPage, wordsOf } from '@timebank/testing';
import { crushedText, faultsOf } from '@timebank/testing/screens';
import type { Browser } from 'playwright-core';

const t = wordsOf('apps/console/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');
const kind = { names: { 'zh-Hans': 'Roofs' }, class: 'home_adaptation', riskLevel: 'high', usualMinutes: 60, position: 30 };

describe('the risks of a kind of service and what volunteers are insured by, at the desk', () => {
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

  it('records an insurance, ends it, and takes the list of a day, which is kept', async () => {
    const { page, complaints } = await openDesk(browser, city.origin, cityAdmin);
    const kept = () => city.app.database.query('select number, kinds, ended_on is not null as ended from insurance');
    await goTo(page, '/console/insurances');
    await page.getByRole('button', { name: t('insurances.new') }).click();
    await page.locator('[name="insurer"]').fill('PICC');
    await page.locator('[name="number"]').fill('P 1');
    await page.locator('[name="until"]').fill('2026-03-20');
    await page.locator('[name="onlySome"]').last().check();
    await page.locator('[name="kinds"][value="roofs"]').check();
    await settled(page);
    expect([...(await faultsOf(page)), ...(await crushedText(page))]).toEqual([]);
    await page.locator('form [type="submit"]').click();
    await page.getByText(t('insurances.stand.soon')).waitFor();
    expect(await kept()).toEqual([{ number: 'P 1', kinds: ['roofs'], ended: false }]);
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByText(t('insurances.take')).click()]);
    expect(file.suggestedFilename()).toContain('2026-03-02');
    expect(await city.app.database.query('select kind, people from disclosure')).toEqual([{ kind: 'insured_list', people: 1 }]);
    await goTo(page, '/console/home');
    await page
      .locator('.figure')
      .filter({ hasText: t('home.insuranceEnding') })
      .getByRole('link')
      .click();
    await page.getByRole('button', { name: t('insurances.change'), exact: false }).click();
    await page.locator('[name="endsEarly"]').check();
    await page.locator('[name="endNote"]').fill('Another insurer');
    await page.locator('form [type="submit"]').click();
    await page.getByText('Another insurer').waitFor();
    expect(await kept()).toEqual([{ number: 'P 1', kinds: ['roofs'], ended: true }]);
    expect(complaints).toEqual([]);
  });
});
