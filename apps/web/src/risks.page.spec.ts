import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { goTo, openBrowser, openPageCity, openWatchedPage, type PageCity, signIn, type WatchedPage, wordsOf } from '@timebank/testing';
import { crushedText, faultsOf } from '@timebank/testing/screens';
import type { Browser } from 'playwright-core';

const t = wordsOf('apps/web/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');
const kind = { names: { 'zh-Hans': 'Roofs' }, class: 'home_adaptation', riskLevel: 'high', usualMinutes: 60, position: 30 };

describe('the risks of a kind of service, on the phone', () => {
  let city: PageCity;
  let browser: Browser;
  let watched: WatchedPage;
  beforeAll(async () => {
    city = await openPageCity();
    await say('You may fall.', 0);
    browser = await openBrowser();
    watched = await openWatchedPage(browser, city.origin);
    await goTo(watched.page, '/requests');
    await signIn(watched.page, city.volunteer);
    await watched.page.waitForURL('**/requests');
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  const say = async (text: string, version: number) => {
    const admin = await city.app.signInAsCityAdmin();
    await admin.put('/api/service-kinds/roofs', { ...kind, version, riskText: { 'zh-Hans': text } });
  };
  const press = (key: string) => watched.page.getByRole('button', { name: t(key) }).click();

  it('are shown when it is taken, read by one press that takes it, and not asked for again', async () => {
    const { page, complaints } = watched;
    await goTo(page, `/requests/${await city.ask('roofs', 60)}`);
    await press('requests.take');
    await page.getByText('You may fall.').waitFor();
    expect(await page.getByText(t('refusals.gate/risk_not_read')).count()).toBe(1);
    expect([...(await faultsOf(page)), ...(await crushedText(page))]).toEqual([]);
    await press('requests.riskRead');
    await page.getByRole('link', { name: t('scan.home') }).waitFor();
    const visits = await city.app.database.query<{ state: string }>('select state from visit');
    expect(visits).toEqual([{ state: 'planned' }]);
    await goTo(page, `/requests/${await city.ask('roofs', 240)}`);
    await press('requests.take');
    await page.getByRole('link', { name: t('scan.home') }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('are shown anew when their text changes while it is read, and count only once the new one was', async () => {
    const { page, complaints } = watched;
    await say('You may fall far.', 1);
    await goTo(page, `/requests/${await city.ask('roofs', 480)}`);
    await press('requests.take');
    await page.getByText('You may fall far.').waitFor();
    await say('You may fall and slip.', 2);
    await press('requests.riskRead');
    await page.getByText('You may fall and slip.').waitFor();
    await page.getByText(t('refusals.service_kinds/risk_changed')).waitFor();
    await press('requests.riskRead');
    await page.getByRole('link', { name: t('scan.home') }).waitFor();
    expect(await city.app.database.query('select way from risk_reading')).toHaveLength(2);
    expect(complaints).toEqual([]);
  });
});
