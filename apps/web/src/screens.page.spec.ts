import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { DeliverNotices } from '@timebank/notices';
import {
  drawn,
  openBrowser,
  openPageCity,
  openWatchedPage,
  type PageCity,
  signIn,
  type TestMember,
  type WatchedPage,
} from '@timebank/testing';
import { goOn, inspectScreen, phoneScreens, show, tornText } from '@timebank/testing/screens';
import type { Browser } from 'playwright-core';

/**
 * Each mode, colours and width stands once beside each of the others: colours come of mode and theme, layout of mode and width. Each run looks at
 * every screen once, drawn by the commit: everybody's in one mode, every second screen in either look of it.
 */
const looks = {
  standard: [
    { theme: 'light', width: 360 },
    { theme: 'dark', width: 1_280 },
  ],
  elder: [
    { theme: 'light', width: 1_280 },
    { theme: 'dark', width: 360 },
  ],
} as const;

describe('every screen of the phone can be read, reached and pressed', () => {
  let city: PageCity;
  let browser: Browser;
  let asStranger: string[];
  let asVolunteer: string[];
  let asClient: string[];

  /** A visit of an hour that was not approved, a day before the next. */
  async function rejected(): Promise<string> {
    const { app, bankId, card, coordinator, volunteer } = city;
    const visitId = await city.take(await city.ask('company', 30));
    const scan = (kind: 'in' | 'out') =>
      volunteer.caller.put(`/api/banks/${bankId}/visits/${visitId}/scans/${newId()}`, { kind, card: card.code }).expect(201);
    app.clock.advance(30);
    await scan('in');
    app.clock.advance(60);
    await scan('out');
    app.clock.advance(22 * 60);
    const decision = { visitIds: [visitId], decision: 'reject', reasonCode: 'not_served' };
    await coordinator.caller.put(`/api/banks/${bankId}/approvals/${newId()}`, decision).expect(201);
    return visitId;
  }

  beforeAll(async () => {
    city = await openPageCity();
    const [rejectedId, appealedId] = [await rejected(), await rejected()];
    const appeal = `/api/banks/${city.bankId}/visits/${appealedId}/appeals/${newId()}`;
    await city.volunteer.caller.put(appeal, { note: 'I stayed the whole hour' }).expect(201);
    const visitId = await city.take(await city.ask('company', 30));
    const requestId = await city.ask('meal', 600);
    const seriesId = newId();
    const series = `/api/banks/${city.bankId}/series/${seriesId}`;
    const startsOn = new Date(city.app.clock.now().getTime() + 2 * 86_400_000).toISOString().slice(0, 10);
    const weekly = {
      clientId: city.client.memberId,
      serviceKind: 'company',
      rule: 'FREQ=WEEKLY',
      startsOn,
      startTime: '09:00',
      minutes: 60,
    };
    await city.client.caller.put(series, weekly).expect(201);
    await city.volunteer.caller.put(`${series}/regulars/${city.volunteer.memberId}`).expect(201);
    await city.app.app.get(DeliverNotices, { strict: false }).run(city.bankId);
    const place = `/s/${city.card.url.split('/s/')[1]}`;
    asStranger = ['/sign-in', place, '/s/0000000000000000', `/c/${city.bankId}/1`, '/help/nowhere/at-all'];
    asVolunteer = [
      '/today',
      '/requests',
      `/requests/${requestId}`,
      `/visits/${visitId}`,
      `/visits/${rejectedId}`,
      `/visits/${appealedId}`,
      `/scan/${visitId}`,
      '/scan/kept',
      '/time',
      '/time/give',
      '/time/donate',
      '/services',
      '/week',
      `/series/${seriesId}`,
      '/elsewhere',
      '/availability',
      '/needs',
      '/pause',
      '/relatives',
      '/family',
      '/notices',
      '/settings',
      place,
    ];
    const ofSeries = ['', '/pause', '/end'].map((part) => `/series/${seriesId}${part}`);
    asClient = ['/today', '/proxies', '/help', '/help/new', ...ofSeries, '/time', '/services', '/week', '/notices'];
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  it.each([
    ['a stranger', () => [null, asStranger]],
    ['a volunteer', () => [city.volunteer, asVolunteer]],
    ['a client', () => [city.client, asClient]],
  ] as [string, () => [TestMember | null, string[]]][])(
    'by %s, in either mode, light and dark, at 360 px and at 1,280 px',
    async (who, given) => {
      const faults: string[] = [];
      const seen = new Set<string>();
      const [person, paths] = given();
      for (const mode of drawn(`mode of ${who}`, ['standard', 'elder'] as const, 2)) {
        const { page, context, complaints }: WatchedPage = await openWatchedPage(browser, city.origin, {
          reducedMotion: 'reduce',
        });
        await context.addInitScript((kept) => localStorage.setItem('timebank.web.mode', kept), mode);
        if (person) {
          await page.goto('/sign-in');
          await signIn(page, person);
          await page.waitForURL('**/today');
        }
        for (const [turn, look] of looks[mode].entries()) {
          await show(page, look);
          for (const path of drawn('looks of the phone', paths, 2, turn)) {
            await goOn(page, path);
            seen.add(path);
            faults.push(...(await inspectScreen(page, phoneScreens[mode])).map((fault) => `${look.theme} ${fault}`));
          }
        }
        faults.push(...complaints);
        await context.close();
      }
      expect(faults).toEqual([]);
      expect([...seen].toSorted()).toEqual(paths.toSorted());
    },
  );

  it('C11: holds every word and amount whole at 320 px and twice the text', async () => {
    const found: string[] = [];
    const sayings: string[] = [];
    for (const { person, paths } of [
      { person: city.volunteer, paths: asVolunteer },
      { person: city.client, paths: asClient },
    ]) {
      const { page, context } = await openWatchedPage(browser, city.origin, {
        viewport: { width: 320, height: 844 },
      });
      await page.goto('/sign-in');
      await signIn(page, person);
      await page.waitForURL('**/today');
      // A font that every machine with these specs has: in the widest of some desktops no phone number fits on such a line.
      await page.addStyleTag({ content: 'html:root { font-size: 200%; --font: "Noto Sans CJK SC" }' });
      for (const path of paths) {
        await goOn(page, path);
        found.push(...(await tornText(page)).map((fault) => `${path}: ${fault}`));
        sayings.push(...(await page.locator('h1, h2, .amount').allInnerTexts()));
      }
      await context.close();
    }
    expect(found).toEqual([]);
    expect(sayings.some((saying) => /\d/.test(saying))).toBe(true);
  });

  it('has the same pages in English', async () => {
    const { page, context, complaints } = await openWatchedPage(browser, city.origin, {
      viewport: { width: 360, height: 844 },
    });
    await context.addInitScript(() => localStorage.setItem('timebank.web.locale', 'en'));
    await page.goto('/sign-in');
    await signIn(page, city.volunteer);
    await page.waitForURL('**/today');
    const faults: string[] = [];
    for (const path of drawn('screens in English', asVolunteer, 2)) {
      await goOn(page, path);
      faults.push(...(await inspectScreen(page, phoneScreens.standard)));
    }
    expect(await page.getAttribute('html', 'lang')).toBe('en');
    await goOn(page, '/today');
    expect(await page.locator('body').innerText()).not.toMatch(/\p{Script=Han}/u);
    expect([...faults, ...complaints]).toEqual([]);
    await context.close();
  });

  it('would be told of every fault that it looks for', async () => {
    const { page, context } = await openWatchedPage(browser, city.origin, { viewport: { width: 360, height: 844 } });
    const draw = (inside: string) =>
      page.setContent(`<!doctype html><html lang="en"><title>A page</title><main id="main"><h1>A page</h1>${inside}</main></html>`);
    const faults = async () => (await inspectScreen(page, phoneScreens.standard)).map((fault) => fault.split(': ')[1]?.split(' ')[0]);
    await draw('<p>Nothing is wrong here</p><button style="width:50px;height:50px;font-size:16px">Go</button>');
    expect(await faults()).toEqual([]);
    await draw(`<p style="color:#aaa">Pale</p><img src="data:," width="9" height="9"><p style="font-size:12px">Small</p>
      <button style="width:20px;height:20px">x</button><div style="width:900px">Wide</div><h1>Twice</h1>`);
    expect(await faults()).toEqual(expect.arrayContaining(['color-contrast', 'image-alt', 'text', 'target', 'wider', 'no']));
    await context.close();
  });
});
