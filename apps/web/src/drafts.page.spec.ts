import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import {
  goTo,
  openBrowser,
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

describe('what was typed on the phone', () => {
  let city: PageCity;
  let browser: Browser;
  let watched: WatchedPage;
  beforeAll(async () => {
    city = await openPageCity();
    browser = await openBrowser();
    watched = await openWatchedPage(browser, city.origin);
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  async function enter(person: TestMember, path: string): Promise<void> {
    await signIn(watched.page, person);
    await watched.page.waitForURL(({ pathname }) => pathname === path);
  }

  async function end(): Promise<void> {
    const cookie = (await watched.context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    await fetch(`${city.origin}/api/sessions/current`, { method: 'DELETE', headers: { cookie } });
  }

  const value = (name: string) => watched.page.locator(`[name="${name}"]`).inputValue();
  const requests = async () =>
    (
      (await city.client.caller.get(`/api/banks/${city.bankId}/requests?clientId=${city.client.memberId}`).expect(200)).body as {
        items: { note: string }[];
      }
    ).items;

  it('C2: a request survives a reload, a session that ends and a lost answer, and is sent once', async () => {
    const { page } = watched;
    await page.goto('/help/new');
    await enter(city.client, '/help/new');
    await page.locator('[name="serviceKind"]').selectOption('errands');
    await page.locator('[name="place"]').fill('Ninghai Road 12');
    await page.locator('[name="note"]').fill('Ring twice, please');
    await page.reload();
    await page.locator('[data-note="draft"]').waitFor();
    expect([await value('serviceKind'), await value('place'), await value('note')]).toEqual([
      'errands',
      'Ninghai Road 12',
      'Ring twice, please',
    ]);
    await end();
    await page.getByRole('button', { name: t('help.send') }).click();
    await page.locator('[data-note="ended"]').getByText(t('typed.stays')).waitFor();
    await enter(city.client, '/help/new');
    await page.locator('[name="note"]').waitFor();
    expect(await value('note')).toBe('Ring twice, please');

    // The answer is lost, and the page is opened again: the same request is sent, not a second one.
    const lose = () =>
      page.route(
        /\/requests\/[\w-]+$/,
        async (route) => {
          await route.fetch();
          await route.abort();
        },
        { times: 1 },
      );
    await lose();
    await page.getByRole('button', { name: t('help.send') }).click();
    await page.getByText(t('typed.stays')).waitFor();
    await page.reload();
    await page.getByRole('button', { name: t('help.send') }).click();
    await page.getByText(t('help.sent')).waitFor();
    expect((await requests()).map(({ note }) => note)).toEqual(['Ring twice, please']);
    await goTo(page, '/help/new');
    expect([await value('note'), await page.locator('[data-note="draft"]').count()]).toEqual(['', 0]);

    // Changed after an answer was lost: the first has arrived, which is told before a second is asked for.
    await page.locator('[name="serviceKind"]').selectOption('company');
    await page.locator('[name="place"]').fill('Ninghai Road 12');
    await page.locator('[name="note"]').fill('Second floor');
    await lose();
    await page.getByRole('button', { name: t('help.send') }).click();
    await page.getByText(t('typed.stays')).waitFor();
    await page.locator('[name="note"]').fill('Third floor');
    await page.getByRole('button', { name: t('help.send') }).click();
    await page.getByText(t('refusals.requests/id_reused')).waitFor();
    expect((await requests()).map(({ note }) => note).toSorted()).toEqual(['Ring twice, please', 'Second floor']);
    expect(await value('note')).toBe('Third floor');
  });

  it('C2: after a lost answer, "every week" first finds out that the first has arrived, and says so', async () => {
    const { page } = watched;
    const series = async () =>
      (
        (await city.client.caller.get(`/api/banks/${city.bankId}/series?clientId=${city.client.memberId}`).expect(200)).body as {
          items: object[];
        }
      ).items.length;
    const before = (await requests()).length;
    await page.locator('[name="note"]').fill('Once, or so it seemed');
    await page.route(
      /\/requests\/[\w-]+$/,
      async (route) => {
        await route.fetch();
        await route.abort();
      },
      { times: 1 },
    );
    await page.getByRole('button', { name: t('help.send') }).click();
    await page.getByText(t('typed.stays')).waitFor();
    await page.reload();
    await page.locator('[data-note="draft"]').waitFor();
    await page.locator('[name="repeat"]').selectOption('week');
    await page.getByRole('button', { name: t('help.send') }).click();
    await page.getByText(t('refusals.requests/id_reused')).waitFor();
    expect([(await requests()).length - before, await series()]).toEqual([1, 0]);
  });

  it('C2: another person on the same phone never sees it, and a sign-out takes it away', async () => {
    const { page } = watched;
    await goTo(page, '/help/new');
    await page.locator('[name="note"]').fill('Only mine');
    await end();
    await page.reload();
    await page.waitForURL('**/sign-in**');
    const other = await city.app.register(city.coordinator.caller, city.bankId, 'client');
    await enter(other, '/help/new');
    await goTo(page, '/help/new');
    expect(await value('note')).toBe('');
    await end();
    await page.reload();
    await enter(city.client, '/help/new');
    await page.locator('[data-note="draft"]').waitFor();
    expect(await value('note')).toBe('Only mine');
    await page.getByRole('button', { name: t('draft.anew') }).click();
    expect(await value('note')).toBe('');
    await page.locator('[name="note"]').fill('Gone with me');
    await goTo(page, '/settings');
    await page.getByRole('button', { name: t('settings.signOut'), exact: true }).click();
    await page.waitForURL('**/sign-in');
    expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('.draft.')))).toEqual([]);
  });

  it('C2: an appeal and a typed code survive too; the number of a sign-in by code stays in its tab', async () => {
    const { page } = watched;
    const { app, bankId, card, coordinator, volunteer } = city;
    const visitId = await city.take(await city.ask('company', 0));
    const scan = (kind: 'in' | 'out') =>
      volunteer.caller.put(`/api/banks/${bankId}/visits/${visitId}/scans/${newId()}`, { kind, card: card.code }).expect(201);
    await scan('in');
    app.clock.advance(50);
    await scan('out');
    const decision = { visitIds: [visitId], decision: 'reject', reasonCode: 'not_served' };
    await coordinator.caller.put(`/api/banks/${bankId}/approvals/${newId()}`, decision).expect(201);

    await page.goto(`/visits/${visitId}`);
    await page.getByRole('button', { name: t('signIn.byCode') }).click();
    await page.locator('[name="phone"]').fill('139 0000 0000');
    await page.reload();
    expect(await value('phone')).toBe('139 0000 0000');
    await page.getByRole('button', { name: t('signIn.byPassword') }).click();
    await enter(volunteer, `/visits/${visitId}`);
    await page.getByRole('button', { name: t('appeal.open') }).click();
    await page.locator('[name="appealNote"]').fill('I stayed for an hour');
    await page.reload();
    await page.locator('[name="appealNote"]').waitFor();
    expect(await value('appealNote')).toBe('I stayed for an hour');
    await page.getByRole('button', { name: t('appeal.send'), exact: true }).click();
    await page.getByText(t('appeal.waiting')).waitFor();

    app.clock.advance(60);
    const next = await city.take(await city.ask('company', 0));
    await page.goto(`/scan/${next}`);
    await page.locator('[name="card"]').fill('ABCD');
    await page.reload();
    await page.locator('[name="card"]').waitFor();
    expect(await value('card')).toBe('ABCD');
    expect(watched.complaints).toEqual([]);
  });

  it('C1: every act whose session has ended asks for the sign-in at once, and claims nothing', async () => {
    const { page } = watched;
    const requestId = await city.ask('meal', 180);
    await page.goto(`/requests/${requestId}`);
    await page.getByRole('button', { name: t('requests.take') }).waitFor();
    await end();
    await page.getByRole('button', { name: t('requests.take') }).click();
    await page.getByText(t('signIn.ended')).waitFor();
    await enter(city.volunteer, `/requests/${requestId}`);
    await page.getByRole('button', { name: t('requests.take') }).click();
    await page.getByRole('button', { name: t('visit.undo', { seconds: '' }).slice(0, 2) }).waitFor();

    await page.goto('/settings');
    await page.getByRole('button', { name: t('settings.signOutEverywhere') }).click();
    await end();
    await page.getByRole('button', { name: t('settings.yes') }).click();
    // Nobody may believe that the other phones are signed out: the page asks for a sign-in and comes back.
    await page.getByText(t('signIn.ended')).waitFor();
    await enter(city.volunteer, '/settings');
    await goTo(page, '/settings');
    await end();
    await page.getByRole('button', { name: t('settings.signOut'), exact: true }).click();
    await page.waitForURL('**/sign-in');
    expect(await page.getByText(t('signIn.ended')).count()).toBe(0);
    expect(watched.complaints).toEqual([]);
  });
});
