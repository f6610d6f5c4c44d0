import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wordsOf } from '@timebank/testing';
import { type Browser, chromium, type Page } from 'playwright-core';
import QRCode from 'qrcode';
import { type DemoPerson, DemoProduct, publicUrl } from './demo-product';
import { enter, openFor, sizes } from './open-app';
import { takeAll } from './take-all';

const folder = 'apps/bench/pictures';
const largestBytes = 200_000;
const { phone, desk } = sizes;
const launch = { executablePath: process.env['CHROMIUM'], args: ['--no-sandbox'] };

/** What a phone's camera sees as it comes near a card: not the whole code yet, or it would be read at once. */
async function filmCard(url: string): Promise<string> {
  const code = await QRCode.toString(url, { type: 'svg', errorCorrectionLevel: 'Q', margin: 4 });
  const painter = await chromium.launch(launch);
  const page = await painter.newPage({ viewport: { width: 640, height: 480 } });
  await page.setContent(
    `<style>body{margin:0;background:#b9a68c;height:480px;overflow:hidden}
     div{position:absolute;left:150px;top:170px;width:420px;height:560px;background:#fdfcf8;border-radius:14px;rotate:-4deg}
     svg{position:absolute;left:50px;top:60px;width:320px;height:320px}</style><div>${code}</div>`,
  );
  const frame = await page.screenshot({ type: 'jpeg', quality: 85 });
  await painter.close();
  const file = join(mkdtempSync(join(tmpdir(), 'timebank-film-')), 'card.mjpeg');
  writeFileSync(file, Buffer.concat(Array.from({ length: 10 }, () => frame)));
  return file;
}

async function take(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.evaluate('document.fonts.ready.then(() => undefined)');
  const file = join(folder, `${name}.png`);
  await page.screenshot({ path: file, animations: 'disabled' });
  const { size } = statSync(file);
  if (size > largestBytes) throw new Error(`${file} has ${size} bytes, more than ${largestBytes}`);
  process.stdout.write(`  ✓ ${file} (${Math.round(size / 1_000)} kB)\n`);
}

async function signIn(browser: Browser, address: string, options: object, person: DemoPerson): Promise<Page> {
  const page = await (await openFor(browser, options)).newPage();
  await enter(page, address, person);
  return page;
}

/** Runs in the page. */
function isFilmRunning(): boolean {
  const { document } = globalThis as unknown as { document: { querySelector(selector: 'video'): { readyState: number } | null } };
  return (document.querySelector('video')?.readyState ?? 0) >= 2;
}

async function onThePhone(product: DemoProduct, browser: Browser): Promise<void> {
  const page = await signIn(browser, `${product.origin}/`, phone, product.person('Volunteer'));
  await page.locator('a[href^="/scan"]').first().waitFor();
  await take(page, 'phone-today');
  await page.evaluate(() => localStorage.setItem('timebank.web.mode', 'elder'));
  await page.reload();
  await page.locator('a[href^="/scan"]').first().waitFor();
  await take(page, 'phone-elder');
  await page.evaluate(() => localStorage.setItem('timebank.web.mode', 'standard'));
  await page.goto(`${product.origin}/time`);
  await page.locator('h1').waitFor();
  await take(page, 'phone-time');
  await page.goto(`${product.origin}/documents/east-asia-civil-society-forum/keynote-nanjing-time-bank`);
  await page.locator('.prose p').first().waitFor();
  await take(page, 'phone-documents');
  await page.goto(`${product.origin}/today`);
  await page.locator('a[href^="/scan"]').first().click();
  await page.locator('video').waitFor();
  await page.waitForFunction(isFilmRunning);
  await take(page, 'phone-scan');
  await page.locator('form input').first().fill(product.demo.card.code);
  await page.locator('form button[type="submit"]').click();
  await page.locator('.done').waitFor();
  await page.context().close();
}

async function atTheDesk(product: DemoProduct, browser: Browser): Promise<void> {
  const console = `${product.origin}/console/`;
  const coordinator = await signIn(browser, console, desk, product.person('Coordinator'));
  await coordinator.locator('.figure').last().waitFor();
  await take(coordinator, 'console-home');
  await coordinator.goto(`${console}queue`);
  await coordinator.locator('main input[type="checkbox"]').first().waitFor();
  await coordinator.keyboard.press('j');
  await take(coordinator, 'console-queue');
  const { banks } = (await (await coordinator.request.get(`${product.origin}/api/me`)).json()) as { banks: { bankId: string }[] };
  const members = `${product.origin}/api/banks/${banks[0]?.bankId}/members`;
  type FoundMembers = { items: { memberId: string; accountId: string; phone: string }[] };
  const clients = (await (await coordinator.request.get(`${members}?role=client`)).json()) as FoundMembers;
  await coordinator.goto(`${console}members/${clients.items[0]?.memberId}`);
  const t = wordsOf('apps/console/src/locales/zh-Hans.json');
  await coordinator.getByRole('button', { name: t('cards.issueAnew'), exact: true }).click();
  // Who has a card already is asked what becomes of it.
  await coordinator.locator('dialog button[type="submit"]').click();
  await coordinator.locator('figure img').waitFor();
  await coordinator.locator('figure img').scrollIntoViewIfNeeded();
  await take(coordinator, 'console-card');
  const volunteers = (await (await coordinator.request.get(`${members}?role=volunteer&limit=200`)).json()) as FoundMembers;
  const first = volunteers.items.find((member) => member.phone === product.person('Volunteer').phone);
  await coordinator.goto(`${console}accounts/${first?.accountId}`);
  await coordinator.locator('h1').waitFor();
  await take(coordinator, 'console-account');
  await coordinator.goto(`${console}documents/figures`);
  await coordinator.locator('[data-chart]').first().waitFor();
  await take(coordinator, 'console-figures');
  await coordinator.context().close();
}

/** `all`: every key screen in every look, to be looked at; `only`: those of these names. */
export type PicturesOptions = { all?: boolean; only?: readonly string[] };

/** Starts the product with its demo city and photographs its main screens for the README, or every screen for whoever looks after them. */
export async function takePictures({ all = false, only }: PicturesOptions = {}): Promise<void> {
  if (!existsSync(folder)) mkdirSync(folder);
  process.stdout.write('  … starting the product with its demo city\n');
  const product = await DemoProduct.start();
  const film = await filmCard(`${publicUrl}/s/${product.demo.card.token}`);
  const camera = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', `--use-file-for-fake-video-capture=${film}`];
  const browser = await chromium.launch({ ...launch, args: [...launch.args, ...camera] });
  try {
    if (all || only) await takeAll(product, browser, only ?? null);
    else {
      await onThePhone(product, browser);
      await atTheDesk(product, browser);
    }
  } finally {
    await browser.close();
    await product.end();
    rmSync(join(film, '..'), { recursive: true, force: true });
  }
}
