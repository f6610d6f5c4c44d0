import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import {
  cityAdmin,
  openBrowser,
  openDesk,
  openPageCity,
  type PageCity,
  settled,
  type TestMember,
  type WatchedPage,
  wordsOf,
} from '@timebank/testing';
import { faultsOf } from '@timebank/testing/screens';
import type { Browser, Page } from 'playwright-core';

const languages = {
  'zh-Hans': wordsOf('apps/console/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json'),
  en: wordsOf('apps/console/src/locales/en.json', 'libs/contract/locales/en.json'),
};
const t = languages['zh-Hans'];
const pictures = process.env['PICTURES'];

describe("the month's grants at the desk", () => {
  let city: PageCity;
  let browser: Browser;
  const complaints: string[][] = [];

  beforeAll(async () => {
    city = await openPageCity();
    browser = await openBrowser();
    const base = `/api/banks/${city.bankId}`;
    const register = (serial: number, birthDate: string, circumstances: string[]) =>
      city.coordinator.caller
        .put(`${base}/members/${newId()}`, { name: `Elder ${serial}`, birthDate, roles: ['client'], circumstances })
        .expect(201);
    await register(1, '1940-05-01', ['living_alone']);
    await register(2, '1955-05-01', ['low_income', 'disabled']);
    const { body } = await register(3, '1950-05-01', ['disabled']);
    const admin = await city.app.signInAsCityAdmin();
    const { accounts } = (await admin.get(base).expect(200)).body as { accounts: { fund: string } };
    const { accountId } = body as { accountId: string };
    const full = { kind: 'grant', fromAccountId: accounts.fund, toAccountId: accountId, minutes: 90_000 };
    const transferId = newId();
    await admin.put(`${base}/transfers/${transferId}`, full).expect(202);
    await (await city.app.secondCityAdmin(admin, city.bankId)).put(`${base}/transfers/${transferId}`, full).expect(201);
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  async function deskOf(person: Pick<TestMember, 'phone' | 'password'>, width = 1_280, locale?: string): Promise<WatchedPage> {
    const before = async (page: Page) => {
      if (locale !== undefined) await page.addInitScript((value) => localStorage.setItem('timebank.console.locale', value), locale);
    };
    const desk = await openDesk(browser, city.origin, person, { viewport: { width, height: 900 }, before });
    complaints.push(desk.complaints);
    return desk;
  }
  async function inspect(page: Page, picture: string): Promise<void> {
    await settled(page);
    if (pictures) await page.screenshot({ path: `${pictures}/${picture}.png`, fullPage: true });
    expect(await faultsOf(page)).toEqual([]);
  }
  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

  it('a coordinator writes down how a member lives', async () => {
    const { page, context } = await deskOf(city.coordinator);
    await page.goto(`/console/members/${city.client.memberId}`);
    await page.getByText(t('member.noCircumstances'), { exact: true }).waitFor();
    await press(page, t('member.edit'));
    await page.locator('[name="circumstances"][value="living_alone"]').check();
    await inspect(page, 'member-edit');
    await press(page, t('app.save'));
    await page.getByText(t('circumstances.living_alone'), { exact: true }).waitFor();
    await inspect(page, 'member');
    expect(await page.getByText(t('member.noCircumstances'), { exact: true }).count()).toBe(0);
    await context.close();
  });

  it('an admin looks first, grants once, and sees whom it reached', async () => {
    const { page, context } = await deskOf(cityAdmin);
    await page.goto('/console/ledger');
    await page.getByRole('link', { name: t('grants.title') }).click();
    await page.locator('tbody tr', { hasText: 'Elder 1' }).getByText(t('grantReasons.oldest_alone'), { exact: true }).waitFor();
    await page.locator('tbody tr', { hasText: 'Elder 3' }).getByText(t('grants.ceiling')).waitFor();
    await settled(page);
    expect(await page.locator('tbody tr').count()).toBe(4);
    await inspect(page, 'preview');
    const month = await page.locator('[name="month"] option').first().innerText();
    await press(page, t('grants.send', { month }));
    await inspect(page, 'confirm');
    await press(page, t('grants.confirm'));
    await page.waitForURL(/monthly-grants\/[0-9a-f-]{36}$/);
    await page.getByText(t('grants.done'), { exact: true }).waitFor();
    await page.getByText(t('grants.progress', { done: 4, all: 4 })).waitFor();
    await page.locator('tbody tr', { hasText: 'Elder 3' }).getByText(t('refusals.ledger/ceiling')).waitFor();
    await inspect(page, 'run');
    await page.getByRole('link', { name: t('grantOutcomes.refused'), exact: true }).click();
    await page.locator('tbody tr', { hasText: 'Elder 1' }).waitFor({ state: 'detached' });
    await settled(page);
    expect(await page.locator('tbody tr').count()).toBe(1);
    await page.goto('/console/ledger/monthly-grants');
    await page.getByText(t('grants.given')).waitFor();
    await settled(page);
    expect(await page.getByRole('button', { name: t('grants.send', { month }), exact: true }).count()).toBe(0);
    await page.locator('[name="month"]').selectOption({ index: 1 });
    await page.getByText(t('refusals.grants/month_before_bank')).waitFor();
    await context.close();
  });

  it.each([
    ['zh-Hans', 360],
    ['en', 1_280],
  ] as const)('can be read in %s at %i px, and an auditor reads without a button', async (locale, width) => {
    const admin = await city.app.signInAsCityAdmin();
    const reader = await city.app.register(city.coordinator.caller, city.bankId, 'volunteer');
    await admin.put(`/api/banks/${city.bankId}/roles/${reader.memberId}/auditor`).expect(201);
    for (const person of [cityAdmin, reader]) {
      const { page, context } = await deskOf(person, width, locale);
      await page.goto('/console/ledger/monthly-grants');
      await page.locator('.sheet tbody tr').first().waitFor();
      await inspect(page, `list-${locale}-${person === reader ? 'auditor' : 'admin'}`);
      expect((await page.locator('main form, main button, main select').count()) > 0).toBe(person !== reader);
      await page
        .getByRole('region', { name: languages[locale]('grants.runs') })
        .locator('tbody a')
        .first()
        .click();
      await page.getByText(languages[locale]('grants.done'), { exact: true }).waitFor();
      await inspect(page, `run-${locale}-${person === reader ? 'auditor' : 'admin'}`);
      await context.close();
    }
  });

  it('leaves the browser without complaints', () => {
    expect(complaints.flat()).toEqual([]);
  });
});
