import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { goTo, openBrowser, openDesk, openPageCity, type PageCity, settled, type WatchedPage, wordsOf } from '@timebank/testing';
import { crushedText, faultsOf } from '@timebank/testing/screens';
import { AskAbsentHelpers } from '@timebank/visits';
import type { Browser } from 'playwright-core';

const t = wordsOf('apps/console/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');

describe('around the day of a visit, at the desk', () => {
  let city: PageCity;
  let browser: Browser;
  let desk: WatchedPage;
  beforeAll(async () => {
    city = await openPageCity();
    const requestId = await city.ask('company', 10);
    await city.take(requestId);
    const standby = await city.app.register(city.coordinator.caller, city.bankId, 'volunteer');
    const visit = { requestId, volunteerId: standby.memberId, orStandby: true };
    await standby.caller.put(`/api/banks/${city.bankId}/visits/${newId()}`, visit).expect(202);
    await city.client.caller.put(`/api/banks/${city.bankId}/call-wishes/${newId()}`, {}).expect(201);
    city.app.clock.advance(25);
    await city.app.app.get(AskAbsentHelpers, { strict: false }).run(city.bankId);
    browser = await openBrowser();
    desk = await openDesk(browser, city.origin, city.coordinator);
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });
  const sound = async () => {
    await settled(desk.page);
    expect([...(await faultsOf(desk.page)), ...(await crushedText(desk.page))]).toEqual([]);
  };

  it('the first screen says to whom nobody came, with the phones of three, and who would like a call', async () => {
    const { page } = desk;
    await goTo(page, '/console/home');
    const absent = page.locator('[data-part="nobody-came"]');
    expect(await absent.locator('a[href^="tel:"]').count()).toBe(3);
    await sound();
    await page.locator('[data-part="call-wishes"]').getByRole('button').click();
    await page.locator('[data-part="call-wishes"]').waitFor({ state: 'detached' });
    expect(await city.app.database.query('select from call_wish where done_at is null')).toEqual([]);
  });

  it('a member is paused by one form, and what helpers have to know is shown on demand, which is kept', async () => {
    const { page, complaints } = desk;
    const need = {
      clientId: city.client.memberId,
      serviceKind: 'company',
      rule: 'FREQ=DAILY',
      startsOn: '2026-03-10',
      startTime: '09:00',
      minutes: 10,
    };
    await city.client.caller.put(`/api/banks/${city.bankId}/series/${newId()}`, need).expect(201);
    await goTo(page, `/console/members/${city.client.memberId}`);
    const needs = page.locator('[data-part="needs"]');
    await needs.getByRole('button', { name: t('needs.show') }).click();
    await needs.getByRole('button', { name: t('needs.write') }).click();
    await needs.locator('[name="pets"]').fill('A dog');
    await sound();
    await needs.locator('[type="submit"]').click();
    await needs.getByText('A dog').waitFor();
    const pause = page.locator('[data-part="pause"]');
    await pause.getByRole('button', { name: t('pausing.yes') }).click();
    await pause.locator('[name="pauseTo"]').fill('2026-03-20');
    await sound();
    await pause.locator('[type="submit"]').click();
    await pause.getByRole('status').waitFor();
    await pause.getByRole('button', { name: t('pausing.early') }).click();
    await sound();
    await pause.locator('[name="backOn"]').press('Enter');
    await pause.locator('[data-part="away"]').waitFor({ state: 'detached' });
    await goTo(page, `/console/members/${city.client.memberId}`);
    await needs.getByRole('button', { name: t('needs.show') }).click();
    await needs.getByText('A dog').waitFor();
    expect(await city.app.database.query('select kind, fields from disclosure')).toEqual([{ kind: 'needs', fields: ['pets'] }]);
    expect(complaints).toEqual([]);
  });
});
