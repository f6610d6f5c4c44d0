import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { goTo, openBrowser, openPageCity, openPhone, type PageCity, type TestMember, wordsOf } from '@timebank/testing';
import { faultsOf } from '@timebank/testing/screens';
import { AskAbsentHelpers, RemindTomorrow } from '@timebank/visits';
import type { Browser, Page } from 'playwright-core';

const t = wordsOf('apps/web/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');

describe('around the day of a visit, on the phone', () => {
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

  const phoneOf = (person: TestMember) => openPhone(browser, city.origin, person);
  const press = (page: Page, key: string) => page.getByRole('button', { name: t(key), exact: true }).click();
  const said = async (sql: string) => (await city.app.database.query<{ said: unknown }>(sql)).map(({ said: one }) => one);

  it('what to know is written by the client, shown to the helper on a tap, and who looked is read', async () => {
    const visitId = await city.take(await city.ask('company', 24 * 60));
    const theirs = await phoneOf(city.client);
    await goTo(theirs.page, '/needs');
    await theirs.page.locator('[name="door"]').fill('The bell is broken');
    await theirs.page.locator('[name="emergencyPhone"]').fill('13800000009');
    expect(await faultsOf(theirs.page)).toEqual([]);
    await theirs.page.locator('form [type="submit"]').click();
    await theirs.page.getByText(t('needs.saved')).waitFor();
    const { page, context, complaints } = await phoneOf(city.volunteer);
    await goTo(page, `/visits/${visitId}`);
    expect(await page.getByText('The bell is broken').count()).toBe(0);
    await press(page, 'needs.show');
    await page.locator('[data-needs]').getByText('The bell is broken').waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await goTo(theirs.page, '/needs');
    expect(await theirs.page.locator('[name="door"]').inputValue()).toBe('The bell is broken');
    await theirs.page.locator('section li').first().waitFor();
    expect([...complaints, ...theirs.complaints]).toEqual([]);
    for (const phone of [context, theirs.context]) await phone.close();
  });

  it('the evening before, both read who and when; one would like a call, the other cannot', async () => {
    // The product's day of specs begins at nine.
    city.app.clock.advance(9 * 60);
    await city.app.app.get(RemindTomorrow, { strict: false }).run(city.bankId);
    const theirs = await phoneOf(city.client);
    await theirs.page.locator('[data-part="tomorrow"]').waitFor();
    await press(theirs.page, 'tomorrow.callMe');
    await theirs.page.getByText(t('tomorrow.willCall')).waitFor();
    expect(await said('select about as said from call_wish')).toEqual(['asked']);
    const { page, context, complaints } = await phoneOf(city.volunteer);
    await page.locator('[data-part="tomorrow"] h2').waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await press(page, 'tomorrow.cannot');
    await press(page, 'tomorrow.yes');
    await page.getByText(t('tomorrow.left')).waitFor();
    expect(await said(`select cancelled_side as said from visit where state = 'cancelled'`)).toEqual(['by_volunteer']);
    expect([...complaints, ...theirs.complaints]).toEqual([]);
    for (const phone of [context, theirs.context]) await phone.close();
  });

  it('who has not begun is asked, says that they come, then that they cannot; the client reads what is known', async () => {
    const visitId = await city.take(await city.ask('company', 10));
    city.app.clock.advance(25);
    await city.app.app.get(AskAbsentHelpers, { strict: false }).run(city.bankId);
    const { page, context, complaints } = await phoneOf(city.volunteer);
    await page.locator('[data-part="arrival"] h2').waitFor();
    expect(await faultsOf(page)).toEqual([]);
    const theirs = await phoneOf(city.client);
    await theirs.page.getByText(t('arrival.client')).waitFor();
    await press(page, 'arrival.yes');
    await page.getByText(t('arrival.said')).waitFor();
    await goTo(theirs.page, `/visits/${visitId}`);
    await theirs.page.getByText(t('arrival.clientOnWay')).waitFor();
    await goTo(page, `/visits/${visitId}`);
    await press(page, 'arrival.no');
    await press(page, 'arrival.sureYes');
    await page.getByText(t('visit.cancelled')).waitFor();
    expect([...complaints, ...theirs.complaints]).toEqual([]);
    for (const phone of [context, theirs.context]) await phone.close();
  });

  it('a pause is one form, and ends early by one more', async () => {
    await city.ask('company', 4 * 24 * 60);
    const day = (days: number) => new Date(city.app.clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 10);
    const seriesId = newId();
    const need = {
      clientId: city.client.memberId,
      serviceKind: 'company',
      rule: 'FREQ=DAILY',
      startsOn: day(1),
      startTime: '09:00',
      minutes: 10,
    };
    await city.client.caller.put(`/api/banks/${city.bankId}/series/${seriesId}`, need).expect(201);
    const { page, context, complaints } = await phoneOf(city.client);
    await goTo(page, '/pause');
    await page.locator('form [type="submit"]').click();
    await page.getByText(t('pausing.dayNeeded')).waitFor();
    await page.locator('[name="from"]').fill(day(2));
    await page.locator('[name="to"]').fill(day(6));
    expect(await faultsOf(page)).toEqual([]);
    await page.locator('form [type="submit"]').click();
    await page.locator('[data-done]').waitFor();
    await page.getByText(t('pausing.counts', { series: 1, requests: 1, visits: 0 })).waitFor();
    // Of their whole absence here, of one series on its own page.
    const away = page.locator('[data-part="away"]');
    await away.getByRole('button').click();
    await away.locator('[name="backOn"]').fill(day(5));
    expect(await faultsOf(page)).toEqual([]);
    await away.locator('[type="submit"]').click();
    await page.locator('[data-back]').waitFor();
    await goTo(page, `/series/${seriesId}`);
    expect(await away.count()).toBe(1);
    await away.getByRole('button').click();
    await away.locator('[type="submit"]').click();
    await away.waitFor({ state: 'detached' });
    const dates = await city.app.database.query(`select from request where series_id = $1 and state = 'open'`, [seriesId]);
    expect(dates).toHaveLength(42);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('a pause of who has no standing help says what was called off, and offers places in activities back', async () => {
    const client = await city.app.register(city.coordinator.caller, city.bankId, 'client');
    const at = (hours: number) => new Date(city.app.clock.now().getTime() + hours * 3_600_000).toISOString();
    const activity = `/api/banks/${city.bankId}/activities/${newId()}`;
    const input = { name: 'Singing', startsAt: at(48), endsAt: at(50), place: 'Hall', participantPlaces: 5, helperPlaces: 0 };
    await city.coordinator.caller.put(activity, input).expect(201);
    const place = `${activity}/places/${client.memberId}`;
    await client.caller.put(place, { as: 'participant' }).expect(201);
    const { page, context, complaints } = await phoneOf(client);
    await goTo(page, '/pause');
    await page.locator('[name="from"]').fill(at(24).slice(0, 10));
    await page.locator('[name="to"]').fill(at(96).slice(0, 10));
    await page.locator('form [type="submit"]').click();
    await page.locator('[data-done]').waitFor();
    expect(await page.locator('[data-done]').innerText()).toContain(t('pausing.onlyOnce', { from: '', to: '', requests: 0 }).slice(-12));
    await page.getByText('Singing').waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await press(page, 'pausing.giveBack');
    await page.locator('[data-given]').waitFor();
    await page.getByText('Singing').waitFor({ state: 'detached' });
    expect(await said('select state as said from activity_place')).toEqual(['withdrawn']);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
