import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openBrowserWithCamera, openPageCity, openWatchedPage, type PageCity, signIn, type WatchedPage, wordsOf } from '@timebank/testing';
import type { Browser } from 'playwright-core';

const t = wordsOf('apps/web/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');
const desk = wordsOf('apps/console/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');

describe('an hour from the door of a home to the account of a volunteer, on screens', () => {
  let city: PageCity;
  let browser: Browser;
  let phone: WatchedPage;

  beforeAll(async () => {
    city = await openPageCity();
    await city.ask('company', 0);
    browser = await openBrowserWithCamera(city.card.svg);
    phone = await openWatchedPage(browser, city.origin, { permissions: ['camera'], serviceWorkers: 'allow' });
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  it('the volunteer signs in and takes the request', async () => {
    const { page } = phone;
    await page.goto('/');
    await signIn(page, city.volunteer);
    await page.getByRole('link', { name: t('today.find') }).click();
    await page.getByRole('link', { name: await city.kindName('company') }).click();
    await page.getByRole('button', { name: t('requests.take') }).click();
    await page.getByRole('button', { name: t('visit.undo', { seconds: '' }).slice(0, 2) }).waitFor();
    expect(await city.balance(city.client)).toMatchObject({ balanceMinutes: 600, heldMinutes: 60 });
    await page.getByRole('link', { name: t('scan.home') }).click();
  });

  it('holds the phone before the card at the door, and the visit has started', async () => {
    const { page } = phone;
    await page.getByRole('link', { name: t('visit.scanIn') }).click();
    // The camera of this browser shows the printed card: nothing else is touched.
    await page.getByRole('heading', { level: 1, name: t('scan.started', { time: '' }) }).waitFor();
    const nine = t('spoken.morning', { twelve: '9:00' });
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain(nine);
    await page.getByRole('link', { name: t('scan.home') }).click();
    await page.getByRole('link', { name: t('visit.scanOut') }).waitFor();
  });

  it('scans again after 45 minutes, and the visit waits for its approval', async () => {
    const { page } = phone;
    city.app.clock.advance(45);
    // The phone hears of a clock that jumps with the next start.
    await page.reload();
    await page.getByRole('link', { name: t('visit.scanOut') }).click();
    await page.getByRole('heading', { level: 1, name: /45/ }).waitFor();
    expect(await city.balance(city.volunteer)).toMatchObject({ balanceMinutes: 0 });
  });

  it('the coordinator finds it in the clean lane and approves it', async () => {
    const { page, complaints, context } = await openWatchedPage(browser, city.origin, { viewport: { width: 1_280, height: 800 } });
    await page.goto('/console/queue');
    await signIn(page, city.coordinator);
    const approved = page.waitForResponse((response) => response.url().includes('/approvals/') && response.request().method() === 'PUT');
    await page
      .getByRole('button', { name: desk('queue.approveAll') })
      .first()
      .click();
    expect((await approved).status()).toBe(201);
    expect(complaints).toEqual([]);
    await context.close();
    expect(await city.balance(city.client)).toMatchObject({ balanceMinutes: 555, heldMinutes: 0 });
    expect(await city.balance(city.volunteer)).toMatchObject({ balanceMinutes: 45 });
  });

  it('the volunteer sees the thanks first, and the entry in the statement', async () => {
    const { page, complaints } = phone;
    await page.goto('/today');
    await page
      .getByText(t('today.thanked', { name: `client ${city.client.phone}`, minutes: `45\u00a0${t('units.minuteAlone')}` }))
      .waitFor();
    await page.goto('/time');
    await page.getByText('+45').waitFor();
    // Its line says whom it was for and leads to the visit.
    await page.getByText(t('time.to', { name: `client ${city.client.phone}`, what: await city.kindName('company') })).click();
    await page.locator('[data-step="booked"]').waitFor();
    // Three steps stand in one row, not over the whole screen.
    expect((await page.locator('[data-step="booked"]').boundingBox())?.height).toBeLessThan(120);
    await page.goto('/time');
    await page.getByText(t('statement.others')).click();
    const saved = async (form: string) => {
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: t(`statement.${form}`) }).click();
      return (await download).suggestedFilename();
    };
    for (const form of ['pdf', 'xlsx', 'csv', 'json']) {
      expect(await saved(form)).toMatch(new RegExp(` .+ 2026-03-01 .+ 2026-03-31\\.${form}$`));
    }
    await page.locator('[name="month"]').selectOption({ label: t('statement.ownDays') });
    expect(await saved('pdf')).toMatch(/ 2026-03-01 .+ 2026-03-02\.pdf$/);
    await page.getByLabel(t('statement.to')).fill('2026-02-01');
    await page.getByRole('button', { name: t('statement.pdf') }).click();
    await page.getByText(t('refusals.hours/statement_wrong_order')).waitFor();
    expect(complaints).toEqual([]);
  });
});
