import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import {
  appLanguages,
  drawn,
  forgottenWords,
  labelFaults,
  openBrowser,
  openPageCity,
  openWatchedPage,
  type PageCity,
  signIn,
} from '@timebank/testing';
import { goOn } from '@timebank/testing/screens';
import type { Browser } from 'playwright-core';

const folders = ['apps/web/src/locales', 'libs/contract/locales'];

describe('no label of the phone is cut, in any language', () => {
  let city: PageCity;
  let browser: Browser;
  let asVolunteer: string[];
  const asClient = ['/today', '/help', '/help/new', '/time', '/needs', '/pause', '/proxies', '/relatives'];

  beforeAll(async () => {
    city = await openPageCity();
    const servedId = await city.take(await city.ask('company', 30));
    const scan = (kind: 'in' | 'out') =>
      city.volunteer.caller
        .put(`/api/banks/${city.bankId}/visits/${servedId}/scans/${newId()}`, { kind, card: city.card.code })
        .expect(201);
    city.app.clock.advance(30);
    await scan('in');
    city.app.clock.advance(60);
    await scan('out');
    const approval = { visitIds: [servedId], decision: 'approve' };
    await city.coordinator.caller.put(`/api/banks/${city.bankId}/approvals/${newId()}`, approval).expect(201);
    const visitId = await city.take(await city.ask('company', 30));
    const requestId = await city.ask('meal', 600);
    asVolunteer = [
      '/today',
      '/requests',
      `/requests/${requestId}`,
      `/visits/${visitId}`,
      `/visits/${servedId}`,
      `/scan/${visitId}`,
      '/scan/kept',
      '/time',
      '/time/give',
      '/services',
      '/week',
      '/courses',
      '/activities',
      '/pause',
      '/availability',
      '/family',
      '/notices',
      '/settings',
    ];
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  it.each([
    ['a volunteer', () => city.volunteer, () => asVolunteer],
    ['a client', () => city.client, () => asClient],
  ] as const)('of %s, at 390 px; drawn by the commit', async (who, person, screens) => {
    const { page, context, complaints } = await openWatchedPage(browser, city.origin, { reducedMotion: 'reduce' });
    await page.goto('/sign-in');
    await signIn(page, person());
    await page.waitForURL('**/today');
    const faults: string[] = [];
    for (const language of appLanguages) {
      const forgotten = forgottenWords(language, folders);
      await page.evaluate((chosen) => localStorage.setItem('timebank.web.locale', chosen), language);
      await page.reload();
      for (const path of drawn(`labels of the phone in ${language} of ${who}`, screens(), 3)) {
        await goOn(page, path);
        faults.push(...(await labelFaults(page, language, forgotten)).map((fault) => `${language} ${path} ${fault}`));
      }
      expect(await page.getAttribute('html', 'lang')).toBe(language);
    }
    await context.close();
    expect([...faults, ...complaints]).toEqual([]);
  });
});
