import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { DeliverNotices } from '@timebank/notices';
import { goTo, openBrowser, openPageCity, openWatchedPage, type PageCity, signIn, type WatchedPage, wordsOf } from '@timebank/testing';
import { faultsOf } from '@timebank/testing/screens';
import type { Browser, Route } from 'playwright-core';

const t = wordsOf('apps/web/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');

describe('what becomes of a visit, for both who took part', () => {
  let city: PageCity;
  let browser: Browser;
  let phone: WatchedPage;
  const visits: string[] = [];

  const seen = async (visitId: string) =>
    (await city.coordinator.caller.get(`/api/banks/${city.bankId}/visits/${visitId}`).expect(200)).body as object;

  async function serve(): Promise<void> {
    const visitId = await city.take(await city.ask('company', 0));
    const scan = (kind: string) =>
      city.volunteer.caller.put(`/api/banks/${city.bankId}/visits/${visitId}/scans/${newId()}`, { kind, card: city.card.code }).expect(201);
    await scan('in');
    city.app.clock.advance(60);
    await scan('out');
    visits.push(visitId);
    city.app.clock.advance(60);
  }

  beforeAll(async () => {
    city = await openPageCity();
    await serve();
    await serve();
    browser = await openBrowser();
    phone = await openWatchedPage(browser, city.origin);
    await phone.page.goto('/help');
    await signIn(phone.page, city.client);
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  it('says yes with one press, no with two, and is asked no more', async () => {
    const { page } = phone;
    const asked = page.getByRole('region', { name: t('answer.title') });
    await asked.nth(1).waitFor();
    // The answer to the yes is lost on the way, and the page finds by itself that it arrived.
    const lost = async (route: Route) => {
      await route.fetch();
      await route.abort();
    };
    await page.route(/\/client-answers?\//, lost, { times: 1 });
    await asked
      .nth(1)
      .getByRole('button', { name: t('answer.yes'), exact: true })
      .click();
    await asked.nth(1).waitFor({ state: 'detached' });
    expect(await seen(visits[0] as string)).toMatchObject({ clientAnswer: 'confirmed', assurance: 'A2', state: 'ready' });
    await asked.getByRole('button', { name: t('answer.no') }).click();
    expect(await seen(visits[1] as string)).toMatchObject({ clientAnswer: null });
    await asked.getByRole('button', { name: t('answer.noYes') }).click();
    await asked.waitFor({ state: 'detached' });
    expect(await seen(visits[1] as string)).toMatchObject({ clientAnswer: 'not_confirmed', lane: 'red' });
    // A server that has no time for a moment is asked again before anybody hears of it.
    const busy = { status: 503, headers: { 'retry-after': '1' }, json: { code: 'service/busy', parameters: {}, path: null } };
    await page.route(new RegExp(`/api/.*/visits/${visits[1]}$`), (route) => route.fulfill(busy), { times: 2 });
    await page.goto(`/visits/${visits[1]}`);
    await page.getByText(t('answer.not_confirmed')).waitFor();
    expect(await page.getByText(t('refusals.service/busy')).count()).toBe(0);
    expect(phone.complaints).toEqual([]);
  });

  it.each(['standard', 'elder'])('reads well in %s size', async (size) => {
    await serve();
    const { page } = phone;
    await page.evaluate((wanted) => localStorage.setItem('timebank.web.mode', wanted), size);
    await page.goto('/help');
    await page
      .getByRole('region', { name: t('answer.title') })
      .first()
      .waitFor();
    expect(await page.evaluate('document.documentElement.dataset.mode ?? "standard"')).toBe(size);
    if (process.env['PICTURES']) await page.screenshot({ path: `${process.env['PICTURES']}/answer-${size}.png`, fullPage: true });
    expect(await faultsOf(page)).toEqual([]);
  });

  describe('the next day', () => {
    let helper: WatchedPage;
    const decide = (visitId: string, decision: object) =>
      city.coordinator.caller.put(`/api/banks/${city.bankId}/approvals/${newId()}`, { visitIds: [visitId], ...decision }).expect(201);
    beforeAll(async () => {
      city.app.clock.advance(24 * 60);
      helper = await openWatchedPage(browser, city.origin);
      await helper.page.goto('/today');
      await signIn(helper.page, city.volunteer);
      await helper.page.waitForURL('**/today');
    });

    it('C7: what waits is in sight on both sides, and what is over is no longer there to be cancelled', async () => {
      const { page } = helper;
      await page.locator('[data-part="waiting"] a').first().waitFor();
      await goTo(page, '/services');
      expect(await page.locator('[data-part="waiting"] a').count()).toBe(visits.length);
      await goTo(phone.page, '/help');
      await phone.page
        .getByRole('link', { name: t('visit.open') })
        .first()
        .waitFor();
      expect(await phone.page.getByRole('button', { name: t('help.cancel') }).count()).toBe(0);
      await goTo(phone.page, '/services');
      expect(await phone.page.locator('[data-part="waiting"] a').count()).toBe(visits.length);
    });

    it('C8: says why a visit was rejected and what can be done, on its page, in the list and in the notice', async () => {
      const { page } = helper;
      await decide(visits[2] as string, { decision: 'reject', reasonCode: 'duplicate' });
      await city.app.app.get(DeliverNotices, { strict: false }).run(city.bankId);
      await goTo(page, `/visits/${visits[2]}`);
      const because = page.locator('[data-because]');
      await because.getByText(t('why.duplicate')).waitFor();
      expect(await because.innerText()).toContain(t('news.appeal', { day: '' }).slice(-20));
      await goTo(page, '/services');
      await page.locator('[data-part="past"]').getByText(t('why.duplicate')).waitFor();
      await goTo(page, '/notices');
      await page.getByText(t('why.duplicate')).waitFor();
      // What cannot go on says what it lacks, not that it waits.
      await goTo(page, `/visits/${visits[1]}`);
      await page.getByText(t('news.fix', { what: '' }).slice(0, 8)).waitFor();
    });

    it('C9: gives to a relative once, whatever is pressed twice and whatever answer is lost, with the balance that the server has', async () => {
      const { page } = helper;
      await decide(visits[0] as string, { decision: 'approve' });
      const { balanceMinutes: before } = await city.balance(city.volunteer);
      const elder = await city.app.register(city.coordinator.caller, city.bankId, 'client');
      const relation = `/api/banks/${city.bankId}/members/${city.volunteer.memberId}/relations/${elder.memberId}`;
      await city.coordinator.caller.put(relation, { kind: 'spouse' }).expect(201);
      await city.volunteer.caller.put(`${relation}/confirmation`).expect(201);
      await goTo(page, '/time/give');
      await page.locator('[name="to"]').selectOption(elder.memberId);
      await page.locator('[name="minutes"]').fill('20');
      await page.getByRole('button', { name: t('give.next') }).click();
      await page.locator('[data-step="sure"]').waitFor();
      const lose = () =>
        page.route(
          /\/transfers\//,
          async (route) => {
            await route.fetch();
            await route.abort();
          },
          { times: 1 },
        );
      await lose();
      await page.getByRole('button', { name: t('give.yes') }).click();
      await page.getByText(t('refusals.service/unreachable')).waitFor();
      await page.getByRole('button', { name: t('give.yes') }).dblclick();
      await page.locator('[data-step="done"]').waitFor();
      const { balanceMinutes } = await city.balance(city.volunteer);
      expect([before, balanceMinutes, (await city.balance(elder)).balanceMinutes]).toEqual([before, before - 20, 20]);
      expect(await page.locator('[data-step="done"]').innerText()).toMatch(new RegExp(`${balanceMinutes}\\s`));
      await goTo(page, '/time/give');
      expect(await page.locator('[name="minutes"]').inputValue()).toBe('');

      // Lost once more, then refused for being asked too fast: that is no answer to the gift, and the same goes out again.
      await page.locator('[name="to"]').selectOption(elder.memberId);
      await page.locator('[name="minutes"]').fill('5');
      await page.getByRole('button', { name: t('give.next') }).click();
      await lose();
      await page.getByRole('button', { name: t('give.yes') }).click();
      await page.getByText(t('refusals.service/unreachable')).waitFor();
      const tooMany = { status: 429, json: { code: 'request/too_many', parameters: {}, path: null } };
      await page.route(/\/transfers\//, (route) => route.fulfill(tooMany), { times: 1 });
      await page.getByRole('button', { name: t('give.yes') }).click();
      await page.getByText(t('refusals.request/too_many')).waitFor();
      await page.getByText(t('typed.stays')).waitFor();
      await page.getByRole('button', { name: t('give.yes') }).click();
      await page.locator('[data-step="done"]').waitFor();
      expect((await city.balance(elder)).balanceMinutes).toBe(25);

      // Changed after an answer was lost: what has arrived is told, and nothing is given besides until it is meant.
      await goTo(page, '/time/give');
      await page.locator('[name="to"]').selectOption(elder.memberId);
      await page.locator('[name="minutes"]').fill('3');
      await page.getByRole('button', { name: t('give.next') }).click();
      await lose();
      await page.getByRole('button', { name: t('give.yes') }).click();
      await page.getByText(t('refusals.service/unreachable')).waitFor();
      await page.getByRole('button', { name: t('give.no') }).click();
      await page.locator('[name="minutes"]').fill('4');
      await page.getByRole('button', { name: t('give.next') }).click();
      await page.getByRole('button', { name: t('give.yes') }).click();
      await page.getByText(t('refusals.ledger/id_reused')).waitFor();
      expect((await city.balance(elder)).balanceMinutes).toBe(28);
      expect(helper.complaints).toEqual([]);
    });
  });
});
