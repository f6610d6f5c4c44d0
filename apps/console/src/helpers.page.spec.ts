import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { openBrowser, openDesk, openPageCity, type PageCity, type WatchedPage, wordsOf } from '@timebank/testing';
import { crushedText, faultsOf } from '@timebank/testing/screens';
import type { Browser } from 'playwright-core';

const t = wordsOf('apps/console/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');

describe('several helpers at the desk', () => {
  let city: PageCity;
  let browser: Browser;
  let desk: WatchedPage;
  const names: string[] = [];
  beforeAll(async () => {
    city = await openPageCity();
    for (const _ of [1, 2]) {
      const { memberId } = await city.app.register(city.coordinator.caller, city.bankId, 'volunteer');
      const { body } = await city.coordinator.caller.get(`/api/banks/${city.bankId}/members/${memberId}`).expect(200);
      names.push((body as { name: string }).name);
    }
    browser = await openBrowser();
    desk = await openDesk(browser, city.origin, city.coordinator);
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  const sound = async () => expect([...(await faultsOf(desk.page)), ...(await crushedText(desk.page))]).toEqual([]);

  it('are asked for by a press, and each has a visit of their own', async () => {
    const { page } = desk;
    await page.goto(`/console/requests/new?clientId=${city.client.memberId}`);
    await page.locator('[name="serviceKind"]').selectOption('company');
    expect(await page.locator('[name="helpersNeeded"]').inputValue()).toBe('1');
    await page.getByRole('button', { name: t('request.more') }).click();
    await sound();
    await page.getByRole('button', { name: t('requests.send') }).click();
    for (const [index, name] of names.entries()) {
      await page.getByText(t('request.helpersOf', { helpers: index, needed: 2 })).waitFor();
      await page.locator('[name="volunteerId"]').fill(name);
      await page.locator('[role="option"]').first().click();
      await page
        .locator('form')
        .getByRole('button', { name: t('request.assign'), exact: true })
        .click();
    }
    // The last one leads to the visit; the request lists both.
    await page.waitForURL('**/visits/*');
    await page.goBack();
    await page.locator('[data-part="helpers"] a').nth(1).waitFor();
    expect((await page.locator('[data-part="helpers"] a').allInnerTexts()).sort()).toEqual([...names].sort());
    await sound();
    await page.goto('/console/requests');
    await page.getByText(t('request.helpersOf', { helpers: 2, needed: 2 })).waitFor();
    expect(desk.complaints).toEqual([]);
  });

  it('may leave; the desk asks why when it calls off, and shows what was late', async () => {
    const { page } = desk;
    const requestId = await city.ask('company', 60);
    const visitId = await city.take(requestId);
    await page.goto(`/console/visits/${visitId}`);
    await page.getByRole('button', { name: t('visit.cancel') }).click();
    const dialog = page.locator('dialog');
    await dialog.getByRole('button', { name: t('visit.cancel') }).click();
    await dialog.getByText(t('visit.cancelWhy')).waitFor();
    await dialog.locator('[name="reasonCode"]').selectOption('weather');
    await sound();
    await dialog.getByRole('button', { name: t('visit.cancel') }).click();
    await page.getByText(`${t('cancelSides.by_bank')} · ${t('cancelReasons.weather')}`).waitFor();

    // Who is planned anew at the very moment of a cancellation was moved, and may leave freely.
    city.app.clock.advance(1);
    const again = newId();
    const { caller, memberId } = city.volunteer;
    await caller.put(`/api/banks/${city.bankId}/visits/${again}`, { requestId, volunteerId: memberId }).expect(201);
    await caller.post(`/api/banks/${city.bankId}/visits/${again}/cancel`, { reasonCode: 'ill' }).expect(200);
    await page.goto(`/console/visits/${again}`);
    await page
      .locator('.chip')
      .filter({ hasText: t('visit.late') })
      .waitFor();
    await page.goto(`/console/members/${memberId}`);
    await page.locator('[data-part="late"]').getByRole('link').first().waitFor();
    expect(await page.locator('[data-part="late"]').innerText()).toContain(t('member.leftLateTimes', { count: 1 }));
    await sound();
    expect(desk.complaints).toEqual([]);
  });
});
