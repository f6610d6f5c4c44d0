import { openBrowser, openDesk } from '@timebank/testing';
import type { Browser, Page } from 'playwright-core';
import { type Measurement, type Progress, summarise } from '../report';
import type { ListedBank } from './listed-bank';
import { longestScript } from './longest-script';

const slowedDown = 4;
/** As far down as eight rows of a list are high. */
const stepHeight = 312;
const steps = 60;
const opened = 3;

type Screen = { name: string; path: string; row: string };
const screens: readonly Screen[] = [
  { name: 'members', path: '/console/members', row: 'tbody tr[data-index]' },
  { name: 'visits', path: '/console/visits', row: 'tbody tr[data-index]' },
  { name: 'requests', path: '/console/requests', row: 'tbody tr[data-index]' },
  { name: 'queue', path: '/console/queue?lane=clean', row: '[data-visit]' },
];
/** A press on a screen, and what then stands in the rows. */
const presses = [
  { name: 'members by role', path: '/console/members', press: '[href*="role=coordinator"]', row: 'tbody tr[data-index]' },
  { name: 'visits by state', path: '/console/visits', press: '[href*="state=needs_fix"]', row: 'tbody tr[data-index]' },
  { name: 'queue by lane', path: '/console/queue?lane=clean', press: '.tabs [href*="lane=yellow"]', row: '[data-visit]' },
] as const;

/** Milliseconds from the beginning of the page's loading, or from `since`, until a row was painted that is not `before`. */
const paintedRow = `(selector, before) => new Promise((done) => {
  const look = () => {
    const row = document.querySelector(selector);
    if (row && row.textContent !== before && !row.closest('[aria-busy="true"]')) setTimeout(() => done(performance.now()));
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})`;

async function firstRow(page: Page, { path, row }: Screen): Promise<number> {
  await page.goto(path, { waitUntil: 'commit' });
  return page.evaluate<number>(`(${paintedRow})(${JSON.stringify(row)}, null)`);
}

async function afterPress(page: Page, { path, press, row }: (typeof presses)[number]): Promise<number> {
  await firstRow(page, { name: '', path, row });
  await page.locator(press).first().waitFor();
  return page.evaluate<number>(`(async () => {
    const before = document.querySelector(${JSON.stringify(row)}).textContent;
    const startedAt = performance.now();
    document.querySelector(${JSON.stringify(press)}).click();
    return await (${paintedRow})(${JSON.stringify(row)}, before) - startedAt;
  })()`);
}

/** Turns the wheel over a list, a step a frame, and tells the longest script and the most rows that were in the page. */
export async function scrollDown(browser: Browser, page: Page, screen: Screen): Promise<{ script: number; rows: number }> {
  await firstRow(page, screen);
  await page.mouse.move(700, 500);
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'] });
  let rows = 0;
  for (let step = 0; step < steps; step += 1) {
    await page.mouse.wheel(0, stepHeight);
    rows = Math.max(
      rows,
      await page.evaluate<number>(
        `new Promise((drawn) => requestAnimationFrame(() => setTimeout(() => drawn(document.querySelectorAll(${JSON.stringify(screen.row)}).length))))`,
      ),
    );
  }
  return { script: longestScript(await browser.stopTracing()), rows };
}

const rounded = (milliseconds: number) => Math.round(milliseconds);

/** What somebody at the desk waits for, on a quarter of this processor: first rows, filters, and the longest script while the wheel turns. */
export async function measureDeskLists(bank: ListedBank, progress: Progress): Promise<[name: string, found: Measurement][]> {
  const browser = await openBrowser();
  try {
    const phone = '13800000000';
    const { page, complaints } = await openDesk(browser, bank.api.origin, { phone, password: `measuring-${phone}` });
    await (await page.context().newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: slowedDown });
    const firsts: { median: number; said: string }[] = [];
    const time = async (name: string, run: () => Promise<number>) => {
      const times: number[] = [];
      for (let round = 0; round < opened; round += 1) times.push(await run());
      const { median } = summarise(times);
      firsts.push({ median, said: `${name} ${rounded(median)} ms (${rounded(Math.min(...times))}–${rounded(Math.max(...times))})` });
    };
    progress(`opening lists at CPU ÷ ${slowedDown}`);
    for (const screen of screens) await time(screen.name, () => firstRow(page, screen));
    for (const press of presses) await time(press.name, () => afterPress(page, press));
    progress('scrolling them');
    const scrolled: { name: string; script: number; rows: number }[] = [];
    for (const screen of screens) scrolled.push({ name: screen.name, ...(await scrollDown(browser, page, screen)) });
    if (complaints.length > 0) throw new Error(`the desk complained: ${complaints.join('; ')}`);
    const how = `CPU ÷ ${slowedDown} in Chromium`;
    const each = scrolled.map(({ name, script, rows }) => `${name} ${script.toFixed(1)} ms, ${rows} rows`).join('; ');
    return [
      [
        'lists.first',
        { value: rounded(Math.max(...firsts.map(({ median }) => median))), note: `${how}: ${firsts.map(({ said }) => said).join(', ')}` },
      ],
      [
        'lists.script',
        {
          value: Number(Math.max(...scrolled.map(({ script }) => script)).toFixed(1)),
          note: `${how}, ${steps} steps of ${stepHeight} px: ${each}`,
        },
      ],
      ['lists.rows', { value: Math.max(...scrolled.map(({ rows }) => rows)), note: 'most in the page at once, while it scrolls' }],
    ];
  } finally {
    await browser.close();
  }
}
