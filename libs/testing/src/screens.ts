import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { goTo, settled } from './test-pages';

/** The smallest text and the smallest side of what is pressed, in CSS pixels, and the selector of what is pressed. */
export type Least = { text: number; target: number; pressed: string };

/** The sizes that the phone's two modes promise. */
export const phoneScreens: Record<'standard' | 'elder', Least> = {
  standard: { text: 16, target: 48, pressed: 'a, button, input, select, textarea' },
  elder: { text: 18, target: 60, pressed: 'a, button, input, select, textarea' },
};
/** The sizes that the desk's screens promise; links inside a table's text are as high as the text. */
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

/** What makes an open page hard to read: WCAG 2.2 AA as far as axe sees it, and being wider than the screen. */
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

/** Shows the open page in other colours and at another width; to and fro for every page takes several times as long as to walk them all again. */
export async function show(page: Page, { theme, width }: { theme: 'light' | 'dark'; width: number }): Promise<void> {
  await page.emulateMedia({ colorScheme: theme });
  await page.setViewportSize({ width, height: width < 600 ? 844 : 800 });
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
      const boxes = [...range.getClientRects()].filter(({ width }) => width > 0);
      const lines = new Set(boxes.map(({ top }) => Math.round(top))).size;
      return lines >= 4 && (element.textContent?.trim().length ?? 0) / lines < 3;
    });
    return crushed.map((element) => `crushed ${element.textContent?.trim().slice(0, 60)}`);
  });
}

/** What large text cuts off or tears apart on the open page: anything wider than its box, and amounts, times, spans of time and Chinese words on two lines. */
export function tornText(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const drawn = [...document.querySelectorAll<HTMLElement>('#app *')].filter(
      (element) => element.checkVisibility() && !element.closest('.for-readers, .skip, svg, option'),
    );
    const cut = drawn.filter((element) => {
      const isBox = !['inline', 'contents'].includes(getComputedStyle(element).display);
      return isBox && element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1;
    });
    /** The parts of an element's text that stand on more than one line. */
    const broken = (element: HTMLElement, partsOf: (text: string) => { index: number; part: string }[]) => {
      const nodes = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      const places: [Text, number][] = [];
      while (nodes.nextNode()) {
        const node = nodes.currentNode as Text;
        if (node.parentElement?.closest('.for-readers')) continue;
        for (let at = 0; at < node.data.length; at++) places.push([node, at]);
      }
      const text = places.map(([node, at]) => node.data[at]).join('');
      return partsOf(text)
        .filter(({ index, part }) => {
          const [[first, from], [last, to]] = [places[index]!, places[index + part.length - 1]!];
          const range = document.createRange();
          range.setStart(first, from);
          range.setEnd(last, to + 1);
          const boxes = [...range.getClientRects()].filter(({ width }) => width > 0);
          const lowest = Math.max(...boxes.map(({ top }) => top));
          return boxes.some(({ bottom }) => bottom <= lowest);
        })
        .map(({ part }) => `torn ${part} in ${element.tagName} ${text.trim().slice(0, 60)}`);
    };
    const segmenter = new Intl.Segmenter('zh-Hans', { granularity: 'word' });
    const wordsIn = (text: string) =>
      Array.from(segmenter.segment(text), ({ index, segment }) => ({ index, part: segment })).filter(({ part }) =>
        /^\p{Script=Han}{2,}$/u.test(part),
      );
    const amountsIn = (text: string) =>
      [...text.matchAll(/(?:\p{Script=Han}{2}\u00a0)?\d[\d.,:]*(?:\p{Script=Han}|\u00a0\p{Script=Han}{1,2}|\u00a0\w+)?/gu)].map(
        ({ index, 0: part }) => ({
          index,
          part,
        }),
      );
    const spansIn = (text: string) =>
      [...text.matchAll(/\d\d:\d\d\s–[\s\u2060]+\d\d:\d\d/gu)].map(({ index, 0: part }) => ({ index, part }));
    const saysItself = (element: Element) =>
      [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
    return [
      ...cut.map((element) => `cut ${element.tagName} ${element.className} ${element.textContent?.trim().slice(0, 60)}`),
      ...drawn
        .filter(saysItself)
        .flatMap((element) => [...broken(element, wordsIn), ...broken(element, amountsIn), ...broken(element, spansIn)]),
    ];
  });
}

/** What keeps people from reading, reaching and pressing things on the open page. */
export async function inspectScreen(page: Page, least: Least): Promise<string[]> {
  const titles = (await page.title()) === '' || (await page.locator('h1').count()) !== 1 ? ['no title, or not one heading'] : [];
  const path = page.url().slice(new URL(page.url()).origin.length);
  return [...(await faultsOf(page)), ...titles, ...(await tooSmall(page, least))].map((fault) => `${path}: ${fault}`);
}
