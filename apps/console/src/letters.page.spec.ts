import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { DeliverNotices } from '@timebank/notices';
import {
  goTo,
  openBrowser,
  openDesk,
  openPageCity,
  openWatchedPage,
  type PageCity,
  signIn,
  type WatchedPage,
  wordsOf,
} from '@timebank/testing';
import { faultsOf } from '@timebank/testing/screens';
import type { Browser, Page, Route } from 'playwright-core';

const t = wordsOf('apps/console/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');

describe('offline scans that changed nothing, at the desk', () => {
  let city: PageCity;
  let browser: Browser;
  let desk: WatchedPage;
  beforeAll(async () => {
    city = await openPageCity();
    browser = await openBrowser();
    desk = await openDesk(browser, city.origin, city.coordinator);
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });
  beforeEach(() => {
    desk.complaints.length = 0;
  });

  const scan = (visitId: string, eventId: string, more: object = {}) =>
    city.volunteer.caller.put(`/api/banks/${city.bankId}/visits/${visitId}/scans/${eventId}`, {
      kind: 'in',
      card: city.card.code,
      ...more,
    });
  const now = () => city.app.clock.now().toISOString();
  async function open(page: Page): Promise<void> {
    await goTo(page, '/console/letters');
  }

  it('say what happened and whom to phone, and are closed with a reason that the volunteer hears of', async () => {
    const eventId = newId();
    const clientTime = now();
    city.app.clock.advance(90);
    await scan(newId(), eventId, { clientTime }).expect(404);
    const { page } = desk;
    await open(page);
    const panel = page.locator(`[data-letter="${eventId}"]`);
    await panel.getByText(t('letterCodes.visits/not_found')).waitFor();
    await panel.locator(`[href$="/members/${city.client.memberId}"]`).waitFor();
    expect(await panel.getByRole('link', { name: city.volunteer.phone, exact: true }).getAttribute('href')).toBe(
      `tel:${city.volunteer.phone}`,
    );
    expect(await panel.getByRole('link', { name: t('letters.plan') }).getAttribute('href')).toContain(`/visits/past?letter=${eventId}`);
    expect(await page.locator('nav [href$="/letters"] .number').innerText()).toContain('1');
    expect(await faultsOf(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await faultsOf(page)).toEqual([]);
    await page.setViewportSize({ width: 1_280, height: 800 });

    await panel.getByRole('button', { name: t('letters.close') }).click();
    await page.locator('dialog [name="outcome"]').selectOption('entered');
    await page.getByText(t('letters.enterFirst')).waitFor();
    await page.locator('dialog [name="outcome"]').selectOption('rejected');
    await page.locator('dialog [name="reasonCode"]').selectOption('not_served');
    await page.locator('dialog [name="note"]').fill('The client was away');
    expect(await faultsOf(page)).toEqual([]);
    await page.locator('dialog [type="submit"]').click();
    await panel.waitFor({ state: 'detached' });
    await page.locator('nav [href$="/letters"] .number').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: t('letters.closed'), exact: true }).click();
    await panel.getByText('The client was away').waitFor();
    expect(await faultsOf(page)).toEqual([]);

    await city.app.app.get(DeliverNotices, { strict: false }).run(city.bankId);
    const told = await city.volunteer.caller.get('/api/me/notices').expect(200);
    expect(JSON.stringify(told.body)).toContain('letter_rejected');
    expect(JSON.stringify(told.body)).not.toContain('The client was away');
    const phone = await openWatchedPage(browser, city.origin, { viewport: { width: 360, height: 740 } });
    await phone.page.goto('/sign-in');
    await signIn(phone.page, city.volunteer);
    await phone.page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
    await phone.page.goto('/notices');
    const sentence = phone.page.getByText(t('notices.letter_rejected', { moment: '' }).slice(0, 8));
    await sentence.waitFor();
    expect(await sentence.innerText()).not.toContain('{');
    await phone.context.close();
    expect(desk.complaints).toEqual([]);
  });

  it('lead to the times of their visit, and are closed with them', async () => {
    const [visitId, eventId] = [await city.take(await city.ask('company', 30)), newId()];
    city.app.clock.advance(30);
    await scan(visitId, newId()).expect(201);
    city.app.clock.advance(40);
    await scan(visitId, eventId, { clientTime: now() }).expect(200);
    city.app.clock.advance(60);
    const { page } = desk;
    await open(page);
    const panel = page.locator(`[data-letter="${eventId}"]`);
    await panel.getByText(t('letterCodes.visits/already_started')).waitFor();
    await panel.getByRole('button', { name: t('manual.title') }).click();
    await page.locator('dialog [name="reasonCode"][value="forgot_scan_out"]').check();
    await page.locator('dialog [type="submit"]').click();
    await page.locator('dialog [name="visitId"]').waitFor();
    expect(await page.locator('dialog [name="visitId"]').inputValue()).toBe(visitId);
    expect(await page.locator('dialog [name="outcome"]').inputValue()).toBe('entered');
    // Its answer is lost: whoever goes away from the dialog finds the list as it is now.
    const lost = async (route: Route) => {
      await route.fetch();
      await route.abort();
    };
    await page.route(/\/letters\/.*\/answer\//, lost, { times: 1 });
    await page.locator('dialog [type="submit"]').click();
    await page.locator('dialog [data-refusal]').waitFor();
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    await page.getByRole('link', { name: t('letters.closed'), exact: true }).click();
    await panel.getByText(t('letterOutcomes.entered')).waitFor();
    expect(desk.complaints).toEqual([]);
  });
});
