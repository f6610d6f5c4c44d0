import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { drawn, openBrowser, openPageCity, openWatchedPage, type PageCity, signIn, type TestMember, wordsOf } from '@timebank/testing';
import { faultsOf } from '@timebank/testing/screens';
import type { Browser, Page } from 'playwright-core';

/** A letter that people are named with and that no font here has. */
const letter = '\u{31350}';

describe('what cannot be printed', () => {
  let city: PageCity;
  let browser: Browser;
  beforeAll(async () => {
    city = await openPageCity();
    const admin = await city.app.signInAsCityAdmin();
    await admin.patch(`/api/banks/${city.bankId}`, { version: 1, name: `Drum ${letter} Tower` }).expect(200);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  async function open(app: 'web' | 'console', locale: string, person: TestMember, path: string) {
    const watched = await openWatchedPage(browser, city.origin, { reducedMotion: 'reduce' });
    await watched.context.addInitScript(([key, value]) => localStorage.setItem(key, value), [`timebank.${app}.locale`, locale] as const);
    await watched.page.goto(app === 'web' ? '/sign-in' : '/console/sign-in');
    await signIn(watched.page, person);
    await watched.page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
    await watched.page.goto(path);
    return watched;
  }

  /** The file arrives, and beside the button it says what is not in it. */
  async function drawStatement(page: Page, t: ReturnType<typeof wordsOf>): Promise<void> {
    const note = page.getByText(t('statement.unprintable', { letters: `${letter} (U+31350)` }));
    const pdf = page.getByRole('button', { name: t('statement.pdf'), exact: true });
    await pdf.waitFor();
    expect(await note.count()).toBe(0);
    const download = page.waitForEvent('download');
    await pdf.click();
    expect((await download).suggestedFilename()).toMatch(/\.pdf$/);
    await note.waitFor();
    // The phone keeps the other forms folded.
    const others = page.locator('summary.others');
    if (await others.count()) await others.click();
    await page.getByRole('button', { name: t('statement.csv'), exact: true }).click();
    await note.waitFor({ state: 'hidden' });
  }

  it.each(drawn('language of what cannot be printed', ['zh-Hans', 'en'], 2))(
    'E6: is named on the phone and at the desk before it is printed, in %s',
    async (locale) => {
      const words = (app: string) => wordsOf(`apps/${app}/src/locales/${locale}.json`, `libs/contract/locales/${locale}.json`);
      const t = words('console');
      const desk = await open('console', locale, city.coordinator, `/console/members/${city.client.memberId}`);
      // Before a card is made.
      await desk.page.getByText(t('cards.unprintable', { letters: letter })).waitFor();
      await desk.page.getByRole('button', { name: t('cards.issueAnew'), exact: true }).waitFor();
      expect(await faultsOf(desk.page)).toEqual([]);
      await desk.page.goto(`/console/accounts/${city.client.accountId}`);
      await desk.page.locator('summary', { hasText: t('statement.title') }).click();
      await drawStatement(desk.page, t);
      const phone = await open('web', locale, city.client, '/time');
      await drawStatement(phone.page, words('web'));
      expect(await faultsOf(phone.page)).toEqual([]);
      expect([...desk.complaints, ...phone.complaints]).toEqual([]);
      await Promise.all([desk.context.close(), phone.context.close()]);
    },
  );
});
