import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  goTo,
  openBrowser,
  openDesk,
  openPageCity,
  openWatchedPage,
  type PageCity,
  signIn,
  type TestMember,
  type WatchedPage,
  wordsOf,
} from '@timebank/testing';
import ICAL from 'ical.js';
import type { Browser, Page } from 'playwright-core';

const desk = wordsOf('apps/console/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');
const phone = wordsOf('apps/web/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');

/** The whole of it, from the call to the statement, on the desk's screen and two phones, and in the calendars of both helpers. */
describe('every Thursday at nine', () => {
  let city: PageCity;
  let browser: Browser;
  let office: WatchedPage;
  let other: TestMember;
  beforeAll(async () => {
    city = await openPageCity();
    other = await city.app.register(city.coordinator.caller, city.bankId, 'volunteer');
    browser = await openBrowser();
    office = await openDesk(browser, city.origin, city.coordinator);
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  const phoneOf = async (person: TestMember): Promise<Page> => {
    const { page } = await openWatchedPage(browser, city.origin, { viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' });
    await page.goto('/sign-in');
    await signIn(page, person);
    await page.waitForURL(({ pathname }) => pathname === '/today');
    return page;
  };
  const calendarOf = async (person: TestMember) => {
    const { body } = await person.caller.post('/api/me/calendar').expect(201);
    const path = new URL((body as { url: string }).url).pathname;
    return async () => {
      const { text } = await city.app.anybody.get(path).expect(200);
      const events = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((event) => ({
        uid: String(event.getFirstPropertyValue('uid')),
        day: String(event.getFirstPropertyValue('dtstart')).slice(0, 10),
        status: String(event.getFirstPropertyValue('status')),
        sequence: Number(event.getFirstPropertyValue('sequence')),
      }));
      return events.toSorted((one, next) => one.day.localeCompare(next.day));
    };
  };

  it('goes from a phone call to the statement', async () => {
    const [first, second] = [await phoneOf(city.volunteer), await phoneOf(other)];
    const [calendar, others] = [await calendarOf(city.volunteer), await calendarOf(other)];
    const { page } = office;
    await goTo(page, `/console/series/new?clientId=${city.client.memberId}`);
    await page.locator('[name="serviceKind"]').selectOption('company');
    await page.locator('[name="startsOn"]').fill('thu');
    await page.locator('[name="time"]').fill('9');
    await page.locator('[name="time"]').press('Enter');
    await page.waitForURL(/series\/[0-9a-f-]{36}$/);
    const seriesId = page.url().split('/').at(-1) as string;
    const dates = async () =>
      (await city.coordinator.caller.get(`/api/banks/${city.bankId}/requests?seriesId=${seriesId}`).expect(200)).body.items as {
        requestId: string;
        startsAt: string;
        state: string;
        plannedDate: string;
      }[];
    expect((await dates()).map(({ plannedDate }) => new Date(`${plannedDate}T00:00Z`).getUTCDay())).toEqual([4, 4, 4, 4, 4, 4]);

    await page.locator('[name="regularId"]').fill(city.volunteer.phone);
    await page.locator('[role="option"]').first().click();
    await page.getByRole('button', { name: desk('series.addRegular'), exact: true }).click();
    await page.getByText(desk('requestStates.taken')).first().waitFor();
    const [{ requestId, startsAt, plannedDate } = { requestId: '', startsAt: '', plannedDate: '' }] = await dates();
    const before = (await calendar()).find(({ day }) => day === plannedDate);
    expect(before).toMatchObject({ status: 'CONFIRMED' });
    expect(await others()).toEqual([]);

    // The regular gives the first date away; somebody else is asked, and takes it by one tap.
    await goTo(first, `/series/${seriesId}`);
    await first
      .getByRole('button', { name: phone('series.give') })
      .first()
      .click();
    await first
      .getByRole('button', { name: phone('series.giveYes') })
      .first()
      .click();
    await first.getByRole('button', { name: phone('series.giveYes') }).waitFor({ state: 'detached' });
    const after = (await calendar()).find(({ uid }) => uid === before?.uid);
    expect(after?.status).toBe('CANCELLED');
    expect(after?.sequence).toBeGreaterThan(before?.sequence ?? 0);

    await goTo(page, `/console/requests/${requestId}`);
    const candidate = page.locator(`[data-candidate="${other.memberId}"]`);
    await candidate.getByRole('button', { name: desk('candidates.ask') }).click();
    await candidate.getByText(desk('offerStates.open')).waitFor();
    await goTo(second, '/today');
    await second
      .locator('[data-offer]')
      .getByRole('button', { name: phone('offers.yes') })
      .click();
    await second.getByText(phone('offers.accepted')).waitFor();
    expect(await others()).toMatchObject([{ day: plannedDate, status: 'CONFIRMED' }]);

    // At the door, an hour later, at the desk, and in the statement.
    const door = `/s/${city.card.url.split('/s/')[1]}`;
    for (const minutes of [0, 60]) {
      city.app.clock.set(new Date(Date.parse(startsAt) + minutes * 60_000));
      await goTo(second, door);
      const scanned = second.waitForResponse((response) => response.url().includes('/scans/'));
      await second.locator('button.big').click();
      expect((await scanned).status()).toBe(201);
    }
    const [visit] = await city.app.database.query<{ visit_id: string; state: string }>(
      `select visit_id, state from visit where request_id = $1 and state <> 'cancelled'`,
      [requestId],
    );
    // Somebody else came than who comes every Thursday: the desk is to have seen that.
    expect(visit?.state).toBe('needs_ack');
    await goTo(page, `/console/visits/${visit?.visit_id}`);
    await page.getByRole('button', { name: desk('queue.acknowledgeAndApprove') }).click();
    await page.locator('dl.facts').getByText(desk('visitStates.approved'), { exact: true }).waitFor();
    await goTo(second, '/time');
    await second.locator(`a[href="/visits/${visit?.visit_id}"]`).waitFor();
    expect(await city.balance(other)).toMatchObject({ balanceMinutes: 60 });
    expect(await others()).toMatchObject([{ day: plannedDate, status: 'CONFIRMED' }]);
    expect(office.complaints).toEqual([]);
  });
});
