import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ImportNewsletter, KeepDigests } from '@timebank/documents';
import {
  asImporter,
  drawn,
  forumNewsletter,
  openBrowser,
  openPageCity,
  openWatchedPage,
  type PageCity,
  signIn,
  wordsOf,
} from '@timebank/testing';
import { goOn, inspectScreen, phoneScreens } from '@timebank/testing/screens';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';

const t = wordsOf('apps/web/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');
const said = (key: string, parameters?: Record<string, string | number>) => t(`documents.${key}`, parameters);
const catalogue = JSON.parse(readFileSync('libs/documents/catalogue/catalogue.json', 'utf8')) as {
  documents: { slug: string; title: string; sections: { slug: string }[] }[];
  figures: { chart: string | null }[];
  charts: string[];
  problems: { slug: string }[];
};
type Digests = {
  documents: Record<string, { title: string; sections: Record<string, { title: string; digest: string[] }> }>;
  problems: Record<string, { title: string }>;
};
const read = (language: string) => JSON.parse(readFileSync(`libs/documents/catalogue/${language}.json`, 'utf8')) as Digests;
const [{ question } = { question: '' }] = JSON.parse(readFileSync('libs/documents/catalogue/questions.zh-Hans.json', 'utf8')) as {
  question: string;
}[];
const forum = 'east-asia-civil-society-forum';
const nanjing = `/documents/${forum}/keynote-nanjing-time-bank`;
const titleIn = (language: string) => read(language).documents[forum]?.sections['keynote-nanjing-time-bank']?.title ?? '';

const newsletter = forumNewsletter('the passages of the original on the phone');
const withNewsletter = newsletter === null ? describe['skip'] : describe;

describe('the forum documents on the phone', () => {
  let city: PageCity;
  let browser: Browser;
  beforeAll(async () => {
    city = await openPageCity();
    await asImporter(city.app.database, (rooms) => rooms.get(KeepDigests, { strict: false }).run());
    if (newsletter !== null) {
      await asImporter(city.app.database, (rooms) => rooms.get(ImportNewsletter, { strict: false }).run(newsletter));
    }
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  const open = (options: BrowserContextOptions = {}) => openWatchedPage(browser, city.origin, { reducedMotion: 'reduce', ...options });
  const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });
  const picture = async (page: Page, name: string) => {
    if (process.env['PICTURES']) await page.screenshot({ path: join(process.env['PICTURES'], `documents-${name}.png`) });
  };
  const isInView = (place: Locator) =>
    place.evaluate((element) => {
      const { top } = element.getBoundingClientRect();
      return top >= 0 && top < innerHeight / 2;
    });

  it('leads from a question to a section, to the figures, to the reasons, to a screen of the app and back', async () => {
    const { page, context, complaints } = await open();
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/api/documents/search')) asked.push(request.url());
    });
    await page.goto('/sign-in');
    await signIn(page, city.volunteer);
    await page.waitForURL('**/today');
    await page.goto('/settings');
    await page.getByRole('link', { name: said('title') }).click();
    await heading(page, said('title')).waitFor();
    await page.locator('.card').nth(2).waitFor();
    expect(await page.locator('.card h2').allInnerTexts()).toEqual(
      catalogue.documents.map(({ slug }) => read('zh-Hans').documents[slug]?.title),
    );

    const field = page.getByRole('search').getByLabel(said('search'));
    expect(await field.getAttribute('maxlength')).toBe('200');
    await field.fill('   ');
    await field.press('Enter');
    await field.fill(question);
    await field.press('Enter');
    await page.waitForURL((url) => url.searchParams.get('q') === question);
    await page.locator('.found mark').first().waitFor();
    expect(asked).toHaveLength(1);
    expect(await page.locator('.found .prose').first().getAttribute('lang')).toBeTruthy();
    await picture(page, 'found');
    await page.reload();
    await page
      .locator('.found')
      .getByRole('link', { name: titleIn('zh-Hans') })
      .first()
      .click();

    await page.waitForURL(`**${nanjing}`);
    await heading(page, titleIn('zh-Hans')).waitFor();
    await page.waitForFunction((start) => document.title.startsWith(`${start} ·`), titleIn('zh-Hans'));
    await page.getByRole('link', { name: read('zh-Hans').problems['kinds']?.title ?? '' }).click();
    await page.waitForURL('**/documents/why#kinds');
    const problem = page.locator('#kinds h2');
    await problem.and(page.locator(':focus')).waitFor();
    expect(await isInView(problem)).toBe(true);
    expect(await page.locator('.problem').count()).toBe(catalogue.problems.length);
    await page
      .locator('#skill')
      .getByRole('link', { name: said('/requests') })
      .click();
    await page.waitForURL('**/requests');
    // The way back is in the settings, and under no other screen.
    await page.goto('/settings');
    await page.locator('a[href="/documents/why"]').click();
    await page.waitForURL('**/documents/why');
    await page.locator('#skill h2').waitFor();
    expect(await page.locator('#skill a[href="/console/members"]').count()).toBe(1);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('draws every chart, and says label, value and year of each bar in words', async () => {
    const { page, context, complaints } = await open();
    await page.goto('/documents');
    await page.getByRole('link', { name: said('figures') }).click();
    await page.locator('[data-chart]').first().waitFor();
    expect(await page.locator('[data-chart]').count()).toBe(catalogue.charts.length);
    expect(await page.locator('[data-figure]').count()).toBe(catalogue.figures.filter(({ chart }) => chart === null).length);
    const ageing = page.locator('[data-chart="ageing"]');
    expect((await ageing.getByRole('listitem').allInnerTexts()).join(' ')).toMatch(/14%.*20%.*11%.*26%/s);
    expect(await ageing.locator('.bar.forecast').count()).toBe(2);
    const widths = await ageing.locator('.bar').evaluateAll((bars) => bars.map((bar) => (bar as HTMLElement).style.width));
    expect(widths.map((width) => Math.round(Number.parseFloat(width)))).toEqual([54, 77, 42, 100]);
    await ageing.getByRole('link', { name: titleIn('zh-Hans') }).click();
    await page.waitForURL(`**${nanjing}`);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('reads on in Japanese, English and Korean, keeps that on the phone, and leaves the words of the screen', async () => {
    const { page, context, complaints } = await open();
    for (const language of ['ja', 'en', 'ko']) {
      await page.goto(nanjing);
      await page
        .getByRole('group', { name: said('language') })
        .getByRole('button', { name: said(language), exact: true })
        .click();
      await page.waitForURL(`**${nanjing}?language=${language}`);
      const title = heading(page, titleIn(language));
      await title.waitFor();
      expect(await title.getAttribute('lang')).toBe(language);
      expect(await page.locator('.prose').first().getAttribute('lang')).toBe(language);
      await page.getByRole('heading', { level: 2, name: said('digest') }).waitFor();
      expect(await page.getAttribute('html', 'lang')).toBe('zh-Hans');
      await picture(page, `section-${language}`);
      await page.goto('/documents/why');
      await page.waitForURL(`**/documents/why?language=${language}`);
      await page.getByRole('heading', { level: 2, name: read(language).problems['trust']?.title ?? '' }).waitFor();
      await page.getByRole('button', { name: said('zh-Hans') }).click();
      await page.waitForURL('**/documents/why');
      await page.getByRole('heading', { level: 2, name: read('zh-Hans').problems['trust']?.title ?? '' }).waitFor();
    }
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('copies the line to cite by, and says so', async () => {
    const { page, context, complaints } = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await page.goto(`/documents/${forum}`);
    await page.getByRole('button', { name: said('copy') }).click();
    await page
      .getByRole('status')
      .filter({ hasText: said('copied') })
      .waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(catalogue.documents[0]?.title);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('says plainly that a document is unknown or that nothing was found, and leads back', async () => {
    const { page, context, complaints } = await open();
    for (const path of ['/documents/nowhere', `/documents/${forum}/nowhere`, '/documents/Not%20one']) {
      await page.goto(path);
      await page.getByText(said('unknown')).waitFor();
      await page.getByRole('link', { name: said('toList') }).click();
      await heading(page, said('title')).waitFor();
    }
    await page.goto('/documents?q=xyzzyqqqq');
    await page.getByText(said('nothing', { question: 'xyzzyqqqq' })).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it.each([
    ['standard', 'light', 0],
    ['elder', 'dark', 1],
  ] as const)('can be read by anyone at 360 px in %s mode, %s', async (mode, colorScheme, turn) => {
    const { page, context, complaints } = await open({ viewport: { width: 360, height: 844 }, colorScheme });
    await context.addInitScript((kept) => localStorage.setItem('timebank.web.mode', kept), mode);
    const faults: string[] = [];
    const paths = [
      '/documents',
      `/documents?q=${encodeURIComponent(question)}`,
      '/documents/why',
      '/documents/figures',
      ...catalogue.documents.map(({ slug }) => `/documents/${slug}`),
      nanjing,
      `${nanjing}?language=ja`,
      `/documents/${forum}/keynote-korea-ageing?language=ko`,
      '/documents/social-organizations-going-overseas/policy-support?language=en',
      '/documents/azuki-foundation/overview',
      '/documents/nowhere',
    ];
    for (const [index, path] of drawn('looks of the documents', paths, 2, turn).entries()) {
      await goOn(page, path);
      for (const summary of await page.locator('summary').all()) await summary.click();
      faults.push(...(await inspectScreen(page, phoneScreens[mode])));
      if (process.env['PICTURES']) {
        await page.addStyleTag({ content: '#app { height: auto !important } #main { overflow: visible !important }' });
        await page.screenshot({ path: join(process.env['PICTURES'], `phone-${mode}-${index}.png`), fullPage: true });
      }
    }
    expect([...faults, ...complaints]).toEqual([]);
    await context.close();
  });

  withNewsletter('where the original was imported', () => {
    it('shows its passages in their own language', async () => {
      const { page, context, complaints } = await open();
      await page.goto('/documents/social-organizations-going-overseas/introduction');
      await page.getByRole('heading', { level: 2, name: said('digest') }).waitFor();
      const original = page.locator('details');
      await original.locator('summary').click();
      const passages = original.locator('.prose > [lang]');
      expect(await passages.count()).toBeGreaterThan(1);
      expect([...new Set(await passages.evaluateAll((found) => found.map((passage) => passage.getAttribute('lang'))))]).toEqual(['en']);
      await page.goto('/documents/social-organizations-going-overseas');
      await page.locator('nav ol a').first().waitFor();
      const places = await page.locator('nav ol a').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
      let notes = 0;
      for (const place of places) {
        await goOn(page, place);
        await page.locator('summary').click();
        notes += await page.locator('sup', { hasText: said('note', { number: '' }).trim() }).count();
        await picture(page, `original-${place.split('/').at(-1)}`);
      }
      expect(notes).toBeGreaterThan(5);
      expect(complaints).toEqual([]);
      await context.close();
    });
  });
});
