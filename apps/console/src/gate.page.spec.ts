import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { openBrowser, openDesk, openPageCity, type PageCity, settled, type WatchedPage, wordsOf } from '@timebank/testing';
import { crushedText, faultsOf } from '@timebank/testing/screens';
import type { Browser } from 'playwright-core';

const t = wordsOf('apps/console/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');

describe('why not she, at the desk', () => {
  let city: PageCity;
  let browser: Browser;
  let desk: WatchedPage;
  beforeAll(async () => {
    city = await openPageCity();
    browser = await openBrowser();
    desk = await openDesk(browser, city.origin, city.coordinator);
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  const base = () => `/api/banks/${city.bankId}`;
  const choose = async (phone: string) => {
    const { page } = desk;
    await page.locator('[name="volunteerId"]').fill(phone);
    await page.getByRole('option').filter({ hasText: phone }).click();
    await settled(page);
  };

  it('all that stands in the way of the person chosen is said, and what is soft is set aside with a reason', async () => {
    const { page, complaints } = desk;
    const admin = await city.app.signInAsCityAdmin();
    const rule = { key: 'planCapMinutes', value: 60, validFrom: '2026-03-02', source: 'test' };
    await admin.put(`${base()}/policies/${newId()}`, rule).expect(201);
    await city.take(await city.ask('company', 60));
    const beside = await city.ask('company', 90);
    await page.goto(`/console/requests/${beside}`);
    await choose(city.volunteer.phone);
    await page.locator('[data-reason="overlaps"]').waitFor();
    await page.locator('[data-reason="day_cap"]').getByText(t('request.gateSoft'), { exact: false }).waitFor();
    expect(await page.locator('[name="overruleNote"]').count()).toBe(0);
    expect([...(await faultsOf(page)), ...(await crushedText(page))]).toEqual([]);
    const after = await city.ask('company', 180);
    await page.goto(`/console/requests/${after}`);
    await choose(city.volunteer.phone);
    await page.locator('[data-reason="day_cap"]').waitFor();
    await page.locator('[name="overruleNote"]').fill('She asked for both');
    expect([...(await faultsOf(page)), ...(await crushedText(page))]).toEqual([]);
    await page.locator('form [type="submit"]').click();
    await page.waitForURL('**/visits/*');
    await page.getByText(t('visit.setAside', { note: 'She asked for both' })).waitFor();
    expect(await city.app.database.query('select reasons, note from gate_overrule')).toEqual([
      { reasons: ['day_cap'], note: 'She asked for both' },
    ]);
    expect(complaints).toEqual([]);
  });

  it('what came up after they were chosen is said once it is refused, and so for somebody known who is assigned by one press', async () => {
    const { page, complaints } = desk;
    const wish = async (helperWish: 'woman' | null) => {
      const path = `${base()}/members/${city.client.memberId}`;
      const { version } = (await city.coordinator.caller.get(path).expect(200)).body as { version: number };
      await city.coordinator.caller.patch(path, { version, helperWish }).expect(200);
    };
    const setAside = async () => {
      await page.locator('[data-reason="wish_woman"]').waitFor();
      await page.getByText(t('refusals.gate/wish_woman')).waitFor();
      expect(await page.getByText(t('request.gateOk')).count()).toBe(0);
      expect([...(await faultsOf(page)), ...(await crushedText(page))]).toEqual([]);
      await page.locator('[name="overruleNote"]').fill('She knows him');
      await page.locator('form [type="submit"]').click();
      await page.waitForURL('**/visits/*');
    };
    await page.goto(`/console/requests/${await city.ask('company', 3_000)}`);
    await choose(city.volunteer.phone);
    await page.getByText(t('request.gateOk')).waitFor();
    await wish('woman');
    await page.locator('form [type="submit"]').click();
    await setAside();
    const kept = await city.app.database.query("select reasons from gate_overrule where note = 'She knows him'");
    expect(kept).toEqual([{ reasons: ['wish_woman'] }]);
    await wish(null);
    const before = city.app.clock.now().getTime();
    const past = {
      clientId: city.client.memberId,
      volunteerId: city.volunteer.memberId,
      serviceKind: 'company',
      startedAt: new Date(before - 7_200_000).toISOString(),
      endedAt: new Date(before - 3_600_000).toISOString(),
      reasonCode: 'no_phone',
    };
    await city.coordinator.caller.put(`${base()}/past-visits/${newId()}`, past).expect(201);
    await page.goto(`/console/requests/${await city.ask('company', 4_500)}`);
    await wish('woman');
    await page
      .getByRole('group', { name: t('request.known') })
      .getByRole('button')
      .click();
    await setAside();
    await wish(null);
    expect(complaints).toEqual([]);
  });

  it('somebody who was to come with a new request, and cannot, is shown at it with what stands in the way', async () => {
    const { page, complaints } = desk;
    await page.goto('/console/requests/new');
    for (const [field, phone] of [
      ['clientId', city.client.phone],
      ['volunteerId', city.volunteer.phone],
    ] as const) {
      await page.locator(`[name="${field}"]`).fill(phone);
      await page.getByRole('option').filter({ hasText: phone }).click();
    }
    await page.locator('[name="serviceKind"]').selectOption('company');
    await page.locator('[name="startsAt"]').fill('2026-03-02');
    // The visit of the first test is then.
    const busy = new Date(city.app.clock.now().getTime() + 75 * 60_000);
    const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Shanghai' }).format(busy);
    await page.locator('[name="time"]').fill(time);
    await page.getByRole('button', { name: t('requests.send') }).click();
    await page.waitForURL(/requests\/[0-9a-f-]{36}\?helper=/);
    await page.locator('[data-reason="overlaps"]').waitFor();
    expect(complaints).toEqual([]);
  });

  it('two who are not to meet are noted at a member, and the desk then says so of them', async () => {
    const { page, complaints } = desk;
    await page.goto(`/console/members/${city.client.memberId}`);
    await page.getByRole('button', { name: t('helping.block'), exact: true }).click();
    await page.locator('[name="blockedMemberId"]').fill(city.volunteer.phone);
    await page.getByRole('option').filter({ hasText: city.volunteer.phone }).click();
    await page.getByRole('button', { name: t('helping.block'), exact: true }).click();
    await page.getByRole('button', { name: t('helping.unblock') }).waitFor();
    await page.setViewportSize({ width: 360, height: 800 });
    expect([...(await faultsOf(page)), ...(await crushedText(page))]).toEqual([]);
    await page.goto(`/console/requests/${await city.ask('meal', 2_000)}`);
    await choose(city.volunteer.phone);
    await page.locator('[data-reason="blocked_pair"]').waitFor();
    await page.locator('form [type="submit"]').click();
    await page.getByText(t('refusals.gate/blocked_pair')).waitFor();
    expect(complaints).toEqual([]);
  });
});
