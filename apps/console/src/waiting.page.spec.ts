import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  openBrowser,
  openDesk,
  openPageCity,
  openWatchedPage,
  type PageCity,
  settled,
  signIn,
  type TestMember,
  type WatchedPage,
  wordsOf,
} from '@timebank/testing';
import { faultsOf } from '@timebank/testing/screens';
import type { Browser } from 'playwright-core';

const onTheirPhone = wordsOf('apps/web/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');
const t = wordsOf('apps/console/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');

describe('what waits for a colleague, at the desk', () => {
  let city: PageCity;
  let browser: Browser;
  let ada: WatchedPage;
  let bao: WatchedPage;

  beforeAll(async () => {
    city = await openPageCity();
    browser = await openBrowser();
    const cityAdmin = await city.app.signInAsCityAdmin();
    const admin = async () => {
      const member = await city.app.register(cityAdmin, city.bankId, 'volunteer');
      await cityAdmin.put(`/api/banks/${city.bankId}/roles/${member.memberId}/admin`).expect(201);
      return openDesk(browser, city.origin, member);
    };
    [ada, bao] = [await admin(), await admin()];
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

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
    await page.locator('[role="listbox"]:visible').waitFor({ state: 'hidden' });
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

  it('B10: a relation that one person recorded is confirmed by another at the desk, or by the giver on the phone, and ends from a day on', async () => {
    const colleague = await city.app.register(await city.app.signInAsCityAdmin(), city.bankId, 'coordinator');
    const base = `/api/banks/${city.bankId}`;
    const relative = async (kind: string) => {
      const other = await city.app.register(city.coordinator.caller, city.bankId, 'client');
      const path = `${base}/members/${city.volunteer.memberId}/relations/${other.memberId}`;
      await city.coordinator.caller.put(path, { kind }).expect(201);
      return other;
    };
    const [spouse, parent] = [await relative('spouse'), await relative('parent')];
    const { page, context, complaints } = await openDesk(browser, city.origin, colleague);
    await page.goto('/console/waiting');
    const waiting = page.locator(`[data-relation="${spouse.memberId}"]`);
    await waiting.getByText(`coordinator ${city.coordinator.phone}`).waitFor();
    await settled(page);
    expect(await faultsOf(page)).toEqual([]);
    await waiting.getByRole('button').click();
    await waiting.waitFor({ state: 'detached' });
    await page.goto(`/console/members/${city.volunteer.memberId}`);
    const line = (other: TestMember) => page.locator('li', { has: page.locator(`a[href$="/members/${other.memberId}"]`) });
    await line(spouse)
      .locator('[data-state]', { hasText: `coordinator ${colleague.phone}` })
      .waitFor();
    await line(parent).getByText(t('relations.unconfirmed')).waitFor();
    await line(spouse)
      .getByRole('button', { name: t('relations.end') })
      .click();
    await page.locator('dialog [name="on"]').fill('2026-03-01');
    await page.locator('dialog [type="submit"]').click();
    await line(spouse).waitFor({ state: 'detached' });
    await page.locator('li', { hasText: `client ${spouse.phone}` }).waitFor();
    expect(await faultsOf(page)).toEqual([]);

    const phone = await openWatchedPage(browser, city.origin, { reducedMotion: 'reduce' });
    await phone.page.goto('/sign-in');
    await signIn(phone.page, city.volunteer);
    await phone.page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
    await phone.page.goto('/relatives');
    const onPhone = phone.page.locator('li', { hasText: `client ${parent.phone}` });
    await onPhone.getByRole('button', { name: onTheirPhone('relatives.yes') }).click();
    await onPhone.getByText(onTheirPhone('relatives.confirmed')).waitFor();
    expect(await faultsOf(phone.page)).toEqual([]);
    await onPhone.getByRole('button', { name: onTheirPhone('relatives.end') }).click();
    await onPhone.getByRole('button', { name: onTheirPhone('relatives.endYes'), exact: true }).click();
    await phone.page.getByText(onTheirPhone('relatives.none')).waitFor();
    expect([...complaints, ...phone.complaints]).toEqual([]);
    await context.close();
    await phone.context.close();
  });

  it('D10: an administrator puts a birth date right, and changes a bank; what is typed outlives a reload, and a refusal says that it is kept', async () => {
    const { page } = ada;
    await city.app.openBank(await city.app.signInAsCityAdmin(), 'Bell Tower');
    await page.goto(`/console/members/${city.volunteer.memberId}`);
    const edit = () => page.getByRole('button', { name: t('member.edit'), exact: true }).click();
    await edit();
    await page.locator('[name="birthDate"]').fill('1951-01-02');
    await page.locator('[name="note"]').fill('Identity card');
    await page.reload();
    await edit();
    await page.getByText(t('draft.restored')).waitFor();
    expect(await page.locator('[name="birthDate"]').getAttribute('data-value')).toBe('1951-01-02');
    await page.locator('[name="reasonCode"]').selectOption('correction');
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('button', { name: t('app.save'), exact: true }).click();
    await page.locator('[data-corrections] li', { hasText: 'Identity card' }).waitFor();

    await page.goto('/console/banks');
    await page.getByRole('button', { name: t('banks.edit', { name: 'Drum Tower' }), exact: true }).click();
    await page.locator('dialog [name="address"]').fill('Ninghai Road 12');
    await page.locator('dialog [name="name"]').fill('bell tower');
    expect(await page.locator('dialog [name="sameName"]').count()).toBe(0);
    await page.locator('dialog [type="submit"]').click();
    await page.locator('dialog').getByText(t('refusals.banks/same_name')).waitFor();
    await page.locator('dialog [data-kept]').waitFor();
    await page.locator('dialog [name="sameName"]').check();
    await page.locator('dialog [type="submit"]').click();
    await page.locator('tbody th', { hasText: 'bell tower' }).getByText('Ninghai Road 12').waitFor();
    expect(await page.locator('main form').count()).toBe(0);

    await page.goto('/console/ledger/grant');
    await page.locator('[name="minutes"]').fill('123');
    await page.locator('[name="note"]').fill('For her moving');
    await page.reload();
    await page.getByText(t('draft.restored')).waitFor();
    expect(await page.locator('[name="minutes"]').inputValue()).toBe('123');
    await page.getByRole('button', { name: t('draft.anew') }).click();
    expect(await page.locator('[name="note"]').inputValue()).toBe('');
    await settled(page);
    expect([...ada.complaints]).toEqual([]);
  });
});
