import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { cityAdmin, openBrowser, openDesk, openPageCity, type PageCity, settled, wordsOf } from '@timebank/testing';
import { faultsOf } from '@timebank/testing/screens';
import type { Browser, Page } from 'playwright-core';

const reportWords = (locale: string) => wordsOf(`libs/contract/locales/reports.${locale}.json`);
const words = (locale: string) => wordsOf(`apps/console/src/locales/${locale}.json`, `libs/contract/locales/${locale}.json`);

describe('what is worth a look, at the desk', () => {
  let city: PageCity;
  let browser: Browser;
  let visitId: string;
  beforeAll(async () => {
    city = await openPageCity();
    const { app, bankId, client, volunteer, coordinator } = city;
    const base = `/api/banks/${bankId}`;
    await coordinator.caller.put(`${base}/members/${client.memberId}/relations/${volunteer.memberId}`, { kind: 'child' }).expect(201);
    visitId = await city.take(await city.ask('company', 30));
    for (const kind of ['in', 'out']) {
      app.clock.advance(40);
      await volunteer.caller.put(`${base}/visits/${visitId}/scans/${newId()}`, { kind, card: city.card.code }).expect(201);
    }
    const rejection = { visitIds: [visitId], decision: 'reject', reasonCode: 'not_served' };
    await coordinator.caller.put(`${base}/approvals/${newId()}`, rejection).expect(201);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  const open = (locale: string, width: number) =>
    openDesk(browser, city.origin, cityAdmin, {
      viewport: { width, height: 900 },
      before: (page) => page.addInitScript((chosen) => localStorage.setItem('timebank.console.locale', chosen), locale),
    });
  const clean = async (page: Page) => expect(await faultsOf(page)).toEqual([]);

  it.each([
    ['zh-Hans', 1_280],
    ['en', 360],
  ])('asks in %s at %i px, with figures, and leads to the visit', async (locale, width) => {
    const t = words(locale);
    const { page, context, complaints } = await open(locale, width);
    await page
      .getByRole('navigation')
      .getByRole('link', { name: t('nav.integrity') })
      .click();
    await page.getByText(t('integrity.calm')).waitFor();
    await page
      .getByRole('region', { name: reportWords(locale)('parts.flags.title') })
      .getByRole('row')
      .filter({ hasText: t('integrityKinds.related') })
      .waitFor();
    for (const section of ['byAssurance', 'callBacks', 'rejectionReasons', 'approvers']) {
      await page.getByRole('table', { name: reportWords(locale)(`parts.${section}.title`) }).waitFor();
    }
    await page.getByRole('rowheader', { name: t('reasonCodes.not_served') }).waitFor();
    await clean(page);
    await page
      .getByRole('navigation', { name: t('integrity.filter') })
      .getByRole('link', { name: t('integrityKinds.related') })
      .click();
    await page.waitForURL('**kind=related');
    await page.getByText(t('integrity.more', { count: 1 })).click();
    await page.locator(`a[href="/console/visits/${visitId}"]`).click();
    await page.waitForURL(`**/visits/${visitId}`);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('hands out both tables, says why days are refused, and shows the city without a name', async () => {
    const t = words('zh-Hans');
    const { page, context, complaints } = await open('zh-Hans', 1_280);
    await page.goto('/console/integrity');
    const { fileNames } = JSON.parse(readFileSync('libs/contract/locales/reports.zh-Hans.json', 'utf8')) as {
      fileNames: Record<string, string>;
    };
    for (const [label, which] of [
      ['integrity.csv', 'visits'],
      ['integrity.flagsCsv', 'flags'],
    ] as const) {
      const download = page.waitForEvent('download');
      await page.getByRole('link', { name: t(label) }).click();
      const name = new RegExp(`^${fileNames[which]?.replace('{name}', '.+').replaceAll(/\{\w+\}/g, '[\\d-]+')}\\.csv$`);
      expect((await download).suggestedFilename()).toMatch(name);
    }
    await page.goto('/console/integrity?from=2020-01-01');
    await page
      .getByText(t('refusals.reports/long_range', { mostDays: 366 }))
      .first()
      .waitFor();
    await page.goto('/console/integrity?of=city');
    await page.getByRole('table', { name: t('integrity.byBank') }).waitFor();
    await settled(page);
    expect(await page.locator('main').innerText()).not.toContain(reportWords('zh-Hans')('parts.approvers.title'));
    await clean(page);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
