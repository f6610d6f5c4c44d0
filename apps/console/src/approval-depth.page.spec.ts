import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import {
  cityAdmin,
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
import { faultsOf } from '@timebank/testing/screens';
import type { Browser, Page } from 'playwright-core';

const t = wordsOf('apps/console/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');
const phoneWords = wordsOf('apps/web/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');
const many = 200;

describe('approval at speed and in depth', () => {
  let city: PageCity;
  let browser: Browser;
  let base: string;
  let colleague: TestMember;
  let desk: WatchedPage;

  beforeAll(async () => {
    city = await openPageCity();
    base = `/api/banks/${city.bankId}`;
    const admin = await city.app.signInAsCityAdmin();
    colleague = await city.app.register(admin, city.bankId, 'coordinator');
    const { accounts } = (await admin.get(base).expect(200)).body as { accounts: { fund: string } };
    const grant = { kind: 'grant', fromAccountId: accounts.fund, toAccountId: city.client.accountId, minutes: 10_000 };
    const transferId = newId();
    await admin.put(`${base}/transfers/${transferId}`, grant).expect(202);
    await (await city.app.secondCityAdmin(admin, city.bankId)).put(`${base}/transfers/${transferId}`, grant).expect(201);
    browser = await openBrowser();
    desk = await openDesk(browser, city.origin, city.coordinator, { at: '/console/queue' });
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });
  beforeEach(() => {
    desk.complaints.length = 0;
  });

  async function planned(serviceKind: string, startsInMinutes: number, minutes = 60): Promise<string> {
    const [requestId, visitId] = [newId(), newId()];
    const startsAt = new Date(city.app.clock.now().getTime() + startsInMinutes * 60_000).toISOString();
    await city.coordinator.caller
      .put(`${base}/requests/${requestId}`, { clientId: city.client.memberId, serviceKind, startsAt, minutes })
      .expect(201);
    await city.volunteer.caller.put(`${base}/visits/${visitId}`, { requestId, volunteerId: city.volunteer.memberId }).expect(201);
    return visitId;
  }
  async function served(serviceKind = 'company'): Promise<string> {
    const visitId = await planned(serviceKind, 30);
    const scan = (kind: 'in' | 'out') =>
      city.volunteer.caller.put(`${base}/visits/${visitId}/scans/${newId()}`, { kind, card: city.card.code }).expect(201);
    city.app.clock.advance(30);
    await scan('in');
    city.app.clock.advance(60);
    await scan('out');
    city.app.clock.advance(22 * 60);
    return visitId;
  }
  const decide = (visitIds: string[], more: object) =>
    city.coordinator.caller.put(`${base}/approvals/${newId()}`, { visitIds, decision: 'approve', ...more }).expect(201);
  const visitOf = async (visitId: string) =>
    (await colleague.caller.get(`${base}/visits/${visitId}`).expect(200)).body as { state: string; assurance: string };
  async function openQueue(page: Page, lane: string): Promise<void> {
    await goTo(page, `/console/queue?lane=${lane}`);
  }

  it(`has ${many} clean visits approved by one key and in one request, with time to take it back`, async () => {
    for (let count = 0; count < many; count += 1) await planned('company', 60 + count * 15, 10);
    await city.app.database.query(
      `update visit set state = 'ready', lane = 'clean', assurance = 'A1', captured_in = planned_start, captured_out = planned_end,
         credited_start = planned_start, credited_end = planned_end, credited_minutes = planned_minutes, waiting_since = planned_end
       where state = 'planned'`,
    );
    const { page } = desk;
    await page.goto('/console/visits');
    await page.locator('h1').waitFor();
    const sent: string[] = [];
    page.on('request', (request) => request.url().includes('/approvals/') && sent.push(request.url()));
    await openQueue(page, 'clean');
    // Few of them are in the page, wherever one looks.
    const drawn = page.locator('[data-visit]');
    const counts = [await drawn.count()];
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await page.locator(`[data-visit][aria-posinset="${many}"]`).waitFor();
    counts.push(await drawn.count());
    expect(counts.filter((count) => count < 10 || count > 80)).toEqual([]);
    await page.keyboard.press('j');
    await page.locator('[data-visit][aria-posinset="2"] .link:focus').waitFor();
    const answer = page.waitForResponse((response) => response.url().includes('/approvals/'));
    await page.keyboard.press('Shift+A');
    await page.locator('[data-state]').waitFor();
    expect(sent).toHaveLength(0);
    expect((await answer).status()).toBe(201);
    await page.getByText(t('queue.allDecided')).waitFor();
    expect(sent).toHaveLength(1);
    const [row] = await city.app.database.query<{ approved: string }>(`select count(*) as approved from visit where state = 'approved'`);
    expect(Number(row?.approved)).toBe(many);
    expect((await city.balance(city.volunteer)).balanceMinutes).toBe(many * 10);
    expect(desk.complaints).toEqual([]);
    city.app.clock.advance(4 * 24 * 60);
  });

  it('records a call-back by one key, which then stands beside the card as a second signal', async () => {
    const visitId = await served();
    const { page } = desk;
    await openQueue(page, 'clean');
    await page.locator(`[data-visit="${visitId}"] .link`).focus();
    await page.keyboard.press('c');
    await page.locator('dialog [name="note"]').fill('She was pleased');
    expect(await faultsOf(page)).toEqual([]);
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('callBackResults.not_confirmed') })
      .click();
    await page.getByRole('dialog').getByText(t('callBack.denied')).waitFor();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('app.back') })
      .click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('callBackResults.confirmed'), exact: true })
      .click();
    await page
      .locator(`[data-visit="${visitId}"]`)
      .getByText(t('callBack.gave', { result: t('callBackResults.confirmed') }))
      .waitFor();
    expect(await visitOf(visitId)).toMatchObject({ state: 'ready', assurance: 'A2' });
    await page.goto(`/console/visits/${visitId}`);
    await page.getByText('She was pleased').waitFor();
    expect(desk.complaints).toEqual([]);
  });

  it('approves the clean lane by kind of service, and leaves the other kinds', async () => {
    const meal = await served('meal');
    const company = (
      await city.app.database.query<{ id: string }>(`select visit_id as id from visit where state = 'ready' and service_kind = 'company'`)
    )[0]?.id;
    const { page } = desk;
    await openQueue(page, 'clean');
    expect(await faultsOf(page)).toEqual([]);
    const answer = page.waitForResponse((response) => response.url().includes('/approvals/'));
    await page.locator('[data-kind="meal"]').getByRole('button').click();
    expect((await answer).status()).toBe(201);
    expect((await visitOf(meal)).state).toBe('approved');
    expect((await visitOf(company as string)).state).toBe('ready');
    expect(desk.complaints).toEqual([]);
  });

  it('takes an appeal from the phone, has another coordinator answer it, and shows the answer on the phone', async () => {
    const visitId = await served();
    await decide([visitId], { reasonCode: 'left_early', creditedMinutes: { [visitId]: 20 } });
    const phone = await openWatchedPage(browser, city.origin, { reducedMotion: 'reduce' });
    await phone.page.goto('/sign-in');
    await signIn(phone.page, city.volunteer);
    await phone.page.waitForURL('**/today');
    await phone.page.goto(`/visits/${visitId}`);
    await phone.page.getByRole('button', { name: phoneWords('appeal.open') }).click();
    await phone.page.locator('form [type="submit"]').click();
    await phone.page.getByText(phoneWords('appeal.noteNeeded')).waitFor();
    await phone.page.locator('[name="appealNote"]').fill('I stayed the whole hour');
    expect(await faultsOf(phone.page)).toEqual([]);
    await phone.page.locator('form [type="submit"]').click();
    await phone.page.getByText(phoneWords('appeal.waiting')).waitFor();
    expect(await faultsOf(phone.page)).toEqual([]);

    await desk.page.goto('/console/appeals');
    await desk.page.getByRole('button', { name: t('appeals.answer') }).click();
    await desk.page.locator('dialog [name="outcome"]').selectOption('granted');
    await desk.page.locator('dialog [name="note"]').fill('Agreed');
    await desk.page.locator('dialog [type="submit"]').click();
    await desk.page.locator('dialog').getByText(t('refusals.appeals/same_coordinator')).waitFor();

    const other = await openDesk(browser, city.origin, colleague, { at: '/console/queue' });
    await other.page.goto('/console/appeals');
    expect(await faultsOf(other.page)).toEqual([]);
    await other.page.getByRole('button', { name: t('appeals.answer') }).click();
    await other.page.locator('dialog [name="outcome"]').selectOption('granted');
    await other.page.locator('dialog [name="note"]').fill('We called: you did');
    expect(await faultsOf(other.page)).toEqual([]);
    await other.page.locator('dialog [type="submit"]').click();
    await other.page.getByText(t('appeals.none')).waitFor();
    await other.page.goto('/console/appeals?state=answered');
    await other.page.getByText(t('appealRemedies.reverse_and_enter')).waitFor();
    expect(await faultsOf(other.page)).toEqual([]);

    await phone.page.reload();
    await phone.page.getByText('We called: you did').waitFor();
    await phone.page.getByText(phoneWords('appeal.granted')).waitFor();
    expect([...phone.complaints, ...desk.complaints, ...other.complaints]).toEqual([]);
  });

  it('shows the admin, who decides no visits, those that waited too long', async () => {
    const visitId = await served();
    await city.app.database.query(
      `insert into visit_escalation (bank_id, visit_id, waiting_since, escalated_at) select bank_id, visit_id, waiting_since, waiting_since from visit where visit_id = $1`,
      [visitId],
    );
    city.app.clock.advance(8 * 24 * 60);
    const admin = await openDesk(browser, city.origin, cityAdmin);
    await admin.page.goto('/console/visits');
    await admin.page.getByRole('button', { name: t('visits.escalated', { count: 1 }) }).click();
    await admin.page.locator(`a[href$="/visits/${visitId}"]`).waitFor();
    await admin.page.locator('tbody tr').nth(1).waitFor({ state: 'detached' });
    expect(await faultsOf(admin.page)).toEqual([]);
    await openQueue(desk.page, 'clean');
    await desk.page.getByText(t('queue.escalated', { count: 1 })).waitFor();
    expect(await faultsOf(desk.page)).toEqual([]);
  });
});
