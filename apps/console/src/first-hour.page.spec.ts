import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { cityAdmin, openApp, openBrowser, openDesk, type TestApp, type WatchedPage, wordsOf } from '@timebank/testing';
import { faultsOf } from '@timebank/testing/screens';
import type { Browser } from 'playwright-core';

const t = wordsOf('apps/console/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');
const password = 'seven violet kettles';

/** The screens that it takes, as the table in README.md has it: the figure may only fall. */
const mostScreens = 6;

describe('from a new bank to its first approved hour, by the list on the first screen', () => {
  let app: TestApp;
  let browser: Browser;
  let bankId: string;
  let admin: WatchedPage;
  let coordinator: WatchedPage;
  /** Where somebody did something; the list itself is what leads there. */
  const screens = new Set<string>();
  const phones = { coordinator: '13811110001', volunteer: '13811110002' };

  beforeAll(async () => {
    app = await openApp();
    browser = await openBrowser();
    const { port } = app.app.getHttpServer().address() as { port: number };
    admin = await openDesk(browser, `http://127.0.0.1:${port}`, cityAdmin);
  });
  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  const list = ({ page }: WatchedPage) => page.getByRole('region', { name: t('firstSteps.title') });
  /** The step that is next is the one that stands out; a press leads to where it is done. */
  async function follow(desk: WatchedPage, step: string): Promise<void> {
    await desk.page.getByRole('link', { name: t('nav.home'), exact: true }).click();
    const next = list(desk)
      .locator('[aria-current="step"]')
      .getByRole('link', { name: t(`firstSteps.${step}`) });
    await next.click();
    await next.waitFor({ state: 'detached' });
  }
  function isAt({ page }: WatchedPage): void {
    screens.add(new URL(page.url()).pathname.replace(/[0-9a-f-]{36}/, ':id'));
  }
  async function register(desk: WatchedPage, name: string, phone: string): Promise<string> {
    const { page } = desk;
    await page.locator('[name="name"]').fill(name);
    await page.locator('[name="birthDate"]').fill('1950-02-03');
    if (phone) {
      await page.locator('[name="phone"]').fill(phone);
      await page.locator('[name="password"]').fill(password);
    }
    isAt(desk);
    await page.getByRole('button', { name: t('members.send') }).click();
    await page.waitForURL(/members\/[0-9a-f-]{36}$/);
    const memberId = page.url().split('/').at(-1) as string;
    if (phone) await app.ownSecret(memberId);
    return memberId;
  }
  async function pick(desk: WatchedPage, field: string, name: string): Promise<void> {
    await desk.page.locator(`[name="${field}"]`).fill(name);
    await desk.page.getByRole('option').filter({ hasText: name }).click();
  }

  it('begins with a bank and its first coordinator', async () => {
    const { page } = admin;
    await page.getByRole('link', { name: t('nav.banks'), exact: true }).click();
    await page.locator('[name="name"]').fill('Willow Lane');
    await page.locator('[name="phone"]').fill('025-83330001');
    isAt(admin);
    await page.locator('main [type="submit"]').click();
    await page.locator('tbody tr', { hasText: 'Willow Lane' }).waitFor();
    bankId = (await app.database.query<{ id: string }>('select bank_id as id from bank'))[0]!.id;
    await page.getByRole('link', { name: t('nav.home'), exact: true }).click();
    await list(admin).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    if (process.env['PICTURES']) await page.screenshot({ path: `${process.env['PICTURES']}/first-steps.png` });
    await follow(admin, 'coordinator');
    await register(admin, 'Lin Tao', phones.coordinator);
    await page.getByRole('button', { name: `${t('memberRoles.give')} ${t('roles.coordinator')}` }).click();
    await page.locator('dialog [name="reasonCode"]').selectOption('new_task');
    isAt(admin);
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('memberRoles.give') })
      .click();
    await page.getByText(t('memberRoles.done')).waitFor();
  });

  it('goes on with people, a card and some time', async () => {
    coordinator = await openDesk(browser, new URL(admin.page.url()).origin, { phone: phones.coordinator, password });
    const { page } = coordinator;
    await follow(coordinator, 'client');
    await register(coordinator, 'Aunt Gui', '');
    await page.getByRole('button', { name: t('cards.issue'), exact: true }).click();
    await page.locator('.code').waitFor();
    isAt(coordinator);
    // The coordinator is a volunteer too; nobody decides about their own visits, so there has to be another.
    await follow(coordinator, 'volunteer');
    expect(await page.locator('[name="roles"][value="volunteer"]').isChecked()).toBe(true);
    await register(coordinator, 'Wang Lei', phones.volunteer);
    await follow(admin, 'minutes');
    await pick(admin, 'toAccountId', 'Aunt Gui');
    await admin.page.locator('[name="minutes"]').fill('120');
    await admin.page.locator('[name="reasonCode"]').selectOption('welcome');
    isAt(admin);
    await admin.page.locator('main [type="submit"]').click();
    await admin.page
      .getByRole('dialog')
      .getByRole('button', { name: t('grant.send') })
      .click();
    await admin.page.locator('[role="status"] a').waitFor();
  });

  it('ends with a request, a visit that a phone scans, and its approval; then the list is gone', async () => {
    const { page } = coordinator;
    await follow(coordinator, 'request');
    await pick(coordinator, 'clientId', 'Aunt Gui');
    await page.locator('[name="serviceKind"]').selectOption('company');
    await page.locator('[name="place"]').fill('Ninghai Road 12');
    isAt(coordinator);
    await pick(coordinator, 'volunteerId', 'Wang Lei');
    await page.getByRole('button', { name: t('requests.send') }).click();
    await page.waitForURL(/visits\/[0-9a-f-]{36}$/);
    const visitId = page.url().split('/').at(-1) as string;
    await scanned(visitId);
    await follow(coordinator, 'approved');
    isAt(coordinator);
    const answer = page.waitForResponse((found) => found.url().includes('/approvals/'));
    await page
      .getByRole('button', { name: t('queue.approveAll') })
      .first()
      .click();
    expect((await answer).status()).toBe(201);
    await page.getByRole('link', { name: t('nav.home'), exact: true }).click();
    await page.locator('.figure').first().waitFor();
    expect(await list(coordinator).count()).toBe(0);
    expect(screens.size).toBeLessThanOrEqual(mostScreens);
    expect([...admin.complaints, ...coordinator.complaints]).toEqual([]);
  });

  /** The volunteer's phone, by the code that the desk has on screen no longer: a new card tells its own. */
  async function scanned(visitId: string): Promise<void> {
    const desk = await app.signIn(phones.coordinator, password);
    const volunteer = await app.signIn(phones.volunteer, password);
    const { body } = await desk.get(`/api/banks/${bankId}/visits/${visitId}`).expect(200);
    const { plannedStart, clientId } = body as { plannedStart: string; clientId: string };
    const card = (await desk.post(`/api/banks/${bankId}/members/${clientId}/cards`).expect(201)).body as { code: string };
    const scan = (kind: string) =>
      volunteer.put(`/api/banks/${bankId}/visits/${visitId}/scans/${newId()}`, { kind, card: card.code }).expect(201);
    app.clock.advance((Date.parse(plannedStart) - app.clock.now().getTime()) / 60_000);
    await scan('in');
    app.clock.advance(60);
    await scan('out');
  }
});
