import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

/** Every language that both apps have; the first is the source. */
export const appLanguages = ['zh-Hans', 'zh-Hant', 'en', 'ja', 'ko'] as const;
export type AppLanguage = (typeof appLanguages)[number];

type Words = { [key: string]: string | Words };

function flat(words: Words, before = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${before}${key}`, value]] : flat(value, `${before}${key}.`),
  );
}

/** Words of the source that another language says differently, and never says itself: where one stands in a page of that language, somebody forgot it. */
export function forgottenWords(language: AppLanguage, folders: readonly string[]): Set<string> {
  const all = (of: AppLanguage) => folders.flatMap((folder) => flat(JSON.parse(readFileSync(`${folder}/${of}.json`, 'utf8')) as Words));
  const own = new Map(all(language));
  const said = new Set(own.values());
  return new Set(
    all('zh-Hans')
      .filter(([key, value]) => own.get(key) !== value && !said.has(value))
      .map(([, value]) => value),
  );
}

/** What labels are: what is pressed, heads of columns, marks, and a list's times, kinds and amounts. They are short, and nobody can read the rest of one that is cut. */
const labels = 'button, summary, th, .chip, .chips > *, .act, nav a, [role="tab"], .figure span, dt, legend, td.short, td.time, td.amount';

/** Labels that are cut off, run out of their box, or take more than two lines of a button. Text only for those who listen is left out. */
const cutScript = `(() => {
  const seen = (element) => element.checkVisibility() && !element.closest('.for-readers, .skip, [aria-hidden="true"]');
  const saying = (element) => element.textContent.trim().replace(/\\s+/g, ' ').slice(0, 60);
  const linesOf = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const tops = [...range.getClientRects()].filter(({ width }) => width > 0).map(({ top, bottom }) => (top + bottom) / 2).sort((a, b) => a - b);
    return tops.filter((top, index) => index === 0 || top - tops[index - 1] > 8).length;
  };
  const own = (element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== '');
  const found = [];
  for (const element of document.querySelectorAll(${JSON.stringify(labels)})) {
    if (!seen(element) || saying(element) === '') continue;
    const style = getComputedStyle(element);
    const hides = style.overflowX !== 'visible' && style.overflowX !== 'auto' && style.overflowX !== 'scroll';
    if ((hides || style.textOverflow === 'ellipsis') && element.scrollWidth > element.clientWidth + 1) found.push('cut: ' + saying(element));
    const box = element.getBoundingClientRect();
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.data.trim() === '' || !seen(node.parentElement)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const text = range.getBoundingClientRect();
      if (text.width > 0 && (text.right > box.right + 1.5 || text.left < box.left - 1.5)) {
        found.push('out of its box: ' + saying(element));
        break;
      }
    }
    if (element.matches('button, .act, [role="tab"]') && own(element) && linesOf(element) > 2) found.push('more than two lines: ' + saying(element));
  }
  return found;
})()`;

/** What a page says, piece by piece: each element's whole text and the names that are only heard. A choice of languages is in all of them, a quoted text in its own. */
const saidScript = `(() => {
  const other = (element) => element.closest('select, option, [lang]:not(html), script, style') !== null;
  const pieces = new Set();
  for (const element of document.querySelectorAll('body, body *')) {
    if (other(element)) continue;
    const holds = element.querySelector('select, [lang], script, style') !== null;
    const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data);
    const text = (holds ? own.join('') : element.textContent).trim();
    if (text !== '' && text.length < 200) pieces.add(text);
    for (const name of ['aria-label', 'placeholder', 'title', 'alt']) if (element.getAttribute(name)) pieces.add(element.getAttribute(name).trim());
  }
  return [...pieces];
})()`;

/** Han letters have no place in these, whatever the word. */
const withoutHan: readonly AppLanguage[] = ['en', 'ko'];

/** What is wrong with the labels of an open page, and what it says in the source's language instead of its own. */
export async function labelFaults(page: Page, language: AppLanguage, forgotten: ReadonlySet<string>): Promise<string[]> {
  const cut = await page.evaluate<string[]>(cutScript);
  const said = await page.evaluate<string[]>(saidScript);
  const left = said.filter(
    (piece) => forgotten.has(piece.replace(/\u2060|\u200b/g, '')) || (withoutHan.includes(language) && /\p{Script=Han}/u.test(piece)),
  );
  return [...cut, ...left.map((piece) => `another language: ${piece.slice(0, 60)}`)];
}
