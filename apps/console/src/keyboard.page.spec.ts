import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { openBrowser, openPageCity, openWatchedPage, type PageCity, settled, type WatchedPage, wordsOf } from '@timebank/testing';
import type { Browser, Locator, Page } from 'playwright-core';

const t = wordsOf('apps/console/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');

/**
 * The desk's commonest tasks by keys alone, each reached by Tab or a key of the queue: at every stop one sees where one is, and no dialog that closes leaves
 * the focus nowhere. Finding, lists and a request from a phone call are walked by keys in search, lists and daily-jobs.
 */
describe('by keys alone', () => {
  let city: PageCity;
  let browser: Browser;
  let desk: WatchedPage;
  let page: Page;
  /** Stops at which nobody would see where they are. */
  const lost: string[] = [];

  beforeAll(async () => {
    city = await openPageCity();
    browser = await openBrowser();
    desk = await openWatchedPage(browser, city.origin, { viewport: { width: 1_280, height: 800 }, reducedMotion: 'reduce' });
    page = desk.page;
    await page.clock.install();
    // Whoever would reach for the mouse after all is found out.
    await page.addInitScript({ content: `addEventListener('pointerdown', () => console.error('a mouse was used'), true)` });
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  /** What has the focus, and whether that is drawn: a ring, or a heading to which a new page leads. */
  const stop = () =>
    page.evaluate(() => {
      const element = document.activeElement as HTMLElement | null;
      if (!element || element === document.body) return 'the focus is nowhere';
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      const isRing = (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
      const { width, height, top, bottom } = element.getBoundingClientRect();
      const isSeen = width > 0 && height > 0 && bottom > 0 && top < innerHeight;
      if (element.matches('h1, main') || (isRing && isSeen)) return null;
      return `${isRing ? 'out of sight' : 'no ring'}: ${element.outerHTML.slice(0, 120)}`;
    });
  async function look(): Promise<void> {
    const found = await stop();
    if (found !== null) lost.push(found);
  }
  const isHere = (wanted: Locator) => wanted.evaluate((element) => element === document.activeElement);
  async function tabTo(wanted: Locator): Promise<void> {
    await wanted.waitFor();
    for (let steps = 0; !(await isHere(wanted)); steps += 1) {
      if (steps > 150) throw new Error(`Tab never comes to ${wanted.toString()}`);
      await page.keyboard.press('Tab');
      // From the last stop the way to the first leads over the browser's own.
      const atEnd = await page.evaluate(() => document.activeElement === document.body);
      if (atEnd) await page.keyboard.press('Tab');
      await look();
    }
  }
  const press = async (key: string) => page.keyboard.press(key);
  async function type(wanted: Locator, text: string): Promise<void> {
    await tabTo(wanted);
    await page.keyboard.type(text);
  }
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const dialog = () => page.locator('dialog');
  /** A dialog has gone, and the focus is where work goes on. */
  async function closed(): Promise<void> {
    await dialog().waitFor({ state: 'detached' });
    await page.waitForFunction(() => document.activeElement !== document.body);
    await look();
  }
  /** By the navigation at the left. */
  async function goBy(name: string, path: string): Promise<void> {
    await tabTo(page.getByRole('navigation', { name: t('app.navigation') }).getByRole('link', { name: new RegExp(`^${name}`) }));
    await press('Enter');
    await page.waitForURL(`**/console/${path}`);
    await settled(page);
    await look();
  }
  async function served(): Promise<string> {
    const visitId = await city.take(await city.ask('company', 30));
    const scan = (kind: 'in' | 'out') =>
      city.volunteer.caller.put(`/api/banks/${city.bankId}/visits/${visitId}/scans/${newId()}`, { kind, card: city.card.code }).expect(201);
    city.app.clock.advance(30);
    await scan('in');
    city.app.clock.advance(60);
    await scan('out');
    city.app.clock.advance(22 * 60);
    return visitId;
  }
  const stateOf = async (visitId: string) =>
    (await city.coordinator.caller.get(`/api/banks/${city.bankId}/visits/${visitId}`).expect(200)).body.state as string;
  async function decided(): Promise<void> {
    await page.locator('[data-state]').waitFor();
    const answer = page.waitForResponse((response) => response.url().includes('/approvals/'));
    await page.clock.fastForward(20_000);
    expect((await answer).status()).toBe(201);
    await settled(page);
    await look();
  }

  it('somebody signs in, opens the queue, approves one visit and rejects another with a reason', async () => {
    await served();
    await served();
    await page.goto('/console/');
    await type(page.locator('[name="phone"]'), city.coordinator.phone);
    await type(page.locator('[name="password"]'), city.coordinator.password);
    await press('Enter');
    await page.waitForURL('**/console/home');
    await page.locator('.figure').first().waitFor();
    await goBy(t('nav.queue'), 'queue');
    await page.locator('[data-visit]').nth(1).waitFor();
    const current = () => page.locator('[data-visit].current').getAttribute('data-visit');
    const first = (await current()) as string;
    await press('a');
    await decided();
    expect(await stateOf(first)).toBe('approved');
    await page.locator(`[data-visit="${first}"]`).waitFor({ state: 'detached' });
    const second = (await current()) as string;
    await press('r');
    await page.waitForFunction(() => document.activeElement?.matches('dialog select'));
    await press('ArrowDown');
    await look();
    await tabTo(dialog().locator('[type="submit"]'));
    await press('Enter');
    await closed();
    await decided();
    expect(await stateOf(second)).toBe('rejected');
    expect([...lost.splice(0), ...desk.complaints.splice(0)]).toEqual([]);
  });

  it('records a call-back, and takes back nothing by leaving the dialog', async () => {
    await served();
    await page.goto('/console/queue?lane=clean');
    const row = page.locator('[data-visit] .link');
    await tabTo(row);
    await press('c');
    await page.waitForFunction(() => document.activeElement?.matches('dialog button'));
    await look();
    await press('Escape');
    await closed();
    await press('c');
    await page.waitForFunction(() => document.activeElement?.matches('dialog button'));
    await press('Enter');
    await closed();
    await page
      .getByText(t('callBack.gave', { result: t('callBackResults.confirmed') }))
      .first()
      .waitFor();
    expect([...lost.splice(0), ...desk.complaints.splice(0)]).toEqual([]);
  });

  it('registers a client and issues a card', async () => {
    await goBy(t('nav.members'), 'members');
    await tabTo(page.getByRole('link', { name: t('members.new') }));
    await press('Enter');
    await page.waitForURL('**/members/new');
    await type(page.locator('[name="name"]'), 'Aunt Gui');
    await type(page.locator('[name="birthDate"]'), '1941-02-03');
    await tabTo(page.locator('[name="roles"][value="client"]'));
    await press('Space');
    await type(page.locator('[name="homeAddress"]'), 'Ninghai Road 14');
    await press('Enter');
    await page.waitForURL(/members\/[0-9a-f-]{36}$/);
    await settled(page);
    await look();
    await tabTo(button(t('cards.issue')));
    await press('Enter');
    await page.locator('.code').waitFor();
    await page.waitForFunction(() => document.activeElement?.textContent?.includes('PDF'));
    await look();
    // The second card asks what becomes of the first.
    await tabTo(button(t('cards.issueAnew')));
    await press('Enter');
    await dialog().waitFor();
    await press('Escape');
    await closed();
    expect([...lost.splice(0), ...desk.complaints.splice(0)]).toEqual([]);
  });

  it('assigns a helper to a request', async () => {
    const requestId = await city.ask('meal', 600);
    await goBy(t('nav.requests'), 'requests');
    await tabTo(page.locator(`a[href$="${requestId}"]`));
    await press('Enter');
    await page.waitForURL(`**/requests/${requestId}`);
    await settled(page);
    await look();
    await type(page.locator('[name="volunteerId"]'), city.volunteer.phone);
    await page.getByRole('option').filter({ hasText: city.volunteer.phone }).waitFor();
    await press('Enter');
    await press('Enter');
    await page.waitForURL('**/visits/*');
    await settled(page);
    await look();
    expect([...lost.splice(0), ...desk.complaints.splice(0)]).toEqual([]);
  });

  it('assigns a helper on the week board, hears what would stand in the way, and takes it back', async () => {
    const requestId = await city.ask('meal', 700);
    await goBy(t('nav.week'), 'week');
    const thing = page.locator(`[data-request="${requestId}"]`);
    await thing.waitFor();
    await tabTo(page.locator('[role="grid"] [tabindex="0"]'));
    for (let steps = 0; steps < 7 && !(await isHere(thing)); steps += 1) await press('ArrowRight');
    await look();
    await press('Enter');
    await press('ArrowDown');
    await page.locator('[data-part="aim"][data-look="free"]').waitFor();
    await page.waitForFunction(() => document.activeElement?.matches('[data-cell^="1:"]'));
    await look();
    await press('Escape');
    await page.waitForFunction((id) => document.activeElement?.matches(`[data-request="${id}"]`), requestId);
    await press('Space');
    await press('ArrowDown');
    await press('Enter');
    await button(t('decisions.undo')).waitFor();
    await page.waitForFunction((id) => document.activeElement?.matches(`[data-cell^="1:"] [data-request="${id}"]`), requestId);
    await look();
    await tabTo(button(t('decisions.undo')));
    await press('Enter');
    await page.waitForFunction((id) => document.activeElement?.matches(`[data-cell^="0:"] [data-request="${id}"]`), requestId);
    expect([...lost.splice(0), ...desk.complaints.splice(0)]).toEqual([]);
  });

  it('changes a rule', async () => {
    const admin = await city.app.signInAsCityAdmin();
    await admin.put(`/api/banks/${city.bankId}/roles/${city.coordinator.memberId}/admin`).expect(201);
    await page.goto('/console/policies?topic=time');
    const rule = page.locator('[data-rule="visitCapMinutes"]');
    await tabTo(rule.getByRole('button', { name: t('policies.changeOf', { rule: t('policyKeys.visitCapMinutes') }) }));
    await press('Enter');
    await rule.locator('[name="value"]:focus').waitFor();
    await look();
    await press('ControlOrMeta+a');
    await page.keyboard.type('5');
    await type(rule.locator('[name="source"]'), 'Meeting of 2 March');
    await press('Enter');
    await rule.locator('[role="status"]').first().waitFor();
    await page.waitForFunction(() => document.activeElement !== document.body);
    await look();
    expect([...lost.splice(0), ...desk.complaints.splice(0)]).toEqual([]);
  });
});
