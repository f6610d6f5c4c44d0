import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { openBrowser, openPageCity, openWatchedPage, type PageCity, signIn, type Watched, wordsOf } from '@timebank/testing';
import { faultsOf } from '@timebank/testing/screens';
import type { Browser } from 'playwright-core';

const t = wordsOf('apps/web/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');

describe('a client who is asked whether somebody came', () => {
  let city: PageCity;
  let browser: Browser;
  let phone: Watched;
  const visits: string[] = [];

  const seen = async (visitId: string) =>
    (await city.coordinator.caller.get(`/api/banks/${city.bankId}/visits/${visitId}`).expect(200)).body as object;

  async function serve(): Promise<void> {
    const visitId = await city.take(await city.ask('company', 0));
    const scan = (kind: string) =>
      city.volunteer.caller.put(`/api/banks/${city.bankId}/visits/${visitId}/scans/${newId()}`, { kind, card: city.card.code }).expect(201);
    await scan('in');
    city.app.clock.advance(60);
    await scan('out');
    visits.push(visitId);
    city.app.clock.advance(60);
  }

  beforeAll(async () => {
    city = await openPageCity();
    await serve();
    await serve();
    browser = await openBrowser();
    phone = await openWatchedPage(browser, city.origin);
    await phone.page.goto('/help');
    await signIn(phone.page, city.client);
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  it('says yes with one press, no with two, and is asked no more', async () => {
    const { page } = phone;
    const asked = page.getByRole('region', { name: t('answer.title') });
    await asked.nth(1).waitFor();
    await asked
      .nth(1)
      .getByRole('button', { name: t('answer.yes'), exact: true })
      .click();
    await asked.nth(1).waitFor({ state: 'detached' });
    expect(await seen(visits[0] as string)).toMatchObject({ clientAnswer: 'confirmed', assurance: 'A2', state: 'ready' });
    await asked.getByRole('button', { name: t('answer.no') }).click();
    expect(await seen(visits[1] as string)).toMatchObject({ clientAnswer: null });
    await asked.getByRole('button', { name: t('answer.noYes') }).click();
    await asked.waitFor({ state: 'detached' });
    expect(await seen(visits[1] as string)).toMatchObject({ clientAnswer: 'not_confirmed', lane: 'red' });
    await page.goto(`/visits/${visits[1]}`);
    await page.getByText(t('answer.not_confirmed')).waitFor();
    expect(phone.complaints).toEqual([]);
  });

  it.each(['standard', 'elder'])('reads well in %s size', async (size) => {
    await serve();
    const { page } = phone;
    await page.evaluate((wanted) => localStorage.setItem('timebank.web.mode', wanted), size);
    await page.goto('/help');
    await page
      .getByRole('region', { name: t('answer.title') })
      .first()
      .waitFor();
    expect(await page.evaluate('document.documentElement.dataset.mode ?? "standard"')).toBe(size);
    if (process.env['PICTURES']) await page.screenshot({ path: `${process.env['PICTURES']}/answer-${size}.png`, fullPage: true });
    expect(await faultsOf(page)).toEqual([]);
  });
});
