import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import {
  goTo,
  openBrowser,
  openDesk,
  openPageCity,
  type PageCity,
  settled,
  type TestMember,
  type WatchedPage,
  wordsOf,
} from '@timebank/testing';
import type { Browser, Page } from 'playwright-core';

const t = wordsOf('apps/console/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');
const undoMilliseconds = 10_000;

describe('the approval queue', () => {
  let city: PageCity;
  let browser: Browser;
  let desk: WatchedPage;
  let page: Page;

  beforeAll(async () => {
    city = await openPageCity();
    // Fifteen visits cost more than the ten hours that the client begins with.
    const admin = await city.app.signInAsCityAdmin();
    const { body: bank } = await admin.get(`/api/banks/${city.bankId}`).expect(200);
    const { fund } = (bank as { accounts: { fund: string } }).accounts;
    const grant = { kind: 'grant', fromAccountId: fund, toAccountId: city.client.accountId, minutes: 600 };
    await admin.put(`/api/banks/${city.bankId}/transfers/${newId()}`, grant).expect(201);
    browser = await openBrowser();
    desk = await openDesk(browser, city.origin, city.coordinator, {
      at: '/console/queue',
      before: (opened) => opened.clock.install(),
    });
    page = desk.page;
    await page.waitForURL('**/console/queue');
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });
  beforeEach(() => {
    desk.complaints.length = 0;
  });

  /** Somebody serves the client for an hour, beginning so many minutes after the plan; the next may begin a day later. */
  async function serve(by: TestMember, lateMinutes = 0): Promise<string> {
    const base = `/api/banks/${city.bankId}/visits`;
    const requestId = await city.ask('company', 30);
    const visitId = newId();
    const scan = (kind: 'in' | 'out') => by.caller.put(`${base}/${visitId}/scans/${newId()}`, { kind, card: city.card.code }).expect(201);
    await by.caller.put(`${base}/${visitId}`, { requestId, volunteerId: by.memberId }).expect(201);
    city.app.clock.advance(30 + lateMinutes);
    await scan('in');
    city.app.clock.advance(60 - lateMinutes);
    await scan('out');
    city.app.clock.advance(22 * 60);
    return visitId;
  }

  const open = async (lane: string) => {
    await goTo(page, `/console/queue?lane=${lane}`);
  };
  const stateOf = async (visitId: string) =>
    (await city.coordinator.caller.get(`/api/banks/${city.bankId}/visits/${visitId}`).expect(200)).body.state as string;
  const row = (visitId: string) => page.locator(`[data-visit="${visitId}"]`);
  const waiting = () => page.locator('[data-state]');
  const answered = () => page.waitForResponse((response) => response.url().includes('/approvals/'));

  it('takes a decision by one key, and takes it back by another before anything was sent', async () => {
    const visitId = await serve(city.volunteer, 15);
    const sent: string[] = [];
    page.on('request', (request) => request.url().includes('/approvals/') && sent.push(request.url()));
    await open('yellow');
    await row(visitId).getByText(t('exceptions.LATE_IN')).waitFor();
    await page.keyboard.press('k');
    await page.keyboard.press('a');
    await waiting().getByText(t('decisions.undo')).waitFor();
    await page.keyboard.press('u');
    await waiting().waitFor({ state: 'detached' });
    await page.clock.fastForward(2 * undoMilliseconds);
    expect(sent).toEqual([]);
    expect(await stateOf(visitId)).toBe('needs_ack');
  });

  it('sends a decision ten seconds later, its finding acknowledged, and shows it gone', async () => {
    await open('yellow');
    const visitId = (await page.locator('[data-visit]').getAttribute('data-visit')) as string;
    await page.keyboard.press('a');
    await waiting().waitFor();
    const answer = answered();
    await page.clock.fastForward(undoMilliseconds);
    expect((await answer).status()).toBe(201);
    await row(visitId).waitFor({ state: 'detached' });
    expect(await stateOf(visitId)).toBe('approved');
    expect(desk.complaints).toEqual([]);
  });

  it('approves the whole clean lane in one stroke and shows the one that was refused in its place', async () => {
    const [first, second] = [await serve(city.volunteer), await serve(city.volunteer)];
    const own = await serve(city.coordinator);
    await open('clean');
    await page.keyboard.press('Shift+A');
    await waiting().waitFor();
    const answer = answered();
    await page.clock.fastForward(undoMilliseconds);
    await answer;
    await row(own).getByText(t('refusals.visits/own_visit')).waitFor();
    await page
      .locator('[role="alert"]')
      .getByText(t('queue.refused', { count: 1 }))
      .waitFor();
    for (const visitId of [first, second]) await row(visitId).waitFor({ state: 'detached' });
    expect(await Promise.all([first, second, own].map(stateOf))).toEqual(['approved', 'approved', 'ready']);
    expect(desk.complaints).toEqual([]);
  });

  it('D6: says in one bar what was approved and what needs a colleague, and leads to just those', async () => {
    await page
      .locator('[data-told]')
      .getByText(t('decisions.colleague', { count: 1 }))
      .waitFor();
    await page
      .locator('[data-told]')
      .getByRole('link', { name: t('decisions.see') })
      .click();
    await page.getByRole('button', { name: t('queue.onlyLeft') }).waitFor();
    await settled(page);
    expect(await page.locator('[data-visit]').count()).toBe(1);
    await page
      .locator('[data-told]')
      .getByRole('button', { name: t('app.close') })
      .click();
    await page.locator('[data-told]').waitFor({ state: 'hidden' });
  });

  it('D7: keeps a decision that a gateway could not bring on, and sends it again by itself under the same id', async () => {
    const visitId = await serve(city.volunteer);
    await open('clean');
    const ids: string[] = [];
    page.on('request', (request) => request.url().includes('/approvals/') && ids.push(request.url()));
    const missing = [504, 425];
    await page.route(/\/approvals\//, (route) => {
      const status = missing.shift();
      return status === undefined ? route.continue() : route.fulfill({ status, contentType: 'text/html', body: 'gateway' });
    });
    await row(visitId).getByRole('checkbox').check();
    await page.keyboard.press('a');
    await waiting().waitFor();
    await page.clock.fastForward(undoMilliseconds);
    await row(visitId).waitFor({ state: 'detached' });
    await page.unroute(/\/approvals\//);
    expect(await stateOf(visitId)).toBe('approved');
    expect([ids.length, new Set(ids).size]).toEqual([3, 1]);
    expect(missing).toEqual([]);
  });

  it('D7: shows beside the visit who decided it first, and that the reason given here is kept', async () => {
    const visitId = await serve(city.volunteer);
    await open('clean');
    await row(visitId).locator('.link').focus();
    await page.keyboard.press('r');
    await page.locator('dialog [name="reasonCode"]').selectOption('not_served');
    await page.locator('dialog [name="note"]').fill('Nobody was there');
    await page.locator('dialog [type="submit"]').click();
    const colleague = await city.app.register(await city.app.signInAsCityAdmin(), city.bankId, 'coordinator');
    await colleague.caller.put(`/api/banks/${city.bankId}/approvals/${newId()}`, { visitIds: [visitId], decision: 'approve' }).expect(201);
    const answer = answered();
    await page.clock.fastForward(undoMilliseconds);
    await answer;
    const said = row(visitId).locator('[data-refused]');
    await said.getByText(`coordinator ${colleague.phone}`).waitFor();
    await said.getByText('Nobody was there').waitFor();
    await said.getByText(t('visitStates.approved')).waitFor();
    expect(await stateOf(visitId)).toBe('approved');
  });

  it('D8: sends nothing from the acknowledge dialog without a tick, and then just what will pass', async () => {
    const [late, other] = [await serve(city.volunteer, 15), await serve(city.volunteer, 15)];
    await open('yellow');
    for (const visitId of [late, other]) await row(visitId).getByRole('checkbox').check();
    await page.keyboard.press('a');
    const dialog = page.locator('dialog');
    await dialog.locator('[type="submit"]').click();
    await dialog.getByText(t('acknowledge.tickFirst')).waitFor();
    expect(await waiting().count()).toBe(0);
    for (const tick of await dialog.locator('[type="checkbox"]').all()) await tick.check();
    await dialog.getByRole('button', { name: t('acknowledge.send', { count: 2 }) }).click();
    const answer = answered();
    await page.clock.fastForward(undoMilliseconds);
    const { results } = (await (await answer).json()) as { results: { outcome: string }[] };
    expect(results.map(({ outcome }) => outcome)).toEqual(['approved', 'approved']);
  });

  it('chooses by finding, and acknowledges it by one key for all that have it', async () => {
    const [late, other] = [await serve(city.volunteer, 15), await serve(city.volunteer, 15)];
    await open('yellow');
    const byFlag = page.getByRole('group', { name: t('queue.byFlag') }).getByRole('button', { name: t('exceptions.LATE_IN') });
    expect(await byFlag.textContent()).toMatch(/ 2$/);
    await byFlag.click();
    for (const visitId of [late, other]) expect(await row(visitId).getByRole('checkbox').isChecked()).toBe(true);
    await page.keyboard.press('a');
    await page.locator('dialog [type="checkbox"]').first().waitFor();
    await page.keyboard.press('Enter');
    await waiting().waitFor();
    const answer = answered();
    await page.clock.fastForward(undoMilliseconds);
    const { results } = (await (await answer).json()) as { results: { outcome: string }[] };
    expect(results.map(({ outcome }) => outcome)).toEqual(['approved', 'approved']);
  });

  it('draws all bars on one scale from the planned start, with its marks over them', async () => {
    const [late] = [await serve(city.volunteer, 15), await serve(city.volunteer)];
    await open('yellow');
    const marks = page.locator('.marks > span');
    expect(await marks.allTextContents()).toEqual(['0:00', '+0:30', '+1:00']);
    const [start, plan] = [await marks.first().boundingBox(), await row(late).locator('i.planned').boundingBox()];
    expect((start?.x ?? 0) + (start?.width ?? 0) / 2).toBeCloseTo(plan?.x ?? 0, -1);
  });

  it('is decided on the page of the visit too, where the answer is read', async () => {
    const visitId = await serve(city.volunteer);
    await goTo(page, `/console/visits/${visitId}`);
    await page.getByRole('button', { name: t('queue.approveTime', { time: `1 ${t('units.hour')}` }) }).click();
    await page.getByText(t('queue.waitingToSend')).waitFor();
    const answer = answered();
    await page.clock.fastForward(undoMilliseconds);
    await answer;
    await page.locator('dd', { hasText: t('visitStates.approved') }).waitFor();
    expect(await stateOf(visitId)).toBe('approved');
    expect(await page.getByRole('button', { name: t('reject.title') }).count()).toBe(0);
  });

  it('sends a decision at once when the page is left, and never twice', async () => {
    const visitId = await serve(city.volunteer);
    const before = (await city.balance(city.volunteer)).balanceMinutes;
    await open('clean');
    await row(visitId).getByRole('checkbox').check();
    await page.keyboard.press('a');
    await waiting().waitFor();
    await page.reload();
    await page.locator('h1').waitFor();
    await row(visitId).waitFor({ state: 'detached' });
    await settled(page);
    expect(await waiting().count()).toBe(0);
    expect(await stateOf(visitId)).toBe('approved');
    expect((await city.balance(city.volunteer)).balanceMinutes).toBe(before + 60);
  });

  it('shortens with a reason and never lengthens', async () => {
    const visitId = await serve(city.volunteer);
    const before = (await city.balance(city.volunteer)).balanceMinutes;
    await open('clean');
    await row(visitId).locator('.link').focus();
    await page.keyboard.press('s');
    await page.locator('dialog [name="minutes"]').fill('61');
    await page.locator('dialog [type="submit"]').click();
    await page.locator('dialog').getByText(t('refusals.visits/longer_than_captured')).waitFor();
    await page.locator('dialog').getByText(t('refusals.visits/reason_needed')).waitFor();
    await page.locator('dialog [name="minutes"]').fill('45');
    await page.locator('dialog [name="reasonCode"]').selectOption('left_early');
    await page.locator('dialog [type="submit"]').click();
    const answer = answered();
    await page.clock.fastForward(undoMilliseconds);
    expect((await answer).status()).toBe(201);
    expect((await city.balance(city.volunteer)).balanceMinutes).toBe(before + 45);
    expect(desk.complaints).toEqual([]);
  });

  it('lets the keys be switched off, and remembers it', async () => {
    await open('clean');
    await page.locator('[data-visit]').first().waitFor();
    await page.keyboard.press('?');
    await page.locator('dialog [type="checkbox"]').uncheck();
    await page.keyboard.press('Escape');
    await open('clean');
    await page.locator('[data-visit]').first().waitFor();
    await page.keyboard.press('x');
    await page.keyboard.press('Shift+A');
    expect(await page.locator('[data-visit] input:checked').count()).toBe(0);
    expect(await waiting().count()).toBe(0);
  });
});
