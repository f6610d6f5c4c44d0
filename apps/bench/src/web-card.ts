import { openBrowser } from '@timebank/testing';
import type { BrowserContext, CDPSession } from 'playwright-core';
import { ApiProcess } from './api-process';
import { HttpCaller } from './http-caller';
import { PrivateDatabase } from './private-database';
import type { Measurement, Progress } from './report';
import { cityAdmin, foundSmallCity, planVisit } from './small-city';

/** WebPageTest's profile "3G Slow". */
const slow3G = { offline: false, latency: 400, downloadThroughput: 400_000 / 8, uploadThroughput: 400_000 / 8 };
/** A cheap phone, some six times as slow as the machine that measures. */
const slowdown = 6;

async function slowDown(wire: CDPSession): Promise<void> {
  await wire.send('Network.enable');
  await wire.send('Network.emulateNetworkConditions', slow3G);
  await wire.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
}

/** Runs in the page: notes when the button that scans is drawn. Asked for from here, the answer would wait for whatever the page does after it. */
const noteButton = `new MutationObserver((_, observer) => {
  if (!document.querySelector('button.big')) return;
  observer.disconnect();
  requestAnimationFrame(() => { window.usableAt = performance.now(); });
}).observe(document, { childList: true, subtree: true })`;

/** Seconds from the opened address to the button that scans, which can be pressed then. */
async function openCard(context: BrowserContext, url: string): Promise<number> {
  const page = await context.newPage();
  await page.addInitScript(noteButton);
  await slowDown(await context.newCDPSession(page));
  await page.goto(url, { waitUntil: 'commit' });
  await page.waitForFunction(() => (globalThis as { usableAt?: number }).usableAt !== undefined, undefined, { timeout: 60_000 });
  const seconds = await page.evaluate<number>('window.usableAt / 1000');
  await page.close();
  return seconds;
}

const middleOf = (seconds: number[]) => Number((seconds.toSorted((one, other) => one - other)[seconds.length >> 1] as number).toFixed(2));

/**
 * Seconds until a volunteer who stands at a door on a bad network with a cheap phone can press "start": `/s/TOKEN` opened for the first time on this
 * phone (signed in long ago, nothing kept), and opened again with the service worker installed.
 */
export async function measureCard(rounds: number, progress: Progress): Promise<[string, Measurement][]> {
  const database = await PrivateDatabase.open();
  const api = await ApiProcess.start({ databaseUrl: database.url, admin: cityAdmin });
  const browser = await openBrowser();
  try {
    const caller = new HttpCaller(api.origin);
    const city = await foundSmallCity(caller, { volunteers: 1, clients: 1, grantMinutes: 600 });
    const [volunteer, client] = [city.volunteers[0], city.clients[0]] as [(typeof city.volunteers)[number], (typeof city.clients)[number]];
    await planVisit(caller, city, volunteer, client, new Date(Date.now() - 60_000));
    const url = `${api.origin}/s/${client.cardToken}`;
    const [first, again]: [number[], number[]] = [[], []];
    for (let round = 1; round <= rounds; round += 1) {
      progress(`card page ${round} of ${rounds}`);
      const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' });
      await context.addCookies([{ name: 'timebank_session', value: volunteer.token, url: api.origin, httpOnly: true }]);
      first.push(await openCard(context, url));
      // The service worker takes what it needs while nobody waits.
      const page = await context.newPage();
      await page.goto(url);
      await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
      await page.close();
      again.push(await openCard(context, url));
      await context.close();
    }
    const how = `median of ${rounds}, 400 kbit/s, 400 ms, CPU ÷${slowdown}`;
    return [
      ['web.card', { value: middleOf(first), note: `the first time: ${how}` }],
      ['web.card.again', { value: middleOf(again), note: how }],
    ];
  } finally {
    await browser.close();
    await api.end();
    await database.close();
  }
}
