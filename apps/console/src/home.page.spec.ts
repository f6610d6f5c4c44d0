import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { cityAdmin, openBrowser, openDesk, openPageCity, type PageCity, type WatchedPage, wordsOf } from '@timebank/testing';
import { deskScreens, inspectScreen } from '@timebank/testing/screens';
import type { Browser } from 'playwright-core';

const words = (locale: string) => wordsOf(`apps/console/src/locales/${locale}.json`, `libs/contract/locales/${locale}.json`);
const t = words('zh-Hans');

describe('the first screen of the desk', () => {
  let city: PageCity;
  let browser: Browser;
  let desk: WatchedPage;
  let late: string;

  beforeAll(async () => {
    city = await openPageCity();
    const { app, bankId, volunteer, card } = city;
    const scan = (visitId: string, kind: 'in' | 'out') =>
      volunteer.caller.put(`/api/banks/${bankId}/visits/${visitId}/scans/${newId()}`, { kind, card: card.code }).expect(201);
    const served = await city.take(await city.ask('company', 30));
    app.clock.advance(30);
    await scan(served, 'in');
    app.clock.advance(60);
    await scan(served, 'out');
    late = await city.take(await city.ask('meal', 30));
    await city.take(await city.ask('company', 240));
    await city.ask('cleaning', 600);
    app.clock.advance(45);
    browser = await openBrowser();
    desk = await openDesk(browser, city.origin, city.coordinator);
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });
  const figure = (title: string) => desk.page.locator('.figure').filter({ hasText: title }).first();

  it('opens after the sign-in, with what waits in numbers, each a way to its list', async () => {
    const { page, complaints } = desk;
    await page.waitForURL('**/console/home');
    await page
      .getByRole('heading', {
        level: 1,
        name: new Intl.DateTimeFormat('zh-Hans', { weekday: 'long', month: 'long', day: 'numeric' }).format(new Date('2026-03-02')),
      })
      .waitFor();
    expect(await figure(t('home.unfilled')).innerText()).toMatch(/^1\s/);
    expect(await figure(t('home.waiting')).innerText()).toMatch(/^1\s/);
    expect(await figure(t('nav.letters')).innerText()).toMatch(/^0\s/);
    await figure(t('home.unfilled')).getByRole('link').click();
    await page.waitForURL('**/console/requests?state=open');
    await page.goBack();
    await figure(t('home.waiting')).getByRole('link').click();
    await page.waitForURL('**/console/queue');
    await page
      .getByRole('navigation')
      .getByRole('link', { name: t('nav.home') })
      .click();
    await page.waitForURL('**/console/home');
    expect(complaints).toEqual([]);
  });

  it('draws the day as it stands: over, late and to come, and leads to each visit', async () => {
    const { page, complaints } = desk;
    const day = page.getByRole('list', { name: t('home.today') });
    await day.getByRole('link').nth(2).waitFor();
    const bars = await day.getByRole('listitem').evaluateAll((items) => items.map((item) => item.className));
    expect(bars).toEqual(['over', 'late', 'planned']);
    const bar = day.getByRole('link').filter({ hasText: t('home.late') });
    expect(await bar.count()).toBe(1);
    await bar.click();
    await page.waitForURL(`**/console/visits/${late}`);
    await page.goBack();
    await day.getByRole('link').first().waitFor();
    const week = page.getByRole('row').filter({ hasText: t('home.visits', { count: 1 }) });
    expect(await week.count()).toBe(1);
    const chart = page.locator(`[data-chart="${t('home.week')}"]`);
    await chart.getByRole('group', { name: t('home.week') }).focus();
    await page.keyboard.press('End');
    expect(await chart.getByRole('status').innerText()).toContain('3/2');
    await chart.getByRole('button', { name: t('charts.table') }).click();
    await chart.getByRole('region', { name: t('home.week') }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('leads from what it counts of people to those people', async () => {
    const { page, complaints } = desk;
    const silent = figure(t('home.silent'));
    expect(await silent.innerText()).toMatch(/^0\s/);
    await silent.getByRole('link').click();
    await page.waitForURL('**/console/silent');
    await page.getByText(t('silent.nobody')).waitFor();
    await page.goto(`${city.origin}/console/members?only=silent`);
    await page.getByText(t('members.silentHint')).waitFor();
    expect(await page.getByRole('button', { name: t('members.silent') }).getAttribute('aria-pressed')).toBe('true');
    await page.getByText(t('members.none')).waitFor();
    await page.getByRole('button', { name: t('members.silent') }).click();
    await page.waitForURL('**/console/members');
    await page.locator('tbody tr').first().waitFor();
    await page.goto(`${city.origin}/console/home`);
    await silent.waitFor();
    expect(await figure(t('home.toRecord')).count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('says that it could not be read, and reads again', async () => {
    const { page } = desk;
    await page.route('**/api/me/home**', (route) => route.fulfill({ status: 500, json: { code: 'service/fault', parameters: {} } }));
    await page.reload();
    const again = page.getByRole('main').getByRole('button', { name: t('app.again') });
    await again.waitFor();
    expect(await page.locator('.figure').count()).toBe(0);
    await page.unroute('**/api/me/home**');
    await again.click();
    await page.locator('.figure').nth(5).waitFor();
  });

  it('shows an admin of the city every bank, and opens the one that is pressed', async () => {
    const other = await city.app.openBank(await city.app.signInAsCityAdmin(), 'Xuanwu');
    const { page, context, complaints } = await openDesk(browser, city.origin, cityAdmin);
    await page.locator(`[data-bank="${city.bankId}"] button`).click();
    await page
      .locator('.figure')
      .filter({ hasText: t('home.toRecord') })
      .getByRole('link')
      .click();
    await page.waitForURL('**/console/visits?unrecorded=any&from=2026-**');
    expect(await page.getByRole('button', { name: t('visits.unrecorded') }).getAttribute('aria-pressed')).toBe('true');
    await page.goto(`${city.origin}/console/home`);
    await page.locator(`[data-bank="${other}"] button`).waitFor();
    const row = page.locator(`[data-bank="${city.bankId}"]`);
    // Three visits today, one request without a helper, one visit that waits, none entered by hand.
    expect((await row.getByRole('cell').allInnerTexts()).map((text) => text.trim()).toSpliced(3, 1)).toEqual(['3', '1', '1', '—', '0%']);
    for (const [bankId, visits] of [
      [other, 0],
      [city.bankId, 3],
    ] as const) {
      await page.locator(`[data-bank="${bankId}"] button`).click();
      await page.getByRole('link', { name: t('counts.visits', { count: visits }), exact: true }).waitFor();
    }
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('leads an auditor from what has changed since the last sign-in to who changed it', async () => {
    const admin = await city.app.signInAsCityAdmin();
    const auditor = await city.app.register(admin, city.bankId, 'volunteer');
    await admin.put(`/api/banks/${city.bankId}/roles/${auditor.memberId}/auditor`, { reasonCode: 'new_task' }).expect(201);
    await city.app.signIn(auditor.phone, auditor.password);
    await city.ask('company', 3_000);
    const { page, context, complaints } = await openDesk(browser, city.origin, auditor);
    const shown = (title: string) => page.locator('.figure').filter({ hasText: title });
    await shown(t('home.noSeal')).waitFor();
    await shown(t('home.flags')).waitFor();
    await shown(t('home.changes')).getByRole('link').click();
    await page.waitForURL('**/console/changes?since=sign_in');
    const row = page.locator('tbody tr').filter({ hasText: t('changes.kinds.requests') });
    await row.getByRole('link').waitFor();
    expect(await page.locator('tbody tr').count()).toBe(1);
    expect(await inspectScreen(page, deskScreens)).toEqual([]);
    await row.getByRole('link').click();
    await page.waitForURL('**/console/history/requests/*');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it.each([
    ['zh-Hans', 'light', 1_280],
    ['ja', 'dark', 360],
    ['ko', 'light', 390],
    ['en', 'dark', 1_280],
    ['zh-Hant', 'light', 360],
  ] as const)('can be read in %s, %s, at %i px', async (locale, colorScheme, width) => {
    const { page, context, complaints } = await openDesk(browser, city.origin, city.coordinator, {
      viewport: { width, height: 844 },
      colorScheme,
      before: (opened) => opened.addInitScript((kept) => localStorage.setItem('timebank.console.locale', kept), locale),
    });
    await page.locator('.figure').nth(5).waitFor();
    expect(await inspectScreen(page, deskScreens)).toEqual([]);
    if (process.env['PICTURES']) await page.screenshot({ path: `${process.env['PICTURES']}/home-${locale}-${width}.png`, fullPage: true });
    expect(await page.getByRole('main').innerText()).toContain(words(locale)('home.unfilled'));
    expect(complaints).toEqual([]);
    await context.close();
  });
});
