import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { KeepDigests } from '@timebank/documents';
import { newId } from '@timebank/kernel';
import { DeliverNotices } from '@timebank/notices';
import { asImporter, openBrowser, openPageCity, openWatchedPage, type PageCity, signIn, type Watched } from '@timebank/testing';
import type { Browser, Page } from 'playwright-core';

const tags = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];
const looks = (['standard', 'elder'] as const).flatMap((mode) =>
  (['light', 'dark'] as const).flatMap((theme) => [360, 1_280].map((width) => ({ mode, theme, width }))),
);
const documents = [
  '/documents',
  '/documents?q=Nanjing',
  '/documents/why',
  '/documents/figures',
  '/documents/east-asia-civil-society-forum',
  '/documents/east-asia-civil-society-forum/keynote-korea-ageing',
];

/** What elder mode and standard mode promise, measured on what is drawn: too small a text, too small a target, wider than the screen. */
async function measure(page: Page, mode: 'standard' | 'elder'): Promise<string[]> {
  return page.evaluate(
    ({ text, target }) => {
      const named = (element: Element) => element.outerHTML.slice(0, 120);
      const drawn = [...document.querySelectorAll<HTMLElement>('body *')].filter(
        (element) => element.checkVisibility() && !element.closest('.for-readers, .skip'),
      );
      const written = drawn.filter((element) =>
        [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim()),
      );
      const tooSmall = written.filter((element) => Number.parseFloat(getComputedStyle(element).fontSize) < text);
      const pressed = drawn.filter((element) => element.matches('a, button, input, select, textarea'));
      const tooTight = pressed.filter((element) => {
        const box = (
          element.matches('[type="radio"], [type="checkbox"]') ? (element.closest('label') ?? element) : element
        ).getBoundingClientRect();
        return box.height < target - 0.5 || box.width < target - 0.5;
      });
      const main = document.getElementById('main') as HTMLElement;
      const wide = main.scrollWidth > main.clientWidth || document.documentElement.scrollWidth > innerWidth;
      return [
        ...tooSmall.map((element) => `text ${named(element)}`),
        ...tooTight.map((element) => `target ${named(element)}`),
        ...(wide ? ['wider than the screen'] : []),
      ];
    },
    mode === 'elder' ? { text: 18, target: 60 } : { text: 16, target: 48 },
  );
}

async function inspect(page: Page, path: string, mode: 'standard' | 'elder'): Promise<string[]> {
  await page.goto(path);
  await page.locator('h1').waitFor();
  await page.locator('[data-loading]').waitFor({ state: 'detached' });
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  const found = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id} ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`));
  const titles = (await page.title()) === '' || (await page.locator('h1').count()) !== 1 ? ['no title, or not one heading'] : [];
  return [...found, ...titles, ...(await measure(page, mode))].map((fault) => `${path}: ${fault}`);
}

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
    await asImporter(city.app.database, (rooms) => rooms.get(KeepDigests, { strict: false }).run());
    const [rejectedId, appealedId] = [await rejected(), await rejected()];
    const appeal = `/api/banks/${city.bankId}/visits/${appealedId}/appeals/${newId()}`;
    await city.volunteer.caller.put(appeal, { note: 'I stayed the whole hour' }).expect(201);
    const visitId = await city.take(await city.ask('company', 30));
    const requestId = await city.ask('meal', 600);
    await city.app.app.get(DeliverNotices, { strict: false }).run(city.bankId);
    const place = `/s/${city.card.url.split('/s/')[1]}`;
    asStranger = ['/sign-in', place, '/s/0000000000000000', `/c/${city.bankId}/1`, '/help/nowhere/at-all', ...documents];
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
      '/elsewhere',
      '/notices',
      '/settings',
      place,
    ];
    asClient = ['/today', '/help', '/help/new', '/time', '/notices'];
    browser = await openBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  it.each(looks)(
    '$mode, $theme, $width px',
    async ({ mode, theme, width }) => {
      const faults: string[] = [];
      const people = [
        { person: null, paths: asStranger },
        { person: city.volunteer, paths: asVolunteer },
        { person: city.client, paths: asClient },
      ];
      for (const { person, paths } of people) {
        const { page, context, complaints }: Watched = await openWatchedPage(browser, city.origin, {
          viewport: { width, height: 844 },
          colorScheme: theme,
          reducedMotion: 'reduce',
          serviceWorkers: 'block',
        });
        await context.addInitScript((kept) => localStorage.setItem('timebank.web.mode', kept), mode);
        if (person) {
          await page.goto('/sign-in');
          await signIn(page, person);
          await page.waitForURL('**/today');
        }
        for (const path of paths) faults.push(...(await inspect(page, path, mode)));
        faults.push(...complaints);
        await context.close();
      }
      expect(faults).toEqual([]);
    },
    240_000,
  );

  it('has the same pages in English', async () => {
    const { page, context, complaints } = await openWatchedPage(browser, city.origin, {
      viewport: { width: 360, height: 844 },
      serviceWorkers: 'block',
    });
    await context.addInitScript(() => localStorage.setItem('timebank.web.locale', 'en'));
    await page.goto('/sign-in');
    await signIn(page, city.volunteer);
    await page.waitForURL('**/today');
    const faults: string[] = [];
    for (const path of asVolunteer) faults.push(...(await inspect(page, path, 'standard')));
    expect(await page.getAttribute('html', 'lang')).toBe('en');
    await inspect(page, '/today', 'standard');
    expect(await page.locator('body').innerText()).not.toMatch(/\p{Script=Han}/u);
    expect([...faults, ...complaints]).toEqual([]);
    await context.close();
  }, 120_000);
});
