import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { cityAdmin, drawn, openBrowser, openPageCity, openWatchedPage, type PageCity, settled, signIn } from '@timebank/testing';
import { crushedText, deskScreens, goOn, inspectScreen, show } from '@timebank/testing/screens';
import type { Browser } from 'playwright-core';

/** Colours come from the theme alone, layout from the width alone. Each run looks at every screen once, at every second one in either look, drawn by the commit. */
const looks = [
  { theme: 'light', width: 1_280 },
  { theme: 'dark', width: 360 },
] as const;
type Person = { phone: string; password: string };

describe('every screen of the desk can be read, reached and pressed', () => {
  let city: PageCity;
  let browser: Browser;
  let asCoordinator: string[];
  let asAdmin: string[];
  let auditor: Person;

  beforeAll(async () => {
    city = await openPageCity();
    const { app, bankId, client, volunteer, coordinator } = city;
    const admin = await app.signInAsCityAdmin();
    const reader = await app.register(coordinator.caller, bankId, 'volunteer');
    await admin.put(`/api/banks/${bankId}/roles/${reader.memberId}/auditor`).expect(201);
    await coordinator.caller
      .put(`/api/banks/${bankId}/members/${client.memberId}/relations/${reader.memberId}`, { kind: 'child' })
      .expect(201);
    await admin
      .put(`/api/banks/${bankId}/policies/${newId()}`, { key: 'dayCapMinutes', value: 420, validFrom: '2026-03-02', source: 'test' })
      .expect(201);
    auditor = reader;
    const requestId = await city.ask('meal', 600);
    const seriesId = newId();
    const often = { rule: 'FREQ=WEEKLY;BYDAY=TH', startsOn: '2026-03-02', startTime: '09:00', minutes: 60 };
    await coordinator.caller
      .put(`/api/banks/${bankId}/series/${seriesId}`, { clientId: client.memberId, serviceKind: 'company', ...often })
      .expect(201);
    await coordinator.caller.put(`/api/banks/${bankId}/series/${seriesId}/regulars/${volunteer.memberId}`).expect(201);
    const visitId = await city.take(await city.ask('company', 30));
    const scan = { kind: 'in', card: city.card.code };
    app.clock.advance(50);
    await volunteer.caller.put(`/api/banks/${bankId}/visits/${visitId}/scans/${newId()}`, scan).expect(201);
    app.clock.advance(55);
    await volunteer.caller.put(`/api/banks/${bankId}/visits/${visitId}/scans/${newId()}`, { ...scan, kind: 'out' }).expect(201);
    asCoordinator = [
      '/home',
      '/queue',
      '/queue?lane=red',
      '/queue?lane=yellow',
      '/appeals',
      '/appeals?state=answered',
      '/letters',
      '/requests',
      '/requests/new',
      '/week',
      '/week?by=clients',
      '/series',
      '/series/new',
      `/series/${seriesId}`,
      `/requests/${requestId}`,
      '/visits',
      '/visits?waiting=escalated',
      '/visits?callBack=open',
      '/visits/past',
      `/visits/${visitId}`,
      '/members',
      '/members/new',
      '/guests',
      '/displays',
      '/cards',
      `/members/${client.memberId}`,
      `/accounts/${client.accountId}`,
      '/policies',
      '/kinds',
      '/insurances',
      '/parts',
      '/parts?size=elder&colours=dark',
    ];
    asAdmin = [
      '/home',
      '/ledger',
      '/ledger/trial-balance',
      '/ledger/positions',
      '/ledger/city-positions',
      '/ledger/grant',
      '/ledger/monthly-grants',
      `/accounts/${client.accountId}`,
      '/reports',
      '/reports?of=city',
      '/integrity',
      '/integrity?of=city',
      '/policies',
      '/kinds',
      '/insurances',
      '/imports',
      '/banks',
      `/members/${client.memberId}`,
      '/members',
    ];
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  async function walk(person: Person | null, paths: string[]): Promise<string[]> {
    const { page, context, complaints } = await openWatchedPage(browser, city.origin, {
      reducedMotion: 'reduce',
    });
    if (person) {
      await page.goto('/console/sign-in');
      await signIn(page, person);
      await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
    }
    const faults: string[] = [];
    const seen = new Set<string>();
    for (const [turn, look] of looks.entries()) {
      await show(page, look);
      for (const path of drawn('looks of the desk', paths, 2, turn)) {
        seen.add(path);
        await goOn(page, `/console${path}`);
        const found = [...(await inspectScreen(page, deskScreens)), ...(await crushedText(page))];
        faults.push(...found.map((fault) => `${path}: ${look.theme} ${fault}`));
        const { pathname } = new URL(page.url());
        if (pathname !== `/console${path.split('?')[0]}`) faults.push(`${path}: led to ${pathname}`);
      }
    }
    await context.close();
    for (const path of paths) if (!seen.has(path)) faults.push(`${path}: not looked at`);
    return [...faults, ...complaints];
  }

  it.each([
    ['a stranger', () => [null, ['/sign-in']]],
    ['a coordinator', () => [city.coordinator, asCoordinator]],
    ['an admin of the city', () => [cityAdmin, asAdmin]],
  ] as [string, () => [Person | null, string[]]][])('light at 1,280 px and dark at 360 px, for %s', async (_, given) => {
    expect(await walk(...given())).toEqual([]);
  });

  it('shows an auditor everything to read and nothing to change, and a volunteer the way to the phone', async () => {
    const { page, context, complaints } = await openWatchedPage(browser, city.origin, { viewport: { width: 1_280, height: 800 } });
    await page.goto('/console/');
    await signIn(page, auditor);
    await page.waitForURL('**/console/home');
    await page.goto(`/console/accounts/${city.client.accountId}`);
    await page.locator('tbody tr').first().waitFor();
    expect(await page.locator('.reverse').count()).toBe(0);
    await page.goto('/console/policies');
    await page.locator('[data-rule]').first().waitFor();
    expect(await page.locator('form').count()).toBe(0);
    await page.goto(`/console/members/${city.client.memberId}`);
    await page.locator('dl').first().waitFor();
    await settled(page);
    expect(await page.locator('main form, main button').count()).toBe(0);
    for (const path of ['/queue', '/requests/new', '/members/new', '/ledger/grant', '/banks']) {
      await page.goto(`/console${path}`);
      await page.waitForURL('**/console/home');
    }
    await context.clearCookies();
    await page.goto('/console/queue');
    await signIn(page, city.volunteer);
    await page.waitForURL('**/console/welcome');
    await page.locator('a[href="/"]').waitFor();
    await page.goto('/console/home');
    await page.waitForURL('**/console/welcome');
    expect(await page.locator('header .box').count()).toBe(0);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('D11: speaks English throughout, and holds on a phone: nothing crushed, nothing wider than the screen; half of the screens with each commit', async () => {
    const { page, context, complaints } = await openWatchedPage(browser, city.origin, { viewport: { width: 390, height: 844 } });
    await context.addInitScript(() => localStorage.setItem('timebank.console.locale', 'en'));
    const left: string[] = [];
    for (const [person, paths] of [
      [city.coordinator, asCoordinator],
      [cityAdmin, asAdmin],
    ] as const) {
      await context.clearCookies();
      await page.goto('/console/sign-in');
      await signIn(page, person);
      await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
      for (const path of drawn('English at the desk', paths, 2)) {
        await goOn(page, `/console${path}`);
        const chinese = (await page.locator('main').innerText()).match(/\p{Script=Han}+/u);
        if (chinese) left.push(`${path}: ${chinese[0]}`);
        left.push(...(await crushedText(page)).map((fault) => `${path}: ${fault}`));
        if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) left.push(`${path}: wider than the screen`);
      }
    }
    expect([...left, ...complaints]).toEqual([]);
    expect(await page.getAttribute('html', 'lang')).toBe('en');
    await context.close();
  });
});
