import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { openBrowser, openDesk, openPageCity, openWatchedPage, type PageCity, settled, signIn, wordsOf } from '@timebank/testing';
import { crushedText, faultsOf } from '@timebank/testing/screens';
import type { Browser } from 'playwright-core';

const t = wordsOf('apps/web/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');
const desk = wordsOf('apps/console/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');

describe('a request put to somebody', () => {
  let city: PageCity;
  let browser: Browser;
  beforeAll(async () => {
    city = await openPageCity();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  const phoneOf = async (elder = false) => {
    const opened = await openWatchedPage(browser, city.origin, { viewport: { width: 390, height: 844 } });
    if (elder) await opened.context.addInitScript(`localStorage.setItem('timebank.web.mode', '"elder"')`);
    await opened.page.goto('/sign-in');
    await signIn(opened.page, city.volunteer);
    await opened.page.waitForURL((url) => url.pathname === '/today');
    return opened;
  };
  const availability = () => `/api/banks/${city.bankId}/members/${city.volunteer.memberId}/availability`;

  it('is found where they said when they are free, one question at a time, by themselves and at the desk', async () => {
    const { page, context, complaints } = await phoneOf();
    await page.goto('/availability');
    await page.locator('[data-question="weekly"]').click();
    const morning = page.locator('.week .pick').first();
    await morning.click();
    expect(await morning.getAttribute('aria-pressed')).toBe('true');
    expect([...(await faultsOf(page)), ...(await crushedText(page))]).toEqual([]);
    await page.getByRole('button', { name: t('availability.save') }).click();
    await page.locator('[data-question="kinds"]').click();
    await page.locator('.picks .pick').first().click();
    await page.getByRole('button', { name: t('availability.save') }).click();
    await page.locator('[data-question="kinds"]').waitFor();
    const { body } = await city.coordinator.caller.get(availability()).expect(200);
    expect(body).toMatchObject({ weekly: [{ day: 1, from: '08:00', to: '12:00' }], kinds: [expect.any(String)] });
    expect(complaints).toEqual([]);
    await context.close();
    const at = await openDesk(browser, city.origin, city.coordinator);
    await at.page.goto(`/console/members/${city.volunteer.memberId}`);
    const panel = at.page.locator('[data-part="availability"]');
    await panel.getByRole('button', { name: desk('availability.open') }).click();
    await panel.locator('[data-question="weekMinutes"]').click();
    await panel.getByLabel(desk('availability.weekMinutes')).selectOption('240');
    await panel.getByRole('button', { name: desk('availability.save') }).click();
    await panel.locator('[data-question="weekMinutes"]').waitFor();
    expect((await city.coordinator.caller.get(availability()).expect(200)).body).toMatchObject({ weekMinutes: 240 });
    expect([...(await faultsOf(at.page)), ...(await crushedText(at.page))]).toEqual([]);
    expect(at.complaints).toEqual([]);
    await at.context.close();
  });

  it('stands on the first screen with whom, when and why, and is answered by one tap', async () => {
    const requestId = await city.ask('company', 3_000);
    const at = await openDesk(browser, city.origin, city.coordinator);
    await at.page.goto(`/console/requests/${requestId}`);
    const candidate = at.page.locator(`[data-candidate="${city.volunteer.memberId}"]`);
    await candidate.getByRole('link', { name: city.volunteer.phone, exact: true }).waitFor();
    await candidate.getByText(desk('candidates.not_asked'), { exact: false }).waitFor();
    expect([...(await faultsOf(at.page)), ...(await crushedText(at.page))]).toEqual([]);
    await candidate.getByRole('button', { name: desk('candidates.ask') }).click();
    await candidate.getByText(desk('offerStates.open')).waitFor();
    expect(at.complaints).toEqual([]);
    await at.context.close();

    const { page, context, complaints } = await phoneOf();
    const card = page.locator('[data-offer]');
    await card.getByRole('button', { name: t('offers.yes') }).waitFor();
    await settled(page);
    expect([...(await faultsOf(page)), ...(await crushedText(page))]).toEqual([]);
    await card.getByRole('button', { name: t('offers.yes') }).click();
    await page.getByText(t('offers.accepted')).waitFor();
    await page.getByRole('link', { name: t('offers.see') }).waitFor();
    const [visit] = await city.app.database.query<{ volunteer_id: string }>('select volunteer_id from visit where request_id = $1', [
      requestId,
    ]);
    expect(visit).toEqual({ volunteer_id: city.volunteer.memberId });
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('may be declined, also in large text', async () => {
    const requestId = await city.ask('company', 6_000);
    const offer = `/api/banks/${city.bankId}/offers/${newId()}`;
    await city.coordinator.caller.put(offer, { requestId, volunteerId: city.volunteer.memberId }).expect(201);
    const { page, context, complaints } = await phoneOf(true);
    await page.getByRole('button', { name: t('offers.no') }).click();
    await page.getByText(t('offers.declined')).waitFor();
    expect([...(await faultsOf(page)), ...(await crushedText(page))]).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
