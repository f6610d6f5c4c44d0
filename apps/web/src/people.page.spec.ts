import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CodeSender } from '@timebank/access';
import { goTo, openBrowser, openPageCity, openWatchedPage, type PageCity, settled, signIn, wordsOf } from '@timebank/testing';
import { faultsOf } from '@timebank/testing/screens';
import type { Browser } from 'playwright-core';

const t = wordsOf('apps/web/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');

describe('who I am, on the phone', () => {
  let city: PageCity;
  let browser: Browser;
  const codes = new Map<string, string>();
  beforeAll(async () => {
    city = await openPageCity();
    const sender = city.app.app.get(CodeSender as never, { strict: false }) as CodeSender;
    sender.send = async (phone, code) => void codes.set(phone, code);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  it('joins a bank in small steps, and keeps what was typed over a reload', async () => {
    const { page, context, complaints } = await openWatchedPage(browser, city.origin);
    const next = (key: string) => page.getByRole('button', { name: t(key), exact: true }).click();
    const step = (name: string) => page.locator(`form[data-step="${name}"]`).waitFor();
    await page.goto(`/join/${city.bankId}`);
    await step('phone');
    expect(await faultsOf(page)).toEqual([]);
    await next('join.sendCode');
    await page.getByText(t('join.needed.phone')).waitFor();
    await page.locator('[name="phone"]').fill('139 5555 0001');
    await next('join.sendCode');
    await step('code');
    await page.reload();
    await step('phone');
    expect(await page.locator('[name="phone"]').inputValue()).toBe('139 5555 0001');
    // A code is asked for once a minute.
    await city.app.database.query(`update sign_in_code set made_at = made_at - interval '2 minutes'`);
    await next('join.sendCode');
    await step('code');
    expect(await faultsOf(page)).toEqual([]);
    await page.locator('[name="code"]').fill(codes.get('13955550001') as string);
    await next('join.next');
    await step('who');
    await page.locator('[name="name"]').fill('Zhao Min');
    await page.locator('[name="birthDate"]').fill('2010-05-01');
    expect(await faultsOf(page)).toEqual([]);
    await next('join.next');
    await step('what');
    await page.locator('[name="volunteer"]').check();
    await next('join.next');
    await page.getByText(t('join.needed.guardianName')).waitFor();
    await page.locator('[name="guardianName"]').fill('Zhao Gang');
    await page.locator('[name="guardianPhone"]').fill('13955550002');
    expect(await faultsOf(page)).toEqual([]);
    await next('join.next');
    await step('allow');
    await page.locator('[name="photo"]').check();
    expect(await faultsOf(page)).toEqual([]);
    await next('join.send');
    await page.locator('[data-done]').waitFor();
    const kept = await city.app.database.query<object>('select name, phone, guardian_name, consents, state from application');
    const consents = { photo: true, publication: false };
    expect(kept).toEqual([{ name: 'Zhao Min', phone: '13955550001', guardian_name: 'Zhao Gang', consents, state: 'applied' }]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('allows something, and takes it back by one tap', async () => {
    const { page, context, complaints } = await openWatchedPage(browser, city.origin);
    await page.goto('/sign-in');
    await signIn(page, city.volunteer);
    await page.waitForURL('**/today');
    await settled(page);
    await goTo(page, '/settings/consents');
    const photo = page.locator('[name="photo"]');
    const said = async (granted: boolean) => {
      const words = page.waitForResponse((answer) => answer.url().endsWith('/consents/photo'));
      await photo.click();
      await words;
      await settled(page);
      expect(await photo.isChecked()).toBe(granted);
    };
    await photo.waitFor();
    await said(true);
    expect(await faultsOf(page)).toEqual([]);
    await said(false);
    const kept = await city.app.database.query<{ granted: boolean }>(
      `select granted from consent where purpose = 'photo' order by revision`,
    );
    expect(kept.map(({ granted }) => granted)).toEqual([true, false]);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
