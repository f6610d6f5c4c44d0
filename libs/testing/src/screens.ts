import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { goTo, settled } from './test-pages';

/** The smallest text and the smallest side of what is pressed, in CSS pixels, and the selector of what is pressed. */
export type Least = { text: number; target: number; pressed: string };

/** What the phone's two modes promise. */
export const phoneScreens: Record<'standard' | 'elder', Least> = {
  standard: { text: 16, target: 48, pressed: 'a, button, input, select, textarea' },
  elder: { text: 18, target: 60, pressed: 'a, button, input, select, textarea' },
};
/** What the desk's screens promise; links inside a table's text are as high as the text. */
export const deskScreens: Least = { text: 12, target: 24, pressed: 'button, input:not([type="checkbox"]), select' };

/** Only what is wrong is described, and nothing is loaded a second time for it: looks are many. */
const looked: axe.RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
  preload: false,
};

/** What axe finds. A browser reads it once for each page that it loads, which takes longer than to look five times; pages have no frames. */
async function violationsOn(page: Page): Promise<axe.Result[]> {
  if (await page.evaluate(() => !('axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(async (options) => (await (window as unknown as { axe: typeof axe }).axe.run(document, options)).violations, looked);
}

/** What keeps a page that stands from being read: WCAG 2.2 AA as far as axe sees it, and being wider than the screen. */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.locator('h1').first().waitFor();
  await settled(page);
  const violations = await violationsOn(page);
  const isWide = await page.evaluate(() => {
    const main = document.getElementById('main') ?? document.documentElement;
    return main.scrollWidth > main.clientWidth || document.documentElement.scrollWidth > innerWidth;
  });
  return [
    ...violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id} ${html.slice(0, 160)} ${failureSummary ?? ''}`),
    ),
    ...(isWide ? ['wider than the screen'] : []),
  ];
}

/** Goes on to another address as a link within the app does: a walk through every screen need not load the app for each. */
export async function goOn(page: Page, path: string): Promise<void> {
  if (page.url() === 'about:blank') return goTo(page, path);
  await page.evaluate((to) => {
    history.pushState(history.state, '', to);
    dispatchEvent(new PopStateEvent('popstate', { state: history.state }));
  }, path);
  await settled(page);
  await page.locator('h1').first().waitFor();
}

/** What is drawn too small to read or to press. */
function tooSmall(page: Page, least: Least): Promise<string[]> {
  return page.evaluate(({ text, target, pressed }) => {
    const named = (element: Element) => element.outerHTML.slice(0, 120);
    const drawn = [...document.querySelectorAll<HTMLElement>('body *')].filter(
      (element) => element.checkVisibility() && !element.closest('.for-readers, .skip'),
    );
    const written = drawn.filter((element) =>
      [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim()),
    );
    const tight = drawn.filter((element) => {
      if (!element.matches(pressed)) return false;
      const isInLabel = element.matches('[type="radio"], [type="checkbox"]');
      const box = ((isInLabel && element.closest('label')) || element).getBoundingClientRect();
      return box.height < target - 0.5 || box.width < target - 0.5;
    });
    return [
      ...written
        .filter((element) => Number.parseFloat(getComputedStyle(element).fontSize) < text)
        .map((element) => `text ${named(element)}`),
      ...tight.map((element) => `target ${named(element)}`),
    ];
  }, least);
}

/** Text that a column crushes: four lines and more of fewer than three characters each. */
export function crushedText(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const texts = [...document.querySelectorAll<HTMLElement>('main *')].filter(
      (element) =>
        element.checkVisibility() &&
        !element.closest('.for-readers, .skip, option') &&
        [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim()),
    );
    const crushed = texts.filter((element) => {
      const range = document.createRange();
      range.selectNodeContents(element);
      const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
      return lines >= 4 && (element.textContent?.trim().length ?? 0) / lines < 3;
    });
    return crushed.map((element) => `crushed ${element.textContent?.trim().slice(0, 60)}`);
  });
}

/** What keeps the page that stands open from being read, reached and pressed. */
export async function inspectScreen(page: Page, least: Least): Promise<string[]> {
  const titles = (await page.title()) === '' || (await page.locator('h1').count()) !== 1 ? ['no title, or not one heading'] : [];
  const path = page.url().slice(new URL(page.url()).origin.length);
  return [...(await faultsOf(page)), ...titles, ...(await tooSmall(page, least))].map((fault) => `${path}: ${fault}`);
}
