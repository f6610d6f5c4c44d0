import { keepUnder } from '@timebank/web-kit';
import { watch } from 'vue';
import { connection } from './connection';

/** How often a page that stays open asks whether there is a newer desk, in milliseconds. */
const lookEvery = 10 * 60_000;

/** The script that this page runs: its name holds a hash of what is in it. */
const ownScript = () => document.querySelector<HTMLScriptElement>('script[type="module"][src]')?.src.split('/').at(-1);

let isNewer = false;
let isTyped = false;
/** The address that could not be opened yet; a later step elsewhere takes its place. */
let wanted: string | null = null;
const reopened = keepUnder('timebank.console', () => sessionStorage);

/** A page is shown: nobody has written in it yet, and nothing else waits to be opened. */
export function pageStands(): void {
  isTyped = false;
  wanted = null;
  reopened.write('reopened', null);
}

async function look(): Promise<void> {
  const answer = await fetch('/console/', { cache: 'no-store', signal: AbortSignal.timeout(15_000) }).catch(() => null);
  const own = ownScript();
  if (!answer?.ok || own === undefined) return;
  const shell = await answer.text();
  // Only a shell of the desk counts: something in front of a server that is away may answer with a page of its own.
  isNewer = shell.includes('/console/assets/') && !shell.includes(own);
}

/** A new version begins with a page load, never under a form that somebody is filling in: at the next step, or when nobody looks. */
function reloadUnseen(): void {
  if (document.visibilityState === 'hidden' && isNewer && !isTyped && !document.querySelector('dialog[open]')) location.reload();
}

/** The next step inside the desk is the moment to take a new version: the page changes anyway. True when it is being loaded anew. */
export function leadsToNewVersion(href: string): boolean {
  if (!isNewer) return false;
  location.assign(href);
  return true;
}

/**
 * A page whose code could not be fetched. While the server is away it opens when the server is back. From a server that is there, it is gone with the
 * version that this page belongs to, and the address is loaded anew.
 */
export async function openAfterAll(href: string, thrown: unknown): Promise<void> {
  if (!/import|preload|module/i.test(String(thrown)) || reopened.read('reopened') === href) throw thrown;
  wanted = href;
  if (!(await connection.answers())) await connection.untilBack();
  if (wanted !== href) return;
  reopened.write('reopened', href);
  location.assign(href);
}

/** Looks for a newer desk every ten minutes, when the page is looked at again, and when the server was away: that is when it is replaced. */
export function watchVersion(): void {
  document.addEventListener('input', () => (isTyped = true));
  document.addEventListener('visibilitychange', () => void (document.visibilityState === 'visible' ? look() : reloadUnseen()));
  window.setInterval(() => void look().then(reloadUnseen), lookEvery);
  watch(connection.away, (isAway) => void (isAway || look()));
}
