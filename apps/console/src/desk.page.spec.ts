import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  cityAdmin,
  openBrowser,
  openDesk,
  openPageCity,
  openWatchedPage,
  type PageCity,
  type WatchedPage,
  wordsOf,
} from '@timebank/testing';
import type { Browser, Page } from 'playwright-core';
import { nextStart } from './requests/next-start.rules';

const t = wordsOf('apps/console/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');

describe('a day at the desk', () => {
  let city: PageCity;
  let browser: Browser;
  let coordinator: WatchedPage;
  let admin: WatchedPage;

  async function pick(page: Page, field: string, name: string): Promise<void> {
    await page.locator(`[name="${field}"]`).fill(name);
    await page.locator('[role="listbox"] [role="option"]').first().waitFor();
    await page.locator(`[name="${field}"]`).press('Enter');
    await page.locator('[role="listbox"]:visible').waitFor({ state: 'hidden' });
  }

  const submit = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

  beforeAll(async () => {
    city = await openPageCity();
    browser = await openBrowser();
    [coordinator, admin] = [await openDesk(browser, city.origin, city.coordinator), await openDesk(browser, city.origin, cityAdmin)];
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

  it('D5: asks what becomes of a card that is valid, revokes it unless told otherwise, and says which is valid now', async () => {
    const { page } = coordinator;
    // The list behind it is long in coming: the answer itself has said which card is valid.
    const { promise: asked, resolve: goOn } = Promise.withResolvers<void>();
    await page.route('**/cards', async (route) => {
      if (route.request().method() === 'GET') await asked;
      await route.continue();
    });
    await submit(page, t('cards.issueAnew'));
    await page.getByText(t('cards.valid', { versions: t('cards.version', { version: 2 }) })).waitFor();
    await submit(page, t('cards.issueAnew'));
    const dialog = page.locator('dialog');
    await dialog.getByText(t('cards.version', { version: 2 })).waitFor();
    goOn();
    expect(await dialog.getByLabel(t('cards.old-revoke')).isChecked()).toBe(true);
    await dialog.getByRole('button', { name: t('cards.issue') }).click();
    await page.getByText(t('cards.valid', { versions: t('cards.version', { version: 3 }) })).waitFor();
    // One of three cards is valid: the other two say that they are not, once the list has been reloaded.
    await page.getByText(t('cards.revoked'), { exact: true }).nth(1).waitFor();
    expect(await page.getByText(t('cards.revoked'), { exact: true }).count()).toBe(2);
  });

  it('D4: finds a member by the server, all of it in the address, and says how many there are', async () => {
    const { page } = coordinator;
    await page.goto('/console/members');
    await page.getByText(t('list.all', { total: 4 })).waitFor();
    await page.locator('[name="q"]').fill('aunt  gui');
    await page.getByText(t('list.all', { total: 1 })).waitFor();
    await page.locator('tbody tr', { hasText: 'Aunt Gui' }).waitFor();
    expect(new URL(page.url()).searchParams.get('q')).toBe('aunt  gui');
    await page.goto('/console/requests?from=2026-03-01&to=2026-03-02&sort=newest');
    expect(await page.locator('[name="from"]').getAttribute('data-value')).toBe('2026-03-01');
    expect(await page.locator('[name="sort"]').inputValue()).toBe('newest');
  });

  it('grants minutes to the client and reverses a grant, the books even', async () => {
    const { page } = admin;
    for (const minutes of ['120', '30']) {
      await page.goto('/console/ledger/grant');
      await pick(page, 'toAccountId', 'Aunt Gui');
      await page.locator('[name="minutes"]').fill(minutes);
      await page.locator('[name="reasonCode"]').selectOption('welcome');
      await submit(page, t('grant.send'));
      await page
        .locator('dialog')
        .getByRole('button', { name: t('grant.send') })
        .click();
      await page.locator('[role="status"] a').waitFor();
    }
    await page.locator('[role="status"] a').click();
    const reverse = () =>
      page
        .locator('tbody tr', { hasText: '+30' })
        .getByRole('button', { name: t('account.reverse') })
        .click();
    await reverse();
    await page.locator('dialog [name="reasonCode"]').selectOption('wrong_amount');
    await page.reload();
    await reverse();
    expect(await page.locator('dialog [name="reasonCode"]').inputValue()).toBe('wrong_amount');
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

  it('D3, D9: opens at the next half hour, keeps a call that is being written down over a reload, assigns a volunteer, and cancels in time', async () => {
    const { page } = coordinator;
    // Not on the half hour, which the page's clock passes while it loads.
    city.app.clock.advance(10);
    await page.goto('/console/requests/new');
    const opened = nextStart(city.app.clock.now(), 'Asia/Shanghai');
    const shown = (name: string) => page.locator(`[name="${name}"]`).getAttribute('data-value');
    expect([await shown('startsAt'), await shown('time')]).toEqual([opened.day, opened.time]);
    await pick(page, 'clientId', 'Aunt Gui');
    await page.locator('[name="note"]').fill('Ring twice');
    await page.reload();
    await page.getByText(t('draft.restored')).waitFor();
    expect([await page.locator('[name="clientId"]').inputValue(), await page.locator('[name="note"]').inputValue()]).toEqual([
      'Aunt Gui',
      'Ring twice',
    ]);
    // A form of another member opens clean, twice, and what was written down for the first waits where it was.
    for (const _ of [1, 2]) {
      await page.goto(`/console/requests/new?clientId=${city.client.memberId}`);
      await page.locator('[name="note"]').waitFor();
      expect([await page.locator('[name="clientId"]').inputValue(), await page.locator('[name="note"]').inputValue()]).not.toContain(
        'Aunt Gui',
      );
      expect([await page.locator('[name="note"]').inputValue(), await page.getByText(t('draft.restored')).count()]).toEqual(['', 0]);
    }
    await page.goto('/console/requests/new');
    await page.getByText(t('draft.restored')).waitFor();
    expect(await page.locator('[name="note"]').inputValue()).toBe('Ring twice');
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
    const dialog = page.locator('dialog');
    await dialog.locator('[name="reasonCode"]').selectOption('weather');
    await dialog.getByRole('button', { name: t('visit.cancel') }).click();
    await page.getByText(t('visitStates.cancelled'), { exact: true }).waitFor();
  });

  it('lays down a rule from a day on, and founds another bank', async () => {
    const { page } = admin;
    await page.goto('/console/policies');
    const rule = page.locator('[data-rule="dayCapMinutes"]');
    const change = async (unit: string, value: string, source: string): Promise<void> => {
      await rule.getByRole('button', { name: t('policies.change') }).click();
      await rule.locator('[name="value"]').fill(value);
      await rule.locator('[name="unit"]').selectOption(unit);
      await rule.locator('[name="source"]').fill(source);
      await submit(page, t('policies.send'));
    };
    await change('minutes', '420', 'Meeting of 2 March');
    await rule.getByText('Meeting of 2 March').waitFor();
    expect((await rule.locator('.value').innerText()).trim()).toBe(`7\u00a0${t('units.hour')}`);
    // The same form lays down the next one.
    await change('hours', '7.5', 'Meeting of 3 March');
    await rule.getByText('Meeting of 3 March').waitFor();
    await page.goto('/console/banks');
    await page.locator('[name="name"]').fill('Bell Tower');
    await page.locator('[name="phone"]').fill('025-83330001');
    await submit(page, t('banks.send'));
    await page.getByRole('button', { name: `${t('banks.work')} Bell Tower`, exact: true }).click();
    await page.locator('tbody tr', { hasText: 'Bell Tower' }).getByText(t('banks.current')).waitFor();
    expect([...coordinator.complaints, ...admin.complaints]).toEqual([]);
  });

  it('C12: opens in the language of the browser, and keeps another one that was chosen', async () => {
    const english = wordsOf('apps/console/src/locales/en.json');
    const { page, context } = await openWatchedPage(browser, city.origin, { locale: 'en-GB' });
    await page.goto('/console/');
    await page.getByRole('button', { name: english('signIn.send'), exact: true }).waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('en');
    await page.getByRole('combobox', { name: english('language.label') }).selectOption('zh-Hans');
    await page.getByRole('button', { name: t('signIn.send'), exact: true }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: t('signIn.send'), exact: true }).waitFor();
    await context.close();
  });
});
