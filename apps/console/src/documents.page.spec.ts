import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { KeepDigests } from '@timebank/documents';
import { asImporter, drawn, openBrowser, openPageCity, openWatchedPage, type PageCity, signIn, wordsOf } from '@timebank/testing';
import { deskScreens, goOn, inspectScreen, show } from '@timebank/testing/screens';
import type { Browser, Page } from 'playwright-core';

const words = (locale: string) => wordsOf(`apps/console/src/locales/${locale}.json`, `libs/contract/locales/${locale}.json`);
const t = words('zh-Hans');
type Digests = {
  documents: Record<string, { sections: Record<string, { title: string }> }>;
  problems: Record<string, { title: string }>;
};
const read = (language: string) => JSON.parse(readFileSync(`libs/documents/catalogue/${language}.json`, 'utf8')) as Digests;
const [{ question } = { question: '' }] = JSON.parse(readFileSync('libs/documents/catalogue/questions.zh-Hans.json', 'utf8')) as {
  question: string;
}[];
const forum = 'east-asia-civil-society-forum';
const nanjing = `/console/documents/${forum}/keynote-nanjing-time-bank`;
const titleIn = (language: string) => read(language).documents[forum]?.sections['keynote-nanjing-time-bank']?.title ?? '';

describe('the forum documents at the desk', () => {
  let city: PageCity;
  let browser: Browser;
  beforeAll(async () => {
    city = await openPageCity();
    await asImporter(city.app.database, (rooms) => rooms.get(KeepDigests, { strict: false }).run());
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  async function open(options: { locale?: string; mode?: string } = {}) {
    const watched = await openWatchedPage(browser, city.origin, {
      viewport: { width: 1_280, height: 800 },
      permissions: ['clipboard-read', 'clipboard-write'],
      reducedMotion: 'reduce',
    });
    await watched.context.addInitScript(
      ({ locale, mode }) => {
        localStorage.setItem('timebank.console.locale', locale);
        localStorage.setItem('timebank.console.mode', mode);
      },
      { locale: options.locale ?? 'zh-Hans', mode: options.mode ?? 'standard' },
    );
    await watched.page.goto('/console/sign-in');
    await signIn(watched.page, city.coordinator);
    await watched.page.waitForURL('**/home');
    return watched;
  }
  const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });
  const inTab = (page: Page, name: string) => page.waitForFunction((start) => document.title.startsWith(`${start} ·`), name);
  const picture = async (page: Page, name: string) => {
    if (process.env['PICTURES']) await page.screenshot({ path: join(process.env['PICTURES'], `desk-${name}.png`) });
  };

  it('stand behind the sign-in, and come back to what was opened', async () => {
    const { page, context } = await openWatchedPage(browser, city.origin);
    await page.goto('/console/documents/figures');
    await signIn(page, city.coordinator);
    await page.waitForURL('**/console/documents/figures');
    await heading(page, t('documents.figures')).waitFor();
    expect(
      await page
        .getByRole('navigation')
        .getByRole('link', { name: t('nav.documents') })
        .getAttribute('aria-current'),
    ).toBe('page');
    await context.close();
  });

  it('lead from a question to a section, to the figures, to the reasons, to a screen of the desk and back', async () => {
    const { page, context, complaints } = await open();
    await page
      .getByRole('navigation')
      .getByRole('link', { name: t('nav.documents') })
      .click();
    await page.locator('.card').nth(2).waitFor();
    await picture(page, 'list');
    const field = page.getByRole('search').getByLabel(t('documents.search'));
    await field.fill(question);
    await field.press('Enter');
    await page.waitForURL((url) => url.searchParams.get('q') === question);
    await page.locator('.found mark').first().waitFor();
    await picture(page, 'found');
    await page
      .locator('.found')
      .getByRole('link', { name: titleIn('zh-Hans') })
      .first()
      .click();
    await heading(page, titleIn('zh-Hans')).waitFor();
    await inTab(page, titleIn('zh-Hans'));
    await page.getByRole('button', { name: t('documents.copy') }).click();
    await page
      .getByRole('status')
      .filter({ hasText: t('documents.copied') })
      .waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('2019-10-28/2019-10-29');
    await page.getByRole('link', { name: read('zh-Hans').problems['stamping']?.title ?? '' }).click();
    await page.waitForURL('**/documents/why#stamping');
    await page.locator('#stamping h2:focus').waitFor();
    expect(await page.locator('#stamping h2').evaluate((element) => element.getBoundingClientRect().top < innerHeight / 2)).toBe(true);
    await picture(page, 'why');
    expect(await page.locator('#stamping a[href="/scan"]').count()).toBe(1);
    await page
      .locator('#stamping')
      .getByRole('link', { name: t('documents./console/queue') })
      .click();
    await page.waitForURL('**/console/queue');
    await inTab(page, t('nav.queue'));
    await page.getByRole('link', { name: t('documents.why-stamping') }).click();
    await page.locator('#stamping h2:focus').waitFor();
    await page.goto('/console/documents/figures');
    await page.locator('[data-chart="ageing"] .bar').nth(3).waitFor();
    await picture(page, 'figures');
    await page
      .locator('[data-chart="ageing"]')
      .getByRole('link', { name: titleIn('zh-Hans') })
      .click();
    await page.waitForURL(`**${nanjing}`);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('are read in Japanese, English and Korean, with the words of the screen as they were', async () => {
    const { page, context, complaints } = await open();
    let chosen = '';
    for (const language of ['ja', 'en', 'ko']) {
      await page.goto(`${nanjing}${chosen}`);
      await page
        .getByRole('group', { name: t('documents.language') })
        .getByRole('button', { name: t(`documents.${language}`) })
        .click();
      await page.waitForURL(`**${nanjing}?language=${language}`);
      await heading(page, titleIn(language)).waitFor();
      expect(await page.locator('.prose').first().getAttribute('lang')).toBe(language);
      await page.getByRole('heading', { level: 2, name: t('documents.digest') }).waitFor();
      await picture(page, `section-${language}`);
      await page.goto('/console/documents');
      await page.waitForURL(`**/console/documents?language=${language}`);
      chosen = `?language=${language}`;
    }
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('are read in English by somebody whose desk is in English, and say plainly what is unknown', async () => {
    const { page, context, complaints } = await open({ locale: 'en' });
    await page.goto(nanjing);
    await heading(page, titleIn('en')).waitFor();
    expect(new URL(page.url()).search).toBe('');
    await page.goto('/console/documents/nowhere');
    await page.getByText(words('en')('documents.unknown')).waitFor();
    await page.getByRole('link', { name: words('en')('documents.toList') }).click();
    await heading(page, words('en')('documents.title')).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it.each([
    [
      'standard',
      [
        { theme: 'light', width: 1_280, turn: 0 },
        { theme: 'dark', width: 360, turn: 1 },
      ],
    ],
    ['elder', [{ theme: 'light', width: 360, turn: 2 }]],
  ] as const)('can be read by anyone in %s mode', async (mode, looks) => {
    const { page, context, complaints } = await open({ mode });
    const faults: string[] = [];
    const paths = ['', '?q=Nanjing', '/why', '/figures', `/${forum}`, '/azuki-foundation', '/nowhere', `/${forum}/keynote-korea-ageing`];
    for (const look of looks) {
      await show(page, look);
      for (const path of drawn('looks of the documents at the desk', paths, 3, look.turn)) {
        await goOn(page, `/console/documents${path}`);
        faults.push(...(await inspectScreen(page, deskScreens)).map((fault) => `${look.theme} ${fault}`));
        await picture(page, `${mode}-${look.width}${path.replaceAll(/\W/g, '-')}`);
      }
    }
    expect([...faults, ...complaints]).toEqual([]);
    await context.close();
  });
});
