import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { DeliverNotices } from '@timebank/notices';
import { openBrowser, openPageCity, openWatchedPage, type PageCity, signIn, type TestMember, wordsOf } from '@timebank/testing';
import { faultsOf } from '@timebank/testing/screens';
import type { Browser } from 'playwright-core';

const t = wordsOf('apps/web/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');

describe('messages on the phone', () => {
  let city: PageCity;
  let browser: Browser;
  const base = () => `/api/banks/${city.bankId}`;
  const deliver = () => city.app.app.get(DeliverNotices, { strict: false }).run(city.bankId);
  const unread = async (of: TestMember) => ((await of.caller.get('/api/me/notices').expect(200)).body as { unread: number }).unread;
  const open = async (as: TestMember, locale = 'zh-Hans') => {
    const watched = await openWatchedPage(browser, city.origin, { viewport: { width: 360, height: 844 } });
    await watched.context.addInitScript((kept) => localStorage.setItem('timebank.web.locale', kept), locale);
    await watched.page.goto('/sign-in');
    await signIn(watched.page, as);
    await watched.page.waitForURL('**/today');
    return watched;
  };

  beforeAll(async () => {
    city = await openPageCity();
    const requestId = await city.ask('company', 30);
    const body = { requestId, volunteerId: city.volunteer.memberId };
    await city.coordinator.caller.put(`${base()}/visits/${newId()}`, body).expect(201);
    await city.take(await city.ask('meal', 600));
    await deliver();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  it('are announced today, read as sentences, and are no longer new once they have been shown', async () => {
    const { page, context, complaints } = await open(city.volunteer);
    const clean = async () => expect(await faultsOf(page)).toEqual([]);
    const line = page.getByRole('link', { name: t('messages.new', { count: 1 }) });
    await line.waitFor();
    await clean();
    const seen = page.waitForResponse((response) => response.url().endsWith('/api/me/notices/read'));
    await line.click();
    await page.waitForURL('**/notices');
    await page.getByText(t('messages.mark'), { exact: true }).waitFor();
    const when = `${t('day.today')} ${t('spoken.morning', { twelve: '9:30' })}`;
    await page.getByText(t('notices.visit_assigned', { when, what: await city.kindName('company') })).waitFor();
    expect((await seen).status()).toBe(200);
    await clean();
    expect(await unread(city.volunteer)).toBe(0);
    await page.reload();
    await page.getByText(await city.kindName('company')).waitFor();
    expect(await page.getByText(t('messages.mark'), { exact: true }).count()).toBe(0);
    // It leads to the visit, and the day page no longer mentions it.
    await page.getByText(await city.kindName('company')).click();
    await page.waitForURL('**/visits/*');
    await page.goto('/today');
    await page.getByText(t('today.visits')).waitFor();
    await page.locator('[data-loading]').waitFor({ state: 'detached' });
    expect(await line.count()).toBe(0);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('of the client are their own: seen by the volunteer, they are still new to the client, in English too', async () => {
    expect(await unread(city.client)).toBe(2);
    const { page, context, complaints } = await open(city.client, 'en');
    await page.getByRole('link', { name: '2 new messages' }).click();
    await page.getByText('Somebody is coming to help you: Today 09:30').waitFor();
    expect(await page.locator('#main').innerText()).not.toMatch(/\p{Script=Han}/u);
    expect(await faultsOf(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('of long ago are a button further down, and seen once they stand there', async () => {
    await city.app.database.query(
      `insert into notice (bank_id, notice_id, person_id, event_id, subject_id, kind, parameters, created_at)
       select bank_id, gen_random_uuid(), person_id, gen_random_uuid(), gen_random_uuid(), 'guest_asked', '{}', $2::timestamptz - n * interval '1 hour'
         from member, generate_series(1, 60) n where member_id = $1`,
      [city.coordinator.memberId, city.app.clock.now()],
    );
    const { page, context, complaints } = await open(city.coordinator);
    await page.getByRole('link', { name: t('messages.new', { count: 60 }) }).click();
    const items = page.locator('#main li');
    await page.getByRole('button', { name: t('messages.more') }).waitFor();
    expect(await items.count()).toBe(50);
    const seen = page.waitForResponse(
      (response) => response.url().endsWith('/read') && response.request().postDataJSON().noticeIds.length === 10,
    );
    await page.getByRole('button', { name: t('messages.more') }).click();
    expect(await (await seen).json()).toEqual({ unread: 0 });
    expect(await items.count()).toBe(60);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('say nothing where nobody answers, and stay new', async () => {
    await city.coordinator.caller.post(`${base()}/requests/${await city.ask('errands', 900)}/cancel`, {}).expect(200);
    await deliver();
    const left = await unread(city.client);
    expect(left).toBeGreaterThan(0);
    const { page, context, complaints } = await open(city.client);
    const line = page.getByRole('link', { name: t('messages.new', { count: left }) });
    await line.waitFor();
    await context.route(/\/api\/me\/(notices|home)/, (route) => route.abort());
    await page.reload();
    await page.getByText(t('today.helpers')).first().waitFor();
    await page.locator('[data-loading]').waitFor({ state: 'detached' });
    expect(await line.count()).toBe(0);
    await page.goto('/notices');
    await page.getByText(t('refusals.service/unreachable')).waitFor();
    expect(await unread(city.client)).toBe(left);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
