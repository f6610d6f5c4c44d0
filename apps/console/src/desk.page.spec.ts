import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  cityAdmin,
  openBrowser,
  openPageCity,
  openWatchedPage,
  type PageCity,
  signIn,
  type TestMember,
  type Watched,
  wordsOf,
} from '@timebank/testing';
import type { Browser, Page } from 'playwright-core';

const t = wordsOf('apps/console/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');

describe('a day at the desk', () => {
  let city: PageCity;
  let browser: Browser;
  let coordinator: Watched;
  let admin: Watched;

  async function openDesk(person: Pick<TestMember, 'phone' | 'password'>): Promise<Watched> {
    const desk = await openWatchedPage(browser, city.origin, { viewport: { width: 1_280, height: 800 } });
    await desk.page.goto('/console/');
    await signIn(desk.page, person as TestMember);
    await desk.page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
    return desk;
  }

  async function pick(page: Page, field: string, name: string): Promise<void> {
    await page.locator(`[name="${field}"]`).fill(name);
    await page.locator('[role="listbox"] [role="option"]').first().waitFor();
    await page.locator(`[name="${field}"]`).press('Enter');
    await page.locator('[role="listbox"]').waitFor({ state: 'hidden' });
  }

  const submit = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

  beforeAll(async () => {
    city = await openPageCity();
    browser = await openBrowser();
    [coordinator, admin] = [await openDesk(city.coordinator), await openDesk(cityAdmin)];
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  it('registers a client, keeps what was typed when the name is here already, and leads to that member', async () => {
    const { page } = coordinator;
    for (const round of ['first', 'again']) {
      await page.goto('/console/members/new');
      await page.locator('[name="name"]').fill('Aunt Gui');
      await page.locator('[name="birthDate"]').fill('1941-02-03');
      await page.locator('[value="client"]').check();
      await submit(page, t('members.send'));
      if (round === 'first') await page.waitForURL(/members\/[0-9a-f-]{36}$/);
    }
    await page.getByText(t('refusals.members/duplicate')).waitFor();
    expect(await page.locator('[name="name"]').inputValue()).toBe('Aunt Gui');
    await page.getByText(t('members.openSame')).click();
    await page.locator('h1', { hasText: 'Aunt Gui' }).waitFor();
  });

  it('issues a card once, warns that its address is not public, and revokes it', async () => {
    const { page } = coordinator;
    await submit(page, t('cards.issue'));
    await page.locator('figure img').waitFor();
    expect(
      await page.locator('figure img').evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth > 100)),
    ).toBe(true);
    await page.getByText('http://localhost:3000', { exact: false }).waitFor();
    const download = page.waitForEvent('download');
    await submit(page, t('cards.pdf'));
    expect((await download).suggestedFilename()).toMatch(/^card-\d+\.pdf$/);
    await page.getByRole('button', { name: `${t('cards.revoke')} ${t('cards.version', { version: 1 })}` }).click();
    await page
      .locator('dialog')
      .getByRole('button', { name: t('cards.revoke') })
      .click();
    await page.getByText(t('cards.revoked'), { exact: true }).waitFor();
    expect(await page.locator('figure').count()).toBe(0);
  });

  it('grants minutes to the client and reverses a grant, the books even', async () => {
    const { page } = admin;
    for (const minutes of ['120', '30']) {
      await page.goto('/console/ledger/grant');
      await pick(page, 'toAccountId', 'Aunt Gui');
      await page.locator('[name="minutes"]').fill(minutes);
      await submit(page, t('grant.send'));
      await page.locator('[role="status"] a').waitFor();
    }
    await page.locator('[role="status"] a').click();
    await page
      .locator('tbody tr', { hasText: '+30' })
      .getByRole('button', { name: t('account.reverse') })
      .click();
    await page
      .locator('dialog')
      .getByRole('button', { name: t('account.reverse') })
      .click();
    await page.locator('tbody tr', { hasText: '\u221230' }).getByText(t('transferKinds.reversal'), { exact: true }).waitFor();
    await page.locator('tbody tr', { hasText: '+30' }).getByText(t('account.reversed')).waitFor();
    expect(await page.locator('.top .amount').innerText()).toMatch(/^2\s*\S+$/);
    await page.goto('/console/ledger/trial-balance');
    await page.getByText(t('trialBalance.even')).waitFor();
  });

  it('writes down a call, assigns a volunteer, and cancels in time', async () => {
    const { page } = coordinator;
    await page.goto('/console/requests/new');
    await pick(page, 'clientId', 'Aunt Gui');
    await page.locator('[name="serviceKind"]').selectOption('meal');
    expect(await page.locator('[name="minutes"]').inputValue()).toBe('40');
    await page.locator('[name="startsAt"]').fill('2026-02-20');
    await submit(page, t('requests.send'));
    await page.getByText(t('refusals.requests/starts_too_early')).waitFor();
    expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).name)).toBe('startsAt');
    await page.locator('[name="startsAt"]').fill('2026-03-03');
    await submit(page, t('requests.send'));
    await page.waitForURL(/requests\/[0-9a-f-]{36}$/);
    await pick(page, 'volunteerId', `volunteer ${city.volunteer.phone}`);
    await submit(page, t('request.assign'));
    await page.waitForURL(/visits\/[0-9a-f-]{36}$/);
    await page.getByText(t('visitStates.planned'), { exact: true }).waitFor();
    await submit(page, t('visit.cancel'));
    await page
      .locator('dialog')
      .getByRole('button', { name: t('visit.cancel') })
      .click();
    await page.getByText(t('visitStates.cancelled'), { exact: true }).waitFor();
  });

  it('lays down a rule from a day on, and founds another bank', async () => {
    const { page } = admin;
    await page.goto('/console/policies');
    await page.locator('[name="key"]').selectOption('dayCapMinutes');
    await page.locator('[name="value"]').fill('420');
    await page.locator('[name="source"]').fill('Meeting of 2 March');
    await submit(page, t('policies.send'));
    await page.locator('tbody tr', { hasText: 'Meeting of 2 March' }).first().getByText('420').waitFor();
    await page.goto('/console/banks');
    await page.locator('[name="name"]').fill('Bell Tower');
    await page.locator('[name="phone"]').fill('025-83330001');
    await submit(page, t('banks.send'));
    await page.locator('tbody tr', { hasText: 'Bell Tower' }).getByRole('button').click();
    await page.locator('tbody tr', { hasText: 'Bell Tower' }).getByText(t('banks.current')).waitFor();
    expect([...coordinator.complaints, ...admin.complaints]).toEqual([]);
  });
});
