import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import {
  countHands,
  goTo,
  type Handwork,
  openBrowser,
  openDesk,
  openPageCity,
  type PageCity,
  settled,
  type WatchedPage,
  wordsOf,
} from '@timebank/testing';
import { CloseForgottenVisits } from '@timebank/visits';
import type { Browser, Locator, Page } from 'playwright-core';

const t = wordsOf('apps/console/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');

/** What each job takes at most, as the table in README.md has it: the figures may only fall. */
describe('the daily jobs of the desk, counted by what hands do', () => {
  let city: PageCity;
  let base: string;
  let browser: Browser;
  let desk: WatchedPage;
  let page: Page;
  let takes: (job: () => Promise<unknown>) => Promise<Handwork>;

  beforeAll(async () => {
    city = await openPageCity();
    base = `/api/banks/${city.bankId}`;
    const admin = await city.app.signInAsCityAdmin();
    const { accounts } = (await admin.get(base).expect(200)).body as { accounts: { fund: string } };
    const grant = { kind: 'grant', fromAccountId: accounts.fund, toAccountId: city.client.accountId, minutes: 600 };
    await admin.put(`${base}/transfers/${newId()}`, grant).expect(201);
    browser = await openBrowser();
    desk = await openDesk(browser, city.origin, city.coordinator, { before: (opened) => opened.clock.install() });
    page = desk.page;
    takes = await countHands(page);
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  /** What is more than it may be: nothing, if the job took no more than so much. */
  async function over({ clicks = 0, keys = 0 }: Partial<Handwork>, job: () => Promise<unknown>): Promise<string[]> {
    const taken = await takes(job);
    if (taken.clicks + taken.keys === 0) return ['nothing was counted'];
    const most = { clicks, keys };
    const more = (['clicks', 'keys'] as const).filter((what) => taken[what] > most[what]).map((what) => `${taken[what]} ${what}`);
    return [...more, ...desk.complaints.splice(0)];
  }

  /** Half an hour's visit from now on, which begins and ends so much off its plan; a day before the next. */
  async function served({ lateMinutes = 0, earlyMinutes = 0, ends = true } = {}): Promise<string> {
    const [requestId, visitId] = [newId(), newId()];
    const startsAt = new Date(city.app.clock.now().getTime() + 5 * 60_000).toISOString();
    const asked = { clientId: city.client.memberId, serviceKind: 'company', startsAt, minutes: 30 };
    await city.coordinator.caller.put(`${base}/requests/${requestId}`, asked).expect(201);
    await city.volunteer.caller.put(`${base}/visits/${visitId}`, { requestId, volunteerId: city.volunteer.memberId }).expect(201);
    const scan = (kind: 'in' | 'out') =>
      city.volunteer.caller.put(`${base}/visits/${visitId}/scans/${newId()}`, { kind, card: city.card.code }).expect(201);
    city.app.clock.advance(5 + lateMinutes);
    await scan('in');
    city.app.clock.advance(30 - lateMinutes - earlyMinutes);
    if (ends) await scan('out');
    city.app.clock.advance(23 * 60 + earlyMinutes);
    return visitId;
  }
  const stateOf = async (visitId: string) =>
    (await city.coordinator.caller.get(`${base}/visits/${visitId}`).expect(200)).body as { state: string; callBack: unknown };
  const isHere = (wanted: Locator) => wanted.evaluate((element) => element === document.activeElement);
  async function tabTo(wanted: Locator): Promise<void> {
    await wanted.waitFor();
    do await page.keyboard.press('Tab');
    while (!(await isHere(wanted)));
  }
  async function find(typed: string): Promise<void> {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: t('search.label') }).waitFor();
    await page.keyboard.insertText(typed);
    await page.getByRole('option').filter({ hasText: typed }).first().waitFor();
    await page.locator('[role="listbox"][aria-busy="false"]').waitFor();
  }
  const home = () => goTo(page, '/console/home');

  it('a phone call becomes a request like the last one', async () => {
    await city.ask('company', 900);
    await home();
    const more = await over({ keys: 12 }, async () => {
      await find(`client ${city.client.phone}`);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.waitForURL(/requests\/new\?clientId=/);
      const what = [await city.kindName('company'), `1 ${t('units.hour')}`, 'Ninghai Road 12'].join(' \u00b7 ');
      await tabTo(page.getByRole('button', { name: t('request.asLast', { what }) }));
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => document.querySelector<HTMLInputElement>('[name="place"]')?.value === 'Ninghai Road 12');
      await tabTo(page.locator('[name="startsAt"]'));
      await page.keyboard.press('Enter');
      await page.waitForURL(/requests\/[0-9a-f-]{36}$/);
    });
    expect(more).toEqual([]);
  });

  it('a phone call becomes a need that comes back: every Thursday at nine', async () => {
    await home();
    const more = await over({ keys: 12 }, async () => {
      await find(`client ${city.client.phone}`);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.waitForURL(/series\/new\?clientId=/);
      await page.waitForFunction(() => document.activeElement?.matches('[name="serviceKind"]'));
      for (let turn = 0; turn < 9 && (await page.locator('[name="serviceKind"]').inputValue()) !== 'company'; turn += 1)
        await page.keyboard.press('ArrowDown');
      await tabTo(page.locator('[name="startsOn"]'));
      await page.keyboard.insertText('thu');
      await tabTo(page.locator('[name="time"]'));
      await page.keyboard.insertText('9');
      await page.keyboard.press('Enter');
      await page.waitForURL(/series\/[0-9a-f-]{36}$/);
    });
    expect(more).toEqual([]);
    const { body } = await city.coordinator.caller.get(`${base}/series/${page.url().split('/').at(-1)}`).expect(200);
    expect(body).toMatchObject({ rule: 'FREQ=WEEKLY;BYDAY=TH', startTime: '09:00', minutes: 60, serviceKind: 'company' });
  });

  it('a helper who has come before is assigned by one press, any other by a name and three', async () => {
    await served();
    const [known, other] = [await city.ask('company', 600), await city.ask('company', 900)];
    const name = `volunteer ${city.volunteer.phone}`;
    await goTo(page, `/console/requests/${known}`);
    const more = await over({ clicks: 1 }, async () => {
      await page.getByRole('button', { name: t('request.knownOne', { name, count: 1 }) }).click();
      await page.waitForURL('**/visits/*');
    });
    expect(more).toEqual([]);
    await goTo(page, `/console/requests/${other}`);
    const anybody = await over({ clicks: 1, keys: 2 }, async () => {
      await page.locator('[name="volunteerId"]').click();
      await page.keyboard.insertText(name);
      await page.getByRole('option').filter({ hasText: name }).waitFor();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/visits/*');
    });
    expect(anybody).toEqual([]);
    city.app.clock.advance(24 * 60);
  });

  it('a scan that is missing is put in by three keys', async () => {
    const visitId = await served({ ends: false });
    await city.app.app.get(CloseForgottenVisits, { strict: false }).run(city.bankId);
    await goTo(page, '/console/queue?lane=red');
    await page.locator(`[data-visit="${visitId}"]`).waitFor();
    const more = await over({ keys: 3 }, async () => {
      await page.keyboard.press('a');
      await page.locator('dialog [name="reasonCode"]').first().waitFor();
      await page.waitForFunction(() => document.activeElement?.matches('dialog [name="reasonCode"]'));
      await page.keyboard.press('ArrowDown');
      expect(await page.locator('dialog [name="reasonCode"]:checked').inputValue()).toBe('forgot_scan_out');
      await page.keyboard.press('Enter');
      await page.locator('dialog').waitFor({ state: 'detached' });
    });
    expect(more).toEqual([]);
    expect((await stateOf(visitId)).state).toBe('needs_ack');
  });

  it('a call-back is recorded by two keys, its number in sight', async () => {
    const visitId = await served();
    await goTo(page, '/console/queue?lane=clean');
    await page.locator(`[data-visit="${visitId}"] .link`).focus();
    const more = await over({ keys: 2 }, async () => {
      await page.keyboard.press('c');
      await page.locator(`dialog a[href="tel:${city.client.phone}"]`).waitFor();
      await page.waitForFunction(() => document.activeElement?.matches('dialog button'));
      await page.keyboard.press('Enter');
      await page.locator('dialog').waitFor({ state: 'detached' });
    });
    expect(more).toEqual([]);
    expect((await stateOf(visitId)).callBack).toMatchObject({ result: 'confirmed' });
  });

  it('a hundred clients get their cards on one sheet by three clicks', async () => {
    for (let serial = 0; serial < 100; serial += 1) {
      const member = { name: `Elder ${String(serial).padStart(3, '0')}`, birthDate: '1941-02-03', roles: ['client'] };
      await city.coordinator.caller.put(`${base}/members/${newId()}`, member).expect(201);
    }
    await home();
    const more = await over({ clicks: 3 }, async () => {
      await page.getByRole('link', { name: t('nav.members') }).click();
      await page.getByRole('link', { name: t('cardSheet.title') }).click();
      const sheet = page.waitForEvent('download');
      await page.getByRole('button', { name: t('cardSheet.send', { count: 100 }) }).click();
      const file = await sheet;
      expect(file.suggestedFilename()).toMatch(/\.pdf$/);
      expect((await readFile(await file.path())).subarray(0, 5).toString()).toBe('%PDF-');
    });
    expect(more).toEqual([]);
    await page.getByText(t('cardSheet.made', { count: 100 })).waitFor();
    await page.getByText(t('cardSheet.none')).waitFor();
    const cards = await city.app.database.query('select card_id from service_card where revoked_at is null');
    expect(cards).toHaveLength(101);
  });

  it('a yellow lane of twenty is decided finding by finding, in six presses', async () => {
    const late: string[] = [];
    const early: string[] = [];
    for (let pair = 0; pair < 10; pair += 1) {
      late.push(await served({ lateMinutes: 12 }));
      early.push(await served({ earlyMinutes: 17 }));
    }
    await goTo(page, '/console/queue?lane=yellow');
    const byFlag = page.getByRole('group', { name: t('queue.byFlag') });
    const more = await over({ clicks: 2, keys: 4 }, async () => {
      for (const code of ['LATE_IN', 'EARLY_OUT']) {
        await byFlag.getByRole('button', { name: t(`exceptions.${code}`) }).click();
        await page.keyboard.press('a');
        await page.waitForFunction(() => document.activeElement?.matches('dialog [type="checkbox"]'));
        await page.keyboard.press('Enter');
        await page.locator('dialog').waitFor({ state: 'detached' });
      }
    });
    expect(more).toEqual([]);
    const last = page.waitForResponse((answer) => answer.url().includes('/approvals/'));
    await page.clock.fastForward(20_000);
    await last;
    await settled(page);
    const states = await Promise.all([...late, ...early].map(async (visitId) => (await stateOf(visitId)).state));
    expect(new Set(states)).toEqual(new Set(['approved']));
  });

  it('the history of a member stands on their page, two keys and a name away', async () => {
    await home();
    const more = await over({ keys: 2 }, async () => {
      await find(`client ${city.client.phone}`);
      await page.keyboard.press('Enter');
      await page.waitForURL(`**/members/${city.client.memberId}`);
      await page.getByRole('heading', { name: t('member.latest') }).waitFor();
    });
    expect(more).toEqual([]);
    await settled(page);
    expect(await page.locator('.latest li').count()).toBeGreaterThan(3);
  });
});
