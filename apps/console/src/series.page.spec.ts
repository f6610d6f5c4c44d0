import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GenerateSeries } from '@timebank/care';
import { goTo, openBrowser, openDesk, openPageCity, type PageCity, settled, type WatchedPage, wordsOf } from '@timebank/testing';
import { crushedText, faultsOf } from '@timebank/testing/screens';
import type { Browser } from 'playwright-core';

const t = wordsOf('apps/console/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');

describe('a standing need at the desk', () => {
  let city: PageCity;
  let browser: Browser;
  let desk: WatchedPage;
  beforeAll(async () => {
    city = await openPageCity();
    browser = await openBrowser();
    desk = await openDesk(browser, city.origin, city.coordinator, { at: `/console/series/new?clientId=${city.client.memberId}` });
    await desk.page.goto(`/console/series/new?clientId=${city.client.memberId}`);
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  const press = (name: string) => desk.page.getByRole('button', { name, exact: true }).click();
  const sound = async () => expect([...(await faultsOf(desk.page)), ...(await crushedText(desk.page))]).toEqual([]);

  it('is written down once: the kind is chosen, and the sentence says what it means', async () => {
    const { page } = desk;
    await page.locator('[name="serviceKind"]').selectOption('company');
    await page.locator('[name="rule"]').selectOption('week');
    const weekday = page.locator('fieldset input:checked');
    expect(await weekday.count()).toBe(1);
    await sound();
    await press(t('series.submit'));
    await page.getByRole('heading', { name: t('series.dates') }).waitFor();
    await settled(page);
    expect(await page.getByRole('button', { name: t('series.skip') }).count()).toBeGreaterThanOrEqual(6);
    await sound();
  });

  it('gets a regular, who takes what is near', async () => {
    const { page } = desk;
    const { body } = await city.coordinator.caller.get(`/api/banks/${city.bankId}/members/${city.volunteer.memberId}`).expect(200);
    const { name } = body as { name: string };
    await page.locator('[name="regularId"]').fill(name);
    await page.locator('[role="option"]').first().click();
    await press(t('series.addRegular'));
    await page.getByText(t('requestStates.taken')).first().waitFor();
    await page.getByText(t('series.reserved', { name })).first().waitFor();
    expect(await page.getByText(t('requestStates.taken')).count()).toBeLessThanOrEqual(3);
  });

  it('a date that is kept for a regular says so before somebody else is given it', async () => {
    const { page } = desk;
    const kept = page.locator('li').filter({ has: page.getByText(t('series.reserved', { name: '' }).trim()) });
    await kept.first().locator('a[href*="/requests/"]').click();
    await page.locator('[data-kept]').waitFor();
    await settled(page);
    expect(await page.locator('[data-kept]').innerText()).toContain('volunteer');
    await sound();
    await page.getByRole('link', { name: t('series.of') }).click();
    await page.getByRole('heading', { name: t('series.dates') }).waitFor();
  });

  it('is changed as seen before: which dates move, and who would not come', async () => {
    const { page } = desk;
    await press(t('series.edit'));
    await page.locator('[name="startTime"]').fill('15:00');
    await press(t('series.preview'));
    await page.getByRole('heading', { name: t('series.previewTitle') }).waitFor();
    await sound();
    await press(t('series.save'));
    await page.getByText('15:00').first().waitFor();
    await page.locator('[name="startTime"]').waitFor({ state: 'detached' });
    expect(desk.complaints).toEqual([]);
  });

  it('stands on the page of its client and in the list, and one date is left out', async () => {
    const { page } = desk;
    const skips = page.getByRole('button', { name: t('series.skip') });
    // All its dates have come.
    await skips.last().waitFor();
    await settled(page);
    const before = await skips.count();
    await skips.last().click();
    await page.waitForFunction(
      ([count, word]) =>
        [...document.querySelectorAll('button')].filter((one) => one.textContent?.includes(word as string)).length < Number(count),
      [String(before), t('series.skip')] as const,
    );
    for (const path of ['/console/series', `/console/members/${city.client.memberId}`]) {
      await page.goto(path);
      await page.locator('a[href*="/series/"]').filter({ hasText: '15:00' }).waitFor();
      await settled(page);
      await sound();
    }
    expect(await skips.count()).toBe(0);
  });

  it('says on the first screen when dates were not laid for more than a day, and is silent once they are', async () => {
    const { page } = desk;
    const line = page.locator('[data-behind]');
    await goTo(page, '/console/home');
    expect(await line.count()).toBe(0);
    city.app.clock.advance(2 * 24 * 60);
    await goTo(page, '/console/home');
    await line.waitFor();
    await sound();
    await city.app.app.get(GenerateSeries, { strict: false }).run(city.bankId);
    await goTo(page, '/console/home');
    expect(await line.count()).toBe(0);
    expect(desk.complaints).toEqual([]);
  });
});
