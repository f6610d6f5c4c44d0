import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { goTo, openBrowser, openPageCity, openPhone, type PageCity, type TestMember, wordsOf } from '@timebank/testing';
import { faultsOf } from '@timebank/testing/screens';
import type { Browser } from 'playwright-core';

const t = wordsOf('apps/web/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');

describe('several helpers on the phone', () => {
  let city: PageCity;
  let browser: Browser;
  let second: TestMember;
  let requestId: string;
  beforeAll(async () => {
    city = await openPageCity();
    second = await city.app.register(city.coordinator.caller, city.bankId, 'volunteer');
    requestId = newId();
    const startsAt = new Date(city.app.clock.now().getTime() + 60 * 60_000).toISOString();
    const asked = {
      clientId: city.client.memberId,
      serviceKind: 'company',
      startsAt,
      minutes: 60,
      place: 'Ninghai Road 12',
      helpersNeeded: 3,
    };
    await city.client.caller.put(`/api/banks/${city.bankId}/requests/${requestId}`, asked).expect(201);
    await second.caller.put(`/api/banks/${city.bankId}/visits/${newId()}`, { requestId, volunteerId: second.memberId }).expect(201);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  const phoneOf = (person: TestMember) => openPhone(browser, city.origin, person);

  it('shows how many are missing; one of several places is taken, and left with a reason or without', async () => {
    const { page, context, complaints } = await phoneOf(city.volunteer);
    await goTo(page, '/requests');
    await page.getByText(t('requests.left', { count: 2 })).click();
    await page.getByText(t('requests.of', { needed: 3, count: 2 })).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('button', { name: t('requests.take') }).click();
    await page.getByRole('button', { name: t('visit.undo', { seconds: '' }).slice(0, 2) }).waitFor();
    await goTo(page, `/requests/${requestId}`);
    await page.getByText(t('requests.own')).click();
    await page.waitForURL('**/visits/*');
    await page.getByRole('button', { name: t('visit.cancel') }).click();
    await page.getByText(t('visit.cancelToday')).waitFor();
    await page.locator('[name="reasonCode"]').selectOption('family');
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('button', { name: t('visit.cancelYes') }).click();
    await page.getByText(t('visit.cancelled')).waitFor();
    // The place is there again.
    await goTo(page, '/requests');
    await page.getByText(t('requests.left', { count: 2 })).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('shows a date of a series to whoever took it while another is missing, and to the client who comes and how many are missing', async () => {
    const path = `/api/banks/${city.bankId}/series/${newId()}`;
    const startsOn = new Date(city.app.clock.now().getTime() + 5 * 86_400_000).toISOString().slice(0, 10);
    const terms = {
      clientId: city.client.memberId,
      serviceKind: 'company',
      rule: 'FREQ=DAILY;INTERVAL=7',
      startsOn,
      startTime: '15:00',
      minutes: 30,
    };
    await city.coordinator.caller.put(path, { ...terms, place: 'Ninghai Road 12', helpersNeeded: 2 }).expect(201);
    const regular = ({ memberId }: TestMember) => `${path}/regulars/${memberId}`;
    const seriesId = path.slice(path.lastIndexOf('/') + 1);
    const next = async () =>
      (
        (await city.coordinator.caller.get(`/api/banks/${city.bankId}/requests?seriesId=${seriesId}&sort=next`).expect(200)).body as {
          items: { requestId: string; helpers: number }[];
        }
      ).items;
    await city.coordinator.caller.put(regular(second)).expect(201);
    const [date] = await next();
    if (date?.helpers === 0)
      await second.caller
        .put(`/api/banks/${city.bankId}/visits/${newId()}`, { requestId: date.requestId, volunteerId: second.memberId })
        .expect(201);
    expect((await next())[0]).toMatchObject({ helpers: 1, helpersNeeded: 2 });
    const helper = await phoneOf(second);
    await goTo(helper.page, `/series/${seriesId}`);
    const first = helper.page.locator('[data-part="dates"] li').first();
    await first.getByText(t('series.mineTaken'), { exact: true }).waitFor();
    await first.getByRole('button', { name: t('series.give') }).waitFor();
    expect(await faultsOf(helper.page)).toEqual([]);
    await helper.context.close();
    const client = await phoneOf(city.client);
    await goTo(client.page, `/series/${seriesId}`);
    const told = client.page.locator('[data-part="dates"] li').first();
    await told.getByText(t('requests.left', { count: 1 })).waitFor();
    expect(await told.innerText()).toContain(t('series.takenBy', { name: `volunteer ${second.phone}` }));
    expect(await faultsOf(client.page)).toEqual([]);
    await client.context.close();
  });

  it('tells the client all their names', async () => {
    await city.take(requestId);
    const nameOf = async (who: TestMember) =>
      ((await city.coordinator.caller.get(`/api/banks/${city.bankId}/members/${who.memberId}`).expect(200)).body as { name: string }).name;
    const { page, context, complaints } = await phoneOf(city.client);
    await goTo(page, '/help');
    const asked = page
      .getByRole('listitem')
      .filter({ hasText: t('requests.left', { count: 1 }) })
      .first();
    await asked.waitFor();
    const said = await asked.innerText();
    for (const who of [city.volunteer, second]) expect(said).toContain(await nameOf(who));
    expect(await faultsOf(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('hands a visit over to a colleague by the number on their card: it stays with its helper until the colleague says yes', async () => {
    const visitId = await city.take(await city.ask('company', 4 * 24 * 60));
    const member = `/api/banks/${city.bankId}/members/${second.memberId}`;
    const { memberNumber } = (await city.coordinator.caller.get(member).expect(200)).body as { memberNumber: string };
    const helper = await phoneOf(city.volunteer);
    await goTo(helper.page, `/visits/${visitId}`);
    await helper.page.getByRole('button', { name: t('handOver.open') }).click();
    const form = helper.page.locator('[data-part="hand-over"]');
    await form.locator('[name="memberNumber"]').fill('000000000');
    await form.locator('[type="submit"]').click();
    await form.locator('.error, [role="alert"]').first().waitFor();
    expect(await faultsOf(helper.page)).toEqual([]);
    await form.locator('[name="memberNumber"]').fill(memberNumber);
    await form.locator('[type="submit"]').click();
    await helper.page.getByText(t('handOver.asked')).waitFor();
    const colleague = await phoneOf(second);
    const card = colleague.page.locator('[data-offer]');
    await card.getByRole('button', { name: t('offers.yes') }).waitFor();
    expect(await faultsOf(colleague.page)).toEqual([]);
    await goTo(helper.page, `/visits/${visitId}`);
    await helper.page
      .getByRole('link', { name: t('visit.scanIn') })
      .or(helper.page.getByText(t('visit.scanIn')))
      .first()
      .waitFor();
    await card.getByRole('button', { name: t('offers.yes') }).click();
    await colleague.page.getByText(t('offers.accepted')).waitFor();
    await goTo(helper.page, `/visits/${visitId}`);
    await helper.page.getByText(t('visit.cancelled')).waitFor();
    const planned = `select volunteer_id as who from visit v where v.state = 'planned' and request_id = (select request_id from visit where visit_id = $1)`;
    expect(await city.app.database.query(planned, [visitId])).toEqual([{ who: second.memberId }]);
    expect([...helper.complaints, ...colleague.complaints]).toEqual([]);
    for (const { context } of [helper, colleague]) await context.close();
  });
});
