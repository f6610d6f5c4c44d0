import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import {
  drawn,
  openBrowser,
  openPageCity,
  openWatchedPage,
  type PageCity,
  seenVisit,
  signIn,
  type WatchedPage,
  wordsOf,
} from '@timebank/testing';
import type { Browser, Page, Route } from 'playwright-core';

const t = wordsOf('apps/web/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');
const scans = /\/scans\//;
type Kind = 'in' | 'out';

/** The session ends at one moment of a scan. Says what the page may show then, and until somebody has signed in again. */
type Step = {
  when: string;
  /** `asked`: the page asks for a sign-in before anything can be pressed. The others are what the page says about the scan. */
  says: 'asked' | 'sign in' | 'counted' | 'reloaded';
  /** Whether the server has the scan already. */
  stored: boolean;
  scan(at: { page: Page; place: string; press(): Promise<void>; end(): Promise<void> }): Promise<void>;
};

/** What the network does with the next scan. */
async function nextScan(page: Page, handle: (route: Route) => Promise<void>): Promise<void> {
  await page.route(scans, handle, { times: 1 });
}

const steps: Step[] = [
  {
    when: 'before the page behind the card opens',
    says: 'asked',
    stored: false,
    scan: async ({ page, place, end }) => {
      await end();
      await page.goto(place);
    },
  },
  {
    when: 'while that page stands open',
    says: 'sign in',
    stored: false,
    scan: async ({ page, place, press, end }) => {
      await page.goto(place);
      await page.locator('button.big').waitFor();
      await end();
      await press();
    },
  },
  {
    when: 'after the press, before anything has left',
    says: 'sign in',
    stored: false,
    scan: async ({ page, place, press, end }) => {
      await page.goto(place);
      await nextScan(page, async (route) => {
        await end();
        await route.continue();
      });
      await press();
    },
  },
  {
    when: 'while the answer is under way',
    says: 'counted',
    stored: true,
    scan: async ({ page, place, press, end }) => {
      await page.goto(place);
      await nextScan(page, async (route) => {
        const response = await route.fetch();
        await end();
        await route.fulfill({ response });
      });
      await press();
    },
  },
  {
    when: 'with the answer lost',
    says: 'sign in',
    stored: true,
    scan: async ({ page, place, press, end }) => {
      await page.goto(place);
      await nextScan(page, async (route) => {
        await route.fetch();
        await end();
        await route.abort();
      });
      await press();
    },
  },
  {
    when: 'without network, before it comes back',
    says: 'sign in',
    stored: false,
    scan: async ({ page, place, press, end }) => {
      await page.goto(place);
      await page.locator('button.big').waitFor();
      await page.context().setOffline(true);
      await press();
      await page.locator('[data-standing="kept"]').waitFor();
      await page.getByText(t('scan.kept')).waitFor();
      await end();
      await page.context().setOffline(false);
    },
  },
  {
    when: 'before the app is opened again',
    says: 'reloaded',
    stored: false,
    scan: async ({ page, place, press, end }) => {
      await page.goto(place);
      await nextScan(page, (route) => route.abort());
      await page.route(scans, (route) => route.abort());
      await press();
      await page.locator('[data-standing="kept"]').waitFor();
      await end();
      await page.goto(place);
      await page.unroute(scans);
    },
  },
  {
    when: 'after it was stored',
    says: 'counted',
    stored: true,
    scan: async ({ page, place, press, end }) => {
      await page.goto(place);
      await press();
      await page.locator('[data-standing="counted"]').waitFor();
      await end();
    },
  },
];

describe('a session that ends during a scan', () => {
  let city: PageCity;
  let browser: Browser;
  let watched: WatchedPage;
  let place: string;
  let visitId: string;

  beforeAll(async () => {
    city = await openPageCity();
    place = `/s/${city.card.url.split('/s/')[1]}`;
    browser = await openBrowser();
    watched = await openWatchedPage(browser, city.origin);
    await watched.page.goto('/sign-in');
    await enter();
    // The phone has heard the answer too, and knows from then on that somebody was signed in.
    await watched.page.waitForURL('**/today');
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  const rows = async (kind: Kind) =>
    (await seenVisit(city, visitId)).events.filter((event) => event.kind === kind && event.outcome === 'accepted').length;

  /** Signs the volunteer in by the form that stands, and waits until the server has said who that is. */
  async function enter(): Promise<void> {
    const { page } = watched;
    const known = page.waitForResponse((response) => response.url().endsWith('/api/me') && response.ok());
    await signIn(page, city.volunteer);
    await known;
  }

  /** The server ends the session; the phone does not hear of it. */
  async function end(): Promise<void> {
    const cookies = await watched.context.cookies();
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    const { status } = await fetch(`${city.origin}/api/sessions/current`, { method: 'DELETE', headers: { cookie } });
    expect(status).toBe(200);
  }

  const press = () => watched.page.locator('button.big').click();
  const line = () => watched.page.locator('[data-line="kept"]');
  const waits = t('kept.signIn', { count: 1 });

  /** What the page says about the scan is what the server has, before and after the sign-in. */
  const walks: Record<Step['says'], (kind: Kind, stored: number) => Promise<void>> = {
    asked: async (kind) => {
      const { page } = watched;
      await page.getByRole('link', { name: t('landing.signIn') }).click();
      await page.getByText(t('signIn.ended')).waitFor();
      expect(await rows(kind)).toBe(0);
      await enter();
      await press();
      await page.locator('[data-standing="counted"]').waitFor();
    },
    counted: async (kind) => {
      const { page } = watched;
      await page.locator('[data-standing="counted"]').waitFor();
      expect([await rows(kind), await line().count()]).toEqual([1, 0]);
      await page.goto('/today');
      await page.getByText(t('signIn.ended')).waitFor();
      await enter();
      await page.waitForURL('**/today');
    },
    'sign in': async (kind, stored) => {
      const { page } = watched;
      await page.locator('[data-standing="sign in"]').getByText(t('scan.keptSignIn')).waitFor();
      const heading = await page.getByRole('heading', { level: 1 }).textContent();
      expect(heading).toContain(t(kind === 'in' ? 'scan.keptIn' : 'scan.keptOut', { time: '' }));
      await line().getByText(waits).waitFor();
      expect([await rows(kind), await page.getByText(t('scan.arrived')).count()]).toEqual([stored, 0]);
      await enter();
      await page.locator('[data-standing="arrived"]').getByText(t('scan.arrived')).waitFor();
      await line().waitFor({ state: 'detached' });
    },
    reloaded: async (kind, stored) => {
      const { page } = watched;
      await line().getByText(waits).waitFor();
      expect([await rows(kind), await page.getByText(t('scan.arrived')).count()]).toEqual([stored, 0]);
      await line().getByRole('link').click();
      await enter();
      await line().waitFor({ state: 'detached' });
    },
  };

  async function walk(step: Step, kind: Kind): Promise<void> {
    await step.scan({ page: watched.page, place, press, end });
    await walks[step.says](kind, step.stored ? 1 : 0);
    expect(await rows(kind)).toBe(1);
  }

  /** Each run ends the session during one scan of each visit, at every second step the first and else the last, drawn by the commit. */
  const scan = async (step: Step, kind: Kind) => {
    if (drawn('scan whose session ends', ['in', 'out'] as const, 2, steps.indexOf(step)).includes(kind)) return walk(step, kind);
    const address = `/api/banks/${city.bankId}/visits/${visitId}/scans/${newId()}`;
    await city.volunteer.caller.put(address, { kind, card: city.card.code }).expect(201);
  };

  it.each(steps)('C1: $when: the page says what the server has, asks for the sign-in, and the scan arrives once', async (step) => {
    visitId = await city.take(await city.ask('company', 0));
    await scan(step, 'in');
    expect(await seenVisit(city, visitId)).toMatchObject({ state: 'in_progress' });
    city.app.clock.advance(45);
    await scan(step, 'out');
    expect((await seenVisit(city, visitId)).capturedOut).not.toBeNull();
    city.app.clock.advance(60);
    expect(watched.complaints).toEqual([]);
  });

  it("C1: another person who signs in sends nothing of a stranger's, and is told so", async () => {
    const { page } = watched;
    visitId = await city.take(await city.ask('company', 0));
    await page.goto(place);
    await page.locator('button.big').waitFor();
    await end();
    await press();
    await page.locator('[data-standing="sign in"]').waitFor();
    const sent: string[] = [];
    page.on('request', (request) => scans.test(request.url()) && sent.push(request.url()));
    await signIn(page, city.coordinator);
    await page.locator('[data-standing="stranger"]').getByText(t('scan.keptStranger')).waitFor();
    await line()
      .getByText(t('kept.ofOthers', { count: 1 }))
      .waitFor();
    expect([await rows('in'), sent]).toEqual([0, []]);
    await page.goto('/settings');
    await page.getByRole('button', { name: t('settings.signOut'), exact: true }).click();
    await page.waitForURL('**/sign-in**');
    await line().getByText(waits).waitFor();
    await enter();
    await line().waitFor({ state: 'detached' });
    expect(await rows('in')).toBe(1);
  });

  it('C1: on the scanning screen it is asked for in place', async () => {
    const { page } = watched;
    await page.goto(`/scan/${visitId}`);
    city.app.clock.advance(45);
    await page.reload();
    await page.locator('[name="card"]').fill(city.card.code);
    await end();
    await page.getByRole('button', { name: t('scan.send'), exact: true }).click();
    await page.locator('[data-standing="sign in"]').getByText(t('scan.keptSignIn')).waitFor();
    expect([await rows('out'), new URL(page.url()).pathname]).toEqual([0, `/scan/${visitId}`]);
    await enter();
    await page.locator('[data-standing="arrived"]').waitFor();
    expect(await rows('out')).toBe(1);

    expect(watched.complaints).toEqual([]);
  });
});
