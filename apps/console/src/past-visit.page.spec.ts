import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { goTo, openBrowser, openDesk, openPageCity, type PageCity, type TestMember, type WatchedPage, wordsOf } from '@timebank/testing';
import type { Browser, Page } from 'playwright-core';

const t = wordsOf('apps/console/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');
const undoMilliseconds = 10_000;
const day = 24 * 60;
const dayIn = (value: string) => new Intl.DateTimeFormat('zh-Hans', { timeZone: 'UTC', dateStyle: 'long' }).format(new Date(value));

describe('a visit that had no plan, at the desk', () => {
  let city: PageCity;
  let browser: Browser;
  let base: string;
  let first: WatchedPage;
  let second: WatchedPage;

  beforeAll(async () => {
    city = await openPageCity();
    base = `/api/banks/${city.bankId}`;
    const colleague = await city.app.register(await city.app.signInAsCityAdmin(), city.bankId, 'coordinator');
    browser = await openBrowser();
    [first, second] = [await clockedDesk(city.coordinator), await clockedDesk(colleague)];
    city.app.clock.advance(day);
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  const clockedDesk = (person: TestMember) => openDesk(browser, city.origin, person, { before: (page) => page.clock.install() });

  async function pick(page: Page, name: string, text: string): Promise<void> {
    await page.locator(`[name="${name}"]`).fill(text);
    await page.clock.fastForward(500);
    const found = page.locator(`.field:has([name="${name}"]) [role="option"]`, { hasText: text });
    await found.first().waitFor();
    await page.locator(`[name="${name}"]`).press('Enter');
  }
  const valueOf = (page: Page, name: string) => page.locator(`[name="${name}"]`).inputValue();
  const recorded = (page: Page) => page.locator('[data-recorded]');
  const idOf = async (page: Page) =>
    ((await page.getByRole('link', { name: t('visit.open'), exact: true }).getAttribute('href')) ?? '').split('/').at(-1) as string;

  /** Decides by the first button of the visit's panel; the caller fills in the form in the dialog. Answers what the server said. */
  async function approve(page: Page, visitId: string, fill?: () => Promise<void>): Promise<string> {
    await goTo(page, '/console/queue?lane=yellow');
    await page.locator(`[data-visit="${visitId}"] .link`).click();
    await page.locator('.side-panel .act').first().click();
    await fill?.();
    await page.locator('[data-state="waiting"]').waitFor();
    const answer = page.waitForResponse((response) => response.url().includes('/approvals/'));
    await page.clock.fastForward(undoMilliseconds);
    const { results } = (await (await answer).json()) as { results: { outcome: string; code?: string }[] };
    return results[0]?.code ?? results[0]?.outcome ?? '';
  }

  it('D1: a visit without a plan needs two people', async () => {
    const { page } = first;
    await goTo(page, '/console/visits');
    await page.getByRole('link', { name: t('past.title'), exact: true }).click();
    await pick(page, 'clientId', city.client.phone);
    await pick(page, 'volunteerId', city.volunteer.phone);
    await page.locator('[name="serviceKind"]').selectOption('company');
    await page.locator('[name="startedAt"]').fill('09:00');
    await page.locator('[name="endedAt"]').fill('10:30');
    await page.locator('[name="reasonCode"]').selectOption('paper');
    await page.locator('[name="evidence"]').fill('Sheet 12');
    await page.locator('[name="day"]').fill('2027-03-02');
    await page.locator('[type="submit"]').click();
    await page
      .locator('.field', { hasText: t('past.notOver') })
      .locator('[name="endedAt"]')
      .waitFor();
    await page.reload();
    await page.getByText(t('draft.restored')).waitFor();
    expect(await valueOf(page, 'evidence')).toBe('Sheet 12');
    // Until when it can be recorded is read anew for each day: where that is refused the form says so.
    const tooMany = { status: 429, json: { code: 'request/too_many', parameters: {}, path: null } };
    await page.route(/\/policies\?/, (route) => route.fulfill(tooMany), { times: 1 });
    await page.locator('[name="day"]').fill('2026-03-02');
    await page.getByText(t('past.untilUnread')).waitFor();
    await page.getByRole('button', { name: t('app.again'), exact: true }).click();
    await page.locator('[data-lasts]', { hasText: t('past.lasts', { time: '' }).trim() }).waitFor();
    await page.locator('[data-deadline]', { hasText: dayIn('2026-03-16') }).waitFor();
    const balance = async () => (await city.balance(city.volunteer)).balanceMinutes;
    const before = await balance();
    await page.locator('[type="submit"]').click();
    await recorded(page).waitFor();
    const visitId = await idOf(page);

    expect(await approve(page, visitId)).toBe('visits/second_person_needed');
    await page.locator(`[data-visit="${visitId}"]`).getByText(t('refusals.visits/second_person_needed')).waitFor();
    expect(await balance()).toBe(before);
    expect(await approve(second.page, visitId)).toBe('approved');
    expect(await balance()).toBe(before + 90);
    expect([...first.complaints, ...second.complaints]).toEqual([]);
  });

  it('D1: opens from a letter with what it holds, and the letter is closed with the visit', async () => {
    const { page } = first;
    const [eventId, otherId] = [newId(), newId()];
    const scan = (id: string, kind: 'in' | 'out') =>
      city.volunteer.caller
        .put(`${base}/visits/${newId()}/scans/${id}`, { kind, card: city.card.code, clientTime: city.app.clock.now().toISOString() })
        .expect(404);
    await scan(eventId, 'in');
    city.app.clock.advance(45);
    await scan(otherId, 'out');
    city.app.clock.advance(120);
    await goTo(page, '/console/letters');
    await page
      .locator(`[data-letter="${eventId}"]`)
      .getByRole('link', { name: t('letters.plan') })
      .click();
    await page.locator('[name="reasonCode"]').waitFor();
    expect(await valueOf(page, 'reasonCode')).toBe('offline_scan');
    expect(await valueOf(page, 'clientId')).toContain(city.client.phone);
    expect(await valueOf(page, 'volunteerId')).toContain(city.volunteer.phone);
    await page.locator('[data-lasts]', { hasText: '45' }).waitFor();
    await page.locator('[name="serviceKind"]').selectOption('company');
    await page.locator('[type="submit"]').click();
    await recorded(page).waitFor();
    const visitId = await idOf(page);
    await page.getByRole('link', { name: t('letters.close') }).click();
    await page.locator('dialog [name="visitId"]').waitFor();
    expect(await valueOf(page, 'visitId')).toBe(visitId);
    await page.locator('dialog [type="submit"]').click();
    await page.locator(`[data-letter="${eventId}"]`).waitFor({ state: 'detached' });
    expect(await approve(second.page, visitId)).toBe('approved');
    expect([...first.complaints, ...second.complaints]).toEqual([]);
  });

  it('D1: where the client is not covered, whoever approves chooses among those who can pay, with a reason', async () => {
    const poor = await city.app.register(city.coordinator.caller, city.bankId, 'client');
    const visitId = newId();
    const at = (minutes: number) => new Date(city.app.clock.now().getTime() - minutes * 60_000).toISOString();
    const input = { clientId: poor.memberId, volunteerId: city.volunteer.memberId, serviceKind: 'company', reasonCode: 'paper' };
    await city.coordinator.caller.put(`${base}/past-visits/${visitId}`, { ...input, startedAt: at(90), endedAt: at(60) }).expect(201);
    const { page } = second;
    await goTo(page, '/console/queue?lane=yellow');
    await page.locator(`[data-visit="${visitId}"] .link`).click();
    await page.locator('.side-panel .act').first().click();
    await page.locator('dialog').getByText(t('payer.nobody')).waitFor();
    await page.keyboard.press('Escape');
    const { pool } = (await city.coordinator.caller.get(base).expect(200)).body.accounts as { pool: string };
    const donation = { kind: 'donation', fromAccountId: city.client.accountId, toAccountId: pool, minutes: 40 };
    await city.client.caller.put(`${base}/transfers/${newId()}`, donation).expect(201);
    const before = (await city.balance(city.volunteer)).balanceMinutes;
    const outcome = await approve(page, visitId, async () => {
      const payer = page.locator('dialog [name="payer"]');
      expect(await payer.locator('option').allInnerTexts()).toEqual([t('app.choose'), t('payers.pool')]);
      await page.locator('dialog [type="submit"]').click();
      await page.locator('dialog').getByText(t('payer.choose')).waitFor();
      await payer.selectOption('pool');
      await page.locator('dialog [type="submit"]').click();
    });
    expect(outcome).toBe('approved');
    expect((await city.balance(city.volunteer)).balanceMinutes).toBe(before + 30);
    await goTo(page, `/console/visits/${visitId}`);
    await page.getByText(`${t('payer.who')}: ${t('payers.pool')}`).waitFor();
    expect(second.complaints).toEqual([]);
  });
});
