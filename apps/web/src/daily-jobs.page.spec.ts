import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  countHands,
  goTo,
  type Handwork,
  openBrowserWithCamera,
  openPageCity,
  openWatchedPage,
  type PageCity,
  signIn,
  type TestMember,
  type WatchedPage,
  wordsOf,
} from '@timebank/testing';
import type { Browser } from 'playwright-core';

const t = wordsOf('apps/web/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');

/** How often somebody touches the phone for each job, as the table in README.md has it: the figures may only fall. */
describe('the daily jobs of the phone, counted by touches', () => {
  let city: PageCity;
  let browser: Browser;

  beforeAll(async () => {
    city = await openPageCity();
    browser = await openBrowserWithCamera(city.card.svg);
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  async function phoneOf(person: TestMember): Promise<WatchedPage & { takes: (job: () => Promise<unknown>) => Promise<Handwork> }> {
    const phone = await openWatchedPage(browser, city.origin, { permissions: ['camera'] });
    await phone.page.goto('/sign-in');
    await signIn(phone.page, person);
    await phone.page.waitForURL('**/today');
    return { ...phone, takes: await countHands(phone.page) };
  }

  it('three to find and take a request, one to scan in, one to scan out', async () => {
    await city.ask('company', 0);
    const { page, context, complaints, takes } = await phoneOf(city.volunteer);
    await goTo(page, '/today');
    const take = await takes(async () => {
      await page.getByRole('link', { name: t('today.find') }).click();
      await page.getByRole('link', { name: await city.kindName('company') }).click();
      await page.getByRole('button', { name: t('requests.take') }).click();
      await page.getByRole('button', { name: t('visit.undo', { seconds: '' }).slice(0, 2) }).waitFor();
    });
    expect(take).toEqual({ clicks: 3, keys: 0 });
    await goTo(page, '/today');
    // The camera of this browser shows the printed card: nothing else is touched.
    const scanIn = await takes(async () => {
      await page.getByRole('link', { name: t('visit.scanIn') }).click();
      await page.getByRole('heading', { level: 1, name: t('scan.started', { time: '' }) }).waitFor();
    });
    expect(scanIn).toEqual({ clicks: 1, keys: 0 });
    city.app.clock.advance(45);
    await goTo(page, '/today');
    const scanOut = await takes(async () => {
      await page.getByRole('link', { name: t('visit.scanOut') }).click();
      await page.getByRole('heading', { level: 1, name: /45/ }).waitFor();
    });
    expect(scanOut).toEqual({ clicks: 1, keys: 0 });
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('three to ask for the same help again', async () => {
    const before = await city.ask('meal', 300);
    await city.client.caller.post(`/api/banks/${city.bankId}/requests/${before}/cancel`, {}).expect(200);
    const { page, context, complaints, takes } = await phoneOf(city.client);
    await goTo(page, '/today');
    const again = await takes(async () => {
      await page
        .getByRole('navigation')
        .getByRole('link', { name: t('nav.help') })
        .click();
      await page
        .getByRole('listitem')
        .filter({ hasText: await city.kindName('meal') })
        .getByRole('link', { name: t('help.again') })
        .click();
      await page.waitForFunction(() => document.querySelector<HTMLInputElement>('[name="place"]')?.value === 'Ninghai Road 12');
      await page.getByRole('button', { name: t('help.send') }).click();
      await page.getByText(t('help.sent')).waitFor();
    });
    expect(again).toEqual({ clicks: 3, keys: 0 });
    const { body } = await city.client.caller.get(`/api/banks/${city.bankId}/requests?clientId=${city.client.memberId}`).expect(200);
    const asked = (body as { items: { requestId: string; state: string; serviceKind: string; minutes: number }[] }).items;
    expect(asked.find(({ state }) => state === 'open')).toMatchObject({ serviceKind: 'meal', minutes: 60, place: 'Ninghai Road 12' });
    expect(complaints).toEqual([]);
    await context.close();
  });
});
