import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { CodeSender } from '@timebank/access';
import { newId } from '@timebank/kernel';
import {
  countHands,
  goTo,
  openBrowser,
  openDesk,
  openPageCity,
  openWatchedPage,
  type PageCity,
  settled,
  signIn,
  type WatchedPage,
  wordsOf,
} from '@timebank/testing';
import { faultsOf } from '@timebank/testing/screens';
import type { Browser, Page } from 'playwright-core';

const desk = wordsOf('apps/console/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');
const phone = wordsOf('apps/web/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');
const landline = '02583330077';
const unknown = '13611110000';
const son = '13822223333';

describe('a family, by phone and in the app', () => {
  let city: PageCity;
  let base: string;
  let browser: Browser;
  let office: WatchedPage;
  let family: WatchedPage;
  const codes = new Map<string, string>();

  beforeAll(async () => {
    city = await openPageCity();
    base = `/api/banks/${city.bankId}`;
    const sender = city.app.app.get(CodeSender as never, { strict: false }) as CodeSender;
    jest.spyOn(sender, 'send').mockImplementation(async (to, code) => void codes.set(to, code));
    const contact = { phone: landline, name: 'Upstairs', clientId: city.client.memberId };
    await city.coordinator.caller.put(`${base}/contacts/${newId()}`, contact).expect(201);
    // What she was helped with last: company, by this helper, at an hour of the day.
    await city.take(await city.ask('company', 24 * 60));
    city.app.clock.advance(2 * 24 * 60);
    browser = await openBrowser();
    office = await openDesk(browser, city.origin, city.coordinator);
    family = await openWatchedPage(browser, city.origin);
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  const looksRight = async (page: Page) => {
    await settled(page);
    expect(await faultsOf(page)).toEqual([]);
  };
  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

  it('an unknown number calls: nothing is lost, a neighbour’s landline finds her, and the same as last time is written down', async () => {
    const { page, complaints } = office;
    await goTo(page, '/console/home');
    const takes = await countHands(page);
    const taken = await takes(async () => {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: desk('search.label') }).waitFor();
      await page.keyboard.insertText(unknown);
      await page.getByRole('option').filter({ hasText: unknown }).first().waitFor();
      await page.locator('[role="listbox"][aria-busy="false"]').waitFor();
      await page.keyboard.press('Enter');
      await page.waitForURL('**/calls?phone=*');
      await button(page, desk('intake.keep')).click();
      await page.locator('[data-contact]').waitFor();
      await page.locator('[name="phone"]').fill('+86 25 8333 0077');
      await page.locator('[data-read-back]').waitFor();
      await button(page, desk('intake.save')).click();
      await page.locator('[data-done]').waitFor();
    });
    // Twelve keys and four clicks are the most that a call may take; here even the second number is looked up.
    expect(taken).toEqual({ clicks: 2, keys: 2 });
    expect(await page.locator('[data-done]').innerText()).toContain(`client ${city.client.phone}`);
    const { items } = (await city.coordinator.caller.get(`${base}/requests?clientId=${city.client.memberId}&sort=next`).expect(200))
      .body as {
      items: { serviceKind: string; minutes: number; visitId: string | null }[];
    };
    expect(items).toMatchObject([{ serviceKind: 'company', minutes: 60, visitId: expect.any(String) }]);
    await looksRight(page);
    expect(complaints).toEqual([]);
  });

  it('what is typed stays over a reload, and a number alone is enough', async () => {
    const { page } = office;
    await goTo(page, '/console/calls');
    await page.locator('[name="phone"]').fill(city.client.phone);
    const time = page.locator('[name="time"]');
    await time.fill('15:40');
    await time.press('Tab');
    await page.reload();
    const readBack = page.locator('[data-read-back]').filter({ hasText: '15:40' });
    await readBack.waitFor();
    expect(await readBack.innerText()).toContain(`client ${city.client.phone}`);
    await looksRight(page);
  });

  it('her son in another city says that the visit was so, may not call off, and is refused from the click after she has revoked it', async () => {
    const client = city.client.memberId;
    const { page } = office;
    await goTo(page, `/console/members/${client}`);
    const panel = page.locator('[data-part="proxies"]');
    await panel.getByRole('button', { name: desk('proxies.add'), exact: true }).click();
    await panel.locator('[name="name"]').fill('Wang Jun');
    await panel.locator('[name="phone"]').fill(son);
    await panel.getByLabel(desk('proxyScopes.answer')).check();
    await panel.getByLabel(desk('proxyScopes.be_told')).uncheck();
    await panel.locator('button[type="submit"]').click();
    await panel.locator('[data-state="active"]').filter({ hasText: 'Wang Jun' }).waitFor();

    const { items } = (await city.coordinator.caller.get(`${base}/requests?clientId=${client}&sort=next`)).body as {
      items: { startsAt: string; visitId: string }[];
    };
    const visit = items[0] as (typeof items)[number];
    const scan = async (kind: 'in' | 'out') => {
      await city.volunteer.caller.put(`${base}/visits/${visit.visitId}/scans/${newId()}`, { kind, card: city.card.code }).expect(201);
    };
    city.app.clock.set(new Date(visit.startsAt));
    await scan('in');
    city.app.clock.advance(60);
    await scan('out');
    await city.ask('meal', 300);

    const app = family.page;
    await app.goto('/sign-in');
    await app.request.post('/api/sessions/codes', { data: { phone: son } });
    await app.request.post('/api/sessions/by-code', { data: { phone: son, code: codes.get(son) } });
    await goTo(app, '/today');
    await app
      .locator('[data-for]')
      .filter({ hasText: `client ${city.client.phone}` })
      .waitFor();
    await looksRight(app);
    await button(app, phone('answer.yes')).click();
    await button(app, phone('answer.yes')).waitFor({ state: 'detached' });
    const said = (await city.coordinator.caller.get(`${base}/visits/${visit.visitId}`).expect(200)).body as { events: object[] };
    expect(said.events).toContainEqual(expect.objectContaining({ kind: 'client_answer', code: 'confirmed', actorName: 'Wang Jun' }));

    const callOff = async () => {
      await button(app, phone('help.cancel')).click();
      await button(app, phone('help.cancelYes')).click();
    };
    await callOff();
    await app.getByText(phone('refusals.proxies/not_in_scope')).waitFor();
    await panel.getByRole('button', { name: `${desk('proxies.end')} Wang Jun` }).click();
    await panel.locator('[data-state="ended"]').filter({ hasText: 'Wang Jun' }).waitFor();
    await button(app, phone('help.cancelYes')).click();
    await app.getByText(phone('refusals.proxies/ended')).waitFor();
    expect([...family.complaints, ...office.complaints]).toEqual([]);
  });

  it('she lets a neighbour act in the app and ends it in two taps; anybody tells of an elder without an account', async () => {
    const { page, complaints, context } = await openWatchedPage(browser, city.origin);
    await goTo(page, `/tell/${city.bankId}`);
    await page.locator('[name="who"]').fill('The old man on the ground floor');
    await page.locator('[name="what"]').fill('Letters lie for a week');
    await looksRight(page);
    await button(page, phone('tell.send')).click();
    await page.locator('[data-done]').waitFor();
    await goTo(page, '/proxies');
    await signIn(page, city.client);
    await button(page, phone('family.give')).click();
    await page.locator('[name="name"]').fill('Neighbour');
    await page.locator('[name="phone"]').fill(city.volunteer.phone);
    await looksRight(page);
    await button(page, phone('family.giveYes')).click();
    const takes = await countHands(page);
    await page.locator('[data-proxy]').waitFor();
    const taken = await takes(async () => {
      await button(page, phone('family.end')).click();
      await button(page, phone('family.endYes')).click();
      await page.locator('[data-proxy]').waitFor({ state: 'detached' });
    });
    expect(taken).toEqual({ clicks: 2, keys: 0 });
    await page.evaluate(() => document.documentElement.setAttribute('data-mode', 'elder'));
    await looksRight(page);
    expect(complaints).toEqual([]);
    await context.close();

    const list = office.page;
    await goTo(list, '/console/silent');
    await list.locator('[data-findings]').filter({ hasText: 'Letters lie for a week' }).waitFor();
    await looksRight(list);
    await list.getByRole('button', { name: new RegExp(desk('findingResults.helped')) }).click();
    await list.locator('[data-findings]').waitFor({ state: 'detached' });
  });
});
