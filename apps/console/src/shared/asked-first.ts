import { useEarly } from '@timebank/contract/client';
import { keep } from './display';

/** So many pages are remembered, the last opened first. */
const most = 20;

/** Not how many rows there are, nothing that a person typed, and no moment, which is another one the next time. */
function isForAll(query: URLSearchParams): boolean {
  return ![...query].some(([key, value]) => ['q', 'search', 'count', 'cursor'].includes(key) || /^\d{4}-\d{2}-\d{2}T/.test(value));
}

/** What a list is read by, of the bank. */
const isWorthAsking = (url: URL) => url.pathname.startsWith('/api/banks/') && isForAll(url.searchParams);

let isForgotten = false;

/** With a sign-out: the addresses have ids of clients and requests in them. */
export function forgetAskedFirst(): void {
  isForgotten = true;
  keep.write('asked', null);
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
    if (isForgotten || !isForAll(new URLSearchParams(location.search))) return;
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
