import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  cityAdmin,
  openBrowser,
  openPageCity,
  openWatchedPage,
  type PageCity,
  settled,
  signIn,
  type Watched,
  wordsOf,
} from '@timebank/testing';
import { crushedText, faultsOf } from '@timebank/testing/screens';
import type { Browser } from 'playwright-core';

const wordsIn = (locale: string) => wordsOf(`apps/console/src/locales/${locale}.json`, `libs/contract/locales/${locale}.json`);
const t = wordsIn('zh-Hans');
const inFull = (day: string) =>
  new Intl.DateTimeFormat('zh-Hans', { timeZone: 'UTC', dateStyle: 'long' }).format(new Date(`${day}T12:00:00Z`));
type Person = Parameters<typeof signIn>[1];

describe('time banks, at the desk', () => {
  let city: PageCity;
  let browser: Browser;
  let desk: Watched;

  beforeAll(async () => {
    city = await openPageCity();
    browser = await openBrowser();
    desk = await openDesk(cityAdmin as Person);
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  async function openDesk(person: Person): Promise<Watched> {
    const opened = await openWatchedPage(browser, city.origin, { viewport: { width: 1_280, height: 900 }, reducedMotion: 'reduce' });
    await opened.page.goto('/console/');
    await signIn(opened.page, person);
    await opened.page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
    return opened;
  }

  it('D10: an administrator changes the zone of a bank from a day on, is told what that means, and is refused in the own language', async () => {
    const { page, complaints } = desk;
    await page.goto('/console/banks');
    const edit = () => page.getByRole('button', { name: t('banks.edit', { name: 'Drum Tower' }), exact: true }).click();
    const day = page.locator('dialog [name="validFrom"]');
    const zone = page.locator('dialog [name="timeZone"]');
    await edit();
    expect(await zone.count()).toBe(0);
    await page
      .locator('dialog [data-zones]')
      .getByText(t('banks.zoneFirst', { zone: 'Asia/Shanghai' }))
      .waitFor();
    await page.locator('dialog [name="changesZone"]').check();
    expect(await day.inputValue()).toBe('2026-03-03');
    await zone.fill('Asia/Urumqi');
    await page.getByText(t('banks.zoneEffect', { day: inFull('2026-03-03'), zone: 'Asia/Urumqi' })).waitFor();
    await day.fill('2026-03-02');
    await page.locator('dialog [type="submit"]').click();
    await page.getByText(t('refusals.banks/zone_begins_too_early', { earliest: inFull('2026-03-03') })).waitFor();
    await day.fill('2026-03-10');
    await zone.fill('Asia/Nowhere');
    await page.locator('dialog [type="submit"]').click();
    await page.getByText(t('refusals.request/malformed')).waitFor();
    await settled(page);
    expect(await faultsOf(page)).toEqual([]);
    await zone.fill('Asia/Urumqi');
    await page.locator('dialog [type="submit"]').click();
    await page.getByText(t('banks.saved', { name: 'Drum Tower' })).waitFor();
    await edit();
    const known = page.locator('dialog [data-zones]');
    await known.getByText(t('banks.zoneSince', { zone: 'Asia/Urumqi', day: inFull('2026-03-10') })).waitFor();
    const kept = (await (await city.app.signInAsCityAdmin()).get(`/api/banks/${city.bankId}`).expect(200)).body;
    expect([kept.timeZone, kept.zones.map((one: { validFrom: string | null }) => one.validFrom)]).toEqual([
      'Asia/Shanghai',
      [null, '2026-03-10'],
    ]);
    expect(await page.locator('dialog [name="changesZone"]').isChecked()).toBe(false);
    await page.locator('dialog [name="changesZone"]').check();
    await page.setViewportSize({ width: 390, height: 844 });
    expect([...(await faultsOf(page)), ...(await crushedText(page))]).toEqual([]);
    await page.getByRole('button', { name: t('app.back'), exact: true }).click();
    await page.setViewportSize({ width: 1_280, height: 900 });
    expect(complaints).toEqual([]);
  });
});
