import { useEarly } from '@timebank/contract/client';
import { keep } from './display';

/** So many pages are remembered, the last opened first. */
const most = 20;

/** What a list is read by, of the bank: not how many rows there are, and nothing that a person typed. */
function isWorthAsking(url: URL): boolean {
  return url.pathname.startsWith('/api/banks/') && !['q', 'search', 'count'].some((key) => url.searchParams.has(key));
}

/**
 * What a page asks for first is asked before its code has come when it is opened again (`index.html`). After three seconds, or once somebody presses
 * anything, an early answer would be old: those that nobody took are let go, and what was asked until then is remembered.
 */
export function rememberAskedFirst(): void {
  const page = location.pathname + location.search;
  const hears = new AbortController();
  const remember = () => {
    hears.abort();
    useEarly();
    if (new URLSearchParams(location.search).has('q')) return;
    const asked = performance.getEntriesByType('resource').flatMap(({ name }) => {
      const url = new URL(name);
      return url.origin === location.origin && isWorthAsking(url) ? [url.pathname + url.search] : [];
    });
    const others = readKept().filter(([other]) => other !== page);
    keep.write('asked', JSON.stringify([[page, [...new Set(asked)]], ...others].slice(0, most)));
  };
  for (const press of ['pointerdown', 'keydown']) addEventListener(press, remember, { capture: true, signal: hears.signal });
  setTimeout(() => hears.signal.aborted || remember(), 3_000);
}

function readKept(): [page: string, urls: string[]][] {
  try {
    const kept: unknown = JSON.parse(keep.read('asked') ?? '[]');
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}
