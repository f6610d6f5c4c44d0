import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { goTo, openBrowser, openDesk, openPageCity, openPhone, type PageCity, settled, type WatchedPage, wordsOf } from '@timebank/testing';
import { crushedText, faultsOf } from '@timebank/testing/screens';
import type { Browser, Page } from 'playwright-core';

const desk = wordsOf('apps/console/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');
const phone = wordsOf('apps/web/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');

describe('an activity, at the desk and on the phone', () => {
  let city: PageCity;
  let browser: Browser;
  let office: WatchedPage;
  let helper: WatchedPage;
  beforeAll(async () => {
    city = await openPageCity();
    browser = await openBrowser();
    office = await openDesk(browser, city.origin, city.coordinator);
    helper = await openPhone(browser, city.origin, city.volunteer, { at: '/activities' });
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  const looksRight = async (page: Page) => {
    await settled(page);
    expect([...(await faultsOf(page)), ...(await crushedText(page))]).toEqual([]);
  };

  it('is laid, joined by name and by phone, attended by the code of a screen, and closed: who helped has its minutes', async () => {
    const { page } = office;
    await goTo(page, '/console/activities/new');
    await page.locator('[name="name"]').fill('Singing');
    await page.locator('[name="helperPlaces"]').fill('1');
    await looksRight(page);
    await page.getByRole('button', { name: desk('activities.lay'), exact: true }).click();
    await page.waitForURL(/activities\/[0-9a-f-]{36}$/);
    const activityId = page.url().split('/').at(-1) as string;
    const api = `/api/banks/${city.bankId}/activities/${activityId}`;

    await goTo(helper.page, '/activities');
    await helper.page.getByRole('button', { name: phone('activities.join.helper') }).click();
    await helper.page.getByText(phone('activities.helps')).waitFor();
    await helper.page.getByRole('button', { name: phone('activities.withdraw') }).click();
    await helper.page.getByRole('button', { name: phone('activities.withdrawYes') }).click();
    await helper.page.getByRole('button', { name: phone('activities.join.helper') }).click();
    await helper.page.getByText(phone('activities.helps')).waitFor();
    await looksRight(helper.page);

    await goTo(page, `/console/activities/${activityId}`);
    await page.getByRole('button', { name: desk('activities.add'), exact: true }).click();
    await page.getByRole('combobox', { name: desk('activities.who') }).fill(city.client.phone);
    await page.locator('[role="listbox"] [role="option"]').first().click();
    await page.getByRole('button', { name: desk('activities.add'), exact: true }).click();
    await page.locator('[data-part="participant"] [data-person]').waitFor();
    await looksRight(page);

    const { body: laid } = await city.coordinator.caller.get(api).expect(200);
    const { startsAt, endsAt } = laid as { startsAt: string; endsAt: string };
    city.app.clock.set(new Date(startsAt));
    const { body: display } = await city.coordinator.caller
      .put(`/api/banks/${city.bankId}/displays/${newId()}`, { name: 'Hall' })
      .expect(201);
    const screen = (display as { screenUrl: string }).screenUrl.split('/').at(-1) as string;
    await goTo(helper.page, '/activities');
    await helper.page.getByRole('button', { name: phone('activities.here') }).click();
    const typed = helper.page.locator('[name="card"]');
    await typed.fill('0000-0000');
    await typed.press('Enter');
    await helper.page.getByText(phone('courses.unknownCode')).waitFor();
    expect(await typed.inputValue()).toBe('0000-0000');
    await looksRight(helper.page);
    const { body: shown } = await city.volunteer.caller.get(`/api/screens/${screen}`).expect(200);
    await typed.fill((shown as { typed: string }).typed);
    await typed.press('Enter');
    await helper.page.getByText(phone('activities.wasThere')).waitFor();
    await goTo(page, `/console/activities/${activityId}/sheet`);
    await page.getByRole('button', { name: desk('activities.print') }).waitFor();
    await looksRight(page);

    city.app.clock.set(new Date(endsAt));
    const policy = { key: 'activityHoursFrom', value: 'fund', validFrom: startsAt.slice(0, 10), source: 'test' };
    const admin = await city.app.signInAsCityAdmin();
    await admin.put(`/api/banks/${city.bankId}/policies/${newId()}`, policy).expect(201);
    await goTo(page, `/console/activities/${activityId}`);
    await page.getByRole('button', { name: desk('activities.close'), exact: true }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: desk('activities.closeYes') })
      .click();
    await page.getByText(desk('activityStates.closed')).first().waitFor();
    const paid = await city.app.database.query(`select minutes::integer from transfer where kind = 'activity'`);
    expect(paid).toEqual([{ minutes: 120 }]);
    await goTo(helper.page, '/activities');
    await helper.page.locator('[data-activity] .note').waitFor();
    await looksRight(helper.page);
    await goTo(page, '/console/activities');
    await page.getByRole('link', { name: 'Singing' }).waitFor();
    await looksRight(page);
    expect([office.complaints, helper.complaints]).toEqual([[], []]);
  });
});
