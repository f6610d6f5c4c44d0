import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cityAdmin, openBrowser, openDesk, openPageCity, type PageCity, settled, type WatchedPage, wordsOf } from '@timebank/testing';
import { crushedText, faultsOf } from '@timebank/testing/screens';
import type { Browser } from 'playwright-core';

const t = wordsOf('apps/console/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');

describe('the service kinds at the desk', () => {
  let city: PageCity;
  let browser: Browser;
  let desk: WatchedPage;
  beforeAll(async () => {
    city = await openPageCity();
    browser = await openBrowser();
    desk = await openDesk(browser, city.origin, cityAdmin);
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  const row = (code: string) => desk.page.locator(`[data-kind="${code}"]`);
  const saved = async () => {
    await desk.page
      .locator('[role="status"]')
      .filter({ hasText: t('kinds.saved', { kind: '' }).slice(-4) })
      .waitFor();
    await settled(desk.page);
  };

  it('are switched off by a bank in their place, and are then not to be asked for', async () => {
    const { page } = desk;
    await page.goto('/console/kinds');
    const company = await city.kindName('company');
    await row('company')
      .getByRole('button', { name: t('kinds.changeBankOf', { kind: company }) })
      .click();
    await row('company').locator('[name="isOffered"]').uncheck();
    await row('company').locator('[name="usualMinutes"]').fill('45');
    await row('company').locator('[type="submit"]').click();
    await saved();
    await row('company').getByText(t('kinds.notOffered'), { exact: true }).waitFor();
    // The form is gone, and the keys go on where it was opened.
    await row('company').locator('button:focus').waitFor();
    expect([...(await faultsOf(page)), ...(await crushedText(page))]).toEqual([]);
    const asking = await openDesk(browser, city.origin, city.coordinator, { at: '/console/requests/new' });
    await asking.page.goto('/console/requests/new');
    const options = asking.page.locator('[name="serviceKind"] option');
    await options.filter({ hasText: await city.kindName('meal') }).waitFor({ state: 'attached' });
    expect(await options.filter({ hasText: company }).count()).toBe(0);
    await asking.page.goto('/console/kinds');
    await asking.page.locator('[data-kind="company"]').waitFor();
    expect(await asking.page.locator('[data-kind] button').count()).toBe(0);
    await asking.context.close();
  });

  it('are laid down by the city in every language, and a refusal stands at its field', async () => {
    const { page, complaints } = desk;
    await page.getByRole('button', { name: t('kinds.new') }).click();
    await page.locator('[name="code"]').fill('meal');
    await page.locator('[name="name-zh-Hans"]').fill('Garden work');
    await page.locator('[name="name-en"]').fill('Gardening');
    await page.getByRole('button', { name: t('kinds.addNeed') }).click();
    await page.locator('[name="need-0"]').selectOption('first_aid');
    await page.locator('[name="until-0"]').fill('2020-01-01');
    await page.locator('form [type="submit"]').click();
    await page.locator('#requiredQualifications').waitFor();
    expect([...(await faultsOf(page)), ...(await crushedText(page))]).toEqual([]);
    await page.locator('[name="until-0"]').fill('2099-01-01');
    await page.locator('form [type="submit"]').click();
    await page.locator('form').getByText(t('kinds.codeTaken')).waitFor();
    await page.locator('form [data-kept]').waitFor();
    expect(await page.locator('[name="code"]').getAttribute('aria-invalid')).toBe('true');
    expect([...(await faultsOf(page)), ...(await crushedText(page))]).toEqual([]);
    await page.locator('[name="code"]').fill('gardening');
    await page.locator('form [type="submit"]').click();
    await saved();
    await row('gardening').getByText('Garden work').waitFor();
    await row('gardening')
      .getByText(t('kinds.needs', { qualification: t('qualifications.first_aid') }))
      .waitFor();
    await page.setViewportSize({ width: 360, height: 800 });
    await row('gardening')
      .getByRole('button', { name: t('kinds.changeCityOf', { kind: 'Garden work' }) })
      .click();
    expect(await row('gardening').locator('[name="name-en"]').inputValue()).toBe('Gardening');
    expect([...(await faultsOf(page)), ...(await crushedText(page))]).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('are adjusted over nobody: who comes second is told, keeps what was typed, and decides', async () => {
    const { page } = desk;
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto('/console/kinds');
    const adjust = t('kinds.changeBankOf', { kind: await city.kindName('doctor') });
    await row('doctor').getByRole('button', { name: adjust }).click();
    await row('doctor').locator('[name="usualMinutes"]').fill('75');
    const admin = await city.app.signInAsCityAdmin();
    await admin.put(`/api/banks/${city.bankId}/service-kinds/doctor`, { isOffered: true, position: 3 }).expect(201);
    await row('doctor').locator('[type="submit"]').click();
    await row('doctor').getByText(t('refusals.service_kinds/stale')).waitFor();
    await row('doctor').locator('[data-kept]').waitFor();
    await settled(page);
    expect(await row('doctor').locator('[name="usualMinutes"]').inputValue()).toBe('75');
    expect(await row('doctor').locator('[name="position"]').inputValue()).toBe('3');
    await row('doctor').locator('[type="submit"]').click();
    await saved();
    expect(await city.app.database.query("select position, usual_minutes from bank_service_kind where code = 'doctor'")).toEqual([
      { position: 3, usual_minutes: 75 },
    ]);
  });
});
