import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  openBrowser,
  openPageCity,
  openWatchedPage,
  type PageCity,
  settled,
  signIn,
  type TestMember,
  type Watched,
  wordsOf,
} from '@timebank/testing';
import { faultsOf } from '@timebank/testing/screens';
import type { Browser } from 'playwright-core';

const t = wordsOf('apps/console/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');

describe('what waits for a colleague, at the desk', () => {
  let city: PageCity;
  let browser: Browser;
  let ada: Watched;
  let bao: Watched;

  beforeAll(async () => {
    city = await openPageCity();
    browser = await openBrowser();
    const cityAdmin = await city.app.signInAsCityAdmin();
    const admin = async () => {
      const member = await city.app.register(cityAdmin, city.bankId, 'volunteer');
      await cityAdmin.put(`/api/banks/${city.bankId}/roles/${member.memberId}/admin`).expect(201);
      return openDesk(member);
    };
    [ada, bao] = [await admin(), await admin()];
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  async function openDesk(person: TestMember): Promise<Watched> {
    const desk = await openWatchedPage(browser, city.origin, { viewport: { width: 1_280, height: 900 }, reducedMotion: 'reduce' });
    await desk.page.goto('/console/');
    await signIn(desk.page, person);
    await desk.page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
    return desk;
  }

  /** The second admin finds it in the navigation, reads it and confirms it. */
  async function confirm(words: string): Promise<void> {
    const { page } = bao;
    await page.goto('/console/ledger');
    await page.locator('nav a[href="/console/waiting"] .number').waitFor();
    await page.locator('nav a[href="/console/waiting"]').click();
    await page.getByText(words).first().waitFor();
    await settled(page);
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('button', { name: t('waiting.confirm'), exact: true }).click();
    await page.locator('dialog').getByText(words).waitFor();
    await page
      .locator('dialog')
      .getByRole('button', { name: t('waiting.confirm'), exact: true })
      .click();
    await page.getByRole('status').getByText(words).waitFor();
    await page.getByText(t('waiting.none'), { exact: true }).waitFor();
  }

  it('B2: a grant above the limit is said in hours, waits, and is given by the second admin', async () => {
    const { page } = ada;
    const name = `client ${city.client.phone}`;
    await page.goto('/console/ledger/grant');
    await page.locator('[name="toAccountId"]').fill(name);
    await page.locator('[role="listbox"] [role="option"]').first().waitFor();
    await page.locator('[name="toAccountId"]').press('Enter');
    await page.locator('[role="listbox"]').waitFor({ state: 'hidden' });
    await page.locator('[name="minutes"]').fill('36000');
    await page.locator('[name="reasonCode"]').selectOption('hardship');
    await page.getByRole('button', { name: t('grant.send'), exact: true }).click();
    const time = t('figures.both', { count: '36,000', time: `600 ${t('units.hour')}` });
    await page.locator('dialog').getByText(time).waitFor();
    await page
      .locator('dialog')
      .getByRole('button', { name: t('grant.send'), exact: true })
      .click();
    await page.locator('[role="status"] a[href="/console/waiting"]').waitFor();
    expect((await city.balance(city.client)).balanceMinutes).toBe(600);
    await confirm(t('waiting.say.grant', { name, time }));
    expect((await city.balance(city.client)).balanceMinutes).toBe(36_600);
    await page.goto(`/console/accounts/${city.client.accountId}`);
    await page
      .locator('tbody tr', { hasText: t('actReasonCodes.hardship') })
      .first()
      .waitFor();
  });

  it('D2: a member leaves by two admins, who see beforehand what ends', async () => {
    const { page } = ada;
    const requestId = await city.ask('company', 24 * 60);
    const visitId = await city.take(requestId);
    await page.goto(`/console/members/${city.client.memberId}`);
    await page.getByRole('button', { name: t('leaving.open'), exact: true }).click();
    await page
      .locator('dialog')
      .getByText(t('leaving.visits', { count: 1 }))
      .waitFor();
    await page
      .locator('dialog')
      .getByText(t('leaving.cards', { count: 1 }))
      .waitFor();
    await page.locator('dialog [name="reason"]').selectOption('moved');
    await page
      .locator('dialog')
      .getByRole('button', { name: t('leaving.send'), exact: true })
      .click();
    await page.locator('[role="status"] a[href="/console/waiting"]').waitFor();
    const stateOf = async () =>
      (await city.coordinator.caller.get(`/api/banks/${city.bankId}/visits/${visitId}`).expect(200)).body.state as string;
    expect(await stateOf()).toBe('planned');
    await confirm(t('leaving.reasons.moved'));
    expect(await stateOf()).toBe('cancelled');
    await page.reload();
    await page.locator('.note', { hasText: '2026' }).first().waitFor();
    expect([...ada.complaints, ...bao.complaints]).toEqual([]);
  });
});
