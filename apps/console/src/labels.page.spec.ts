import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import {
  appLanguages,
  cityAdmin,
  drawn,
  forgottenWords,
  labelFaults,
  openBrowser,
  openDesk,
  openPageCity,
  type PageCity,
} from '@timebank/testing';
import { goOn } from '@timebank/testing/screens';
import type { Browser } from 'playwright-core';

const folders = ['apps/console/src/locales', 'libs/contract/locales'];

describe('no label of the desk is cut, in any language', () => {
  let city: PageCity;
  let browser: Browser;
  let asCoordinator: string[];
  const asAdmin = [
    '/home',
    '/ledger',
    '/ledger/grant',
    '/reports',
    '/integrity',
    '/policies',
    '/banks',
    '/qualifications',
    '/insurances',
    '/imports',
  ];

  beforeAll(async () => {
    city = await openPageCity();
    const requestId = await city.ask('meal', 600);
    await city.ask('company', 30);
    const visitId = await city.take(await city.ask('company', 30));
    const scan = (kind: 'in' | 'out') =>
      city.volunteer.caller.put(`/api/banks/${city.bankId}/visits/${visitId}/scans/${newId()}`, { kind, card: city.card.code }).expect(201);
    city.app.clock.advance(50);
    await scan('in');
    city.app.clock.advance(40);
    await scan('out');
    const member = { name: 'Aunt Gui', birthDate: '1941-02-03', roles: ['client'] };
    await city.coordinator.caller.put(`/api/banks/${city.bankId}/members/${newId()}`, member).expect(201);
    const [courseId, activityId] = [newId(), newId()];
    const at = (hours: number) => new Date(city.app.clock.now().getTime() + hours * 3_600_000).toISOString();
    const session = { sessionId: newId(), day: at(72).slice(0, 10), startTime: '09:00', endTime: '11:00' };
    const course = { title: 'First aid', place: 'Hall', places: 2, serviceKinds: [], teachers: [], sessions: [session], closesAt: at(24) };
    await city.coordinator.caller.put(`/api/banks/${city.bankId}/courses/${courseId}`, course).expect(201);
    const activity = { name: 'Singing', startsAt: at(48), endsAt: at(50), place: 'Hall', participantPlaces: 5, helperPlaces: 1 };
    await city.coordinator.caller.put(`/api/banks/${city.bankId}/activities/${activityId}`, activity).expect(201);
    asCoordinator = [
      '/home',
      '/queue?lane=yellow',
      '/letters',
      '/week',
      '/activities',
      '/calls',
      '/silent',
      `/activities/${activityId}`,
      `/activities/${activityId}/edit`,
      '/courses',
      `/courses/${courseId}`,
      `/courses/${courseId}/edit`,
      '/courses/new',
      '/requests',
      '/requests/new',
      `/requests/${requestId}`,
      '/visits',
      `/visits/${visitId}`,
      '/members',
      '/members/new',
      `/members/${city.client.memberId}`,
      '/cards',
    ];
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  it.each([
    ['a coordinator', () => city.coordinator, () => asCoordinator],
    ['an admin of the city', () => cityAdmin, () => asAdmin],
  ] as const)('of %s, at 1,280 px; drawn by the commit', async (who, person, screens) => {
    const { page, context, complaints } = await openDesk(browser, city.origin, person());
    const faults: string[] = [];
    for (const language of appLanguages) {
      const forgotten = forgottenWords(language, folders);
      await page.evaluate((chosen) => localStorage.setItem('timebank.console.locale', chosen), language);
      await page.reload();
      for (const path of drawn(`labels of the desk in ${language} of ${who}`, screens(), 3)) {
        await goOn(page, `/console${path}`);
        faults.push(...(await labelFaults(page, language, forgotten)).map((fault) => `${language} ${path} ${fault}`));
      }
      expect(await page.getAttribute('html', 'lang')).toBe(language);
    }
    await context.close();
    expect([...faults, ...complaints]).toEqual([]);
  });

  it('would find each of these faults', async () => {
    const { page, context } = await openDesk(browser, city.origin, city.coordinator);
    const forgotten = forgottenWords('ja', folders);
    const [word] = [...forgotten];
    await page.setContent(`<button style="width:40px;overflow:hidden;white-space:nowrap">Not to be read</button>
      <span class="chip" style="display:inline-block;width:40px;white-space:nowrap">Out of its box</span>
      <button style="width:60px">one two three four five six seven eight</button><p>${word}</p><button>Well</button>`);
    const kinds = (await labelFaults(page, 'ja', forgotten)).map((fault) => fault.split(':')[0]);
    expect(new Set(kinds)).toEqual(new Set(['cut', 'out of its box', 'more than two lines', 'another language']));
    await page.setContent('<button>Well</button>');
    expect(await labelFaults(page, 'ja', forgotten)).toEqual([]);
    await context.close();
  });
});
