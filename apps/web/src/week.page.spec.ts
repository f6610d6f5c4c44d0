import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { goTo, openBrowser, openPageCity, openPhone, type PageCity, type TestMember, wordsOf } from '@timebank/testing';
import { faultsOf } from '@timebank/testing/screens';
import type { Browser } from 'playwright-core';

const t = wordsOf('apps/web/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');

describe('my week on the phone', () => {
  let city: PageCity;
  let browser: Browser;
  let taken: string;
  beforeAll(async () => {
    city = await openPageCity();
    taken = await city.take(await city.ask('company', 2 * 24 * 60));
    await city.ask('meal', 4 * 24 * 60);
    const weekly = [{ day: 7, from: '09:00', to: '12:00' }];
    await city.volunteer.caller.put('/api/me/availability', { weekly, pauses: [{ from: '2026-03-06', to: '2026-03-06' }] }).expect(201);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  const phoneOf = (person: TestMember) => openPhone(browser, city.origin, person);

  it('shows a volunteer seven days with what is on them and when they are free, week by week', async () => {
    const { page, context, complaints } = await phoneOf(city.volunteer);
    await page.getByRole('link', { name: t('title.week') }).click();
    const day = (date: string) => page.locator(`[data-day="${date}"]`);
    await day('2026-03-04').locator(`a[href*="${taken}"]`).waitFor();
    expect(await page.locator('[data-day]').count()).toBe(7);
    await day('2026-03-06').getByText(t('week.away')).waitFor();
    await day('2026-03-08').getByText('09:00–12:00').waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('button', { name: t('week.after') }).click();
    await page.waitForURL('**/week?from=2026-03-09');
    await day('2026-03-09').waitFor();
    await page.getByRole('button', { name: t('week.before') }).click();
    await day('2026-03-04').locator(`a[href*="${taken}"]`).click();
    await page.waitForURL(`**/visits/${taken}`);
    await goTo(page, '/services');
    await page.getByRole('link', { name: t('title.week') }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('shows a client who comes and what nobody has taken, and asks a day before whether it is still needed', async () => {
    const { page, context, complaints } = await phoneOf(city.client);
    await goTo(page, '/week');
    await page.locator('[data-day="2026-03-04"] a').waitFor();
    await page.locator('[data-day="2026-03-06"] [data-what="asked"]').click();
    await page.waitForURL('**/help');
    const asked = 'update request set asked_again_at = now() where request_id = $1';
    const [yes, no] = [await city.ask('meal', 600), await city.ask('errands', 700)];
    for (const requestId of [yes, no]) await city.app.database.query(asked, [requestId]);
    await page.reload();
    await page.getByText(t('help.stillNeeded')).nth(1).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page
      .getByRole('button', { name: t('help.stillYes') })
      .first()
      .click();
    await page.getByText(t('help.stillNeeded')).nth(1).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: t('help.stillNo') }).click();
    await page.getByText(t('help.stillNeeded')).waitFor({ state: 'detached' });
    const read = async (requestId: string) =>
      (await city.coordinator.caller.get(`/api/banks/${city.bankId}/requests/${requestId}`).expect(200)).body as object;
    expect(await read(yes)).toMatchObject({ state: 'open', stillNeeded: { saidAt: expect.any(String) } });
    expect(await read(no)).toMatchObject({ state: 'cancelled' });
    await city.coordinator.caller.post(`/api/banks/${city.bankId}/requests/${newId()}/still-needed`, {}).expect(404);
    await city.volunteer.caller.post(`/api/banks/${city.bankId}/requests/${yes}/still-needed`, {}).expect(403);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
