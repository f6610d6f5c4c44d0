import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Language, languages } from '@timebank/contract/client';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { DemoProduct } from './demo-product';
import { type Place, type Screen, type Walk, walks } from './every-screen';
import { enter, openFor, sizes } from './open-app';

const folder = 'apps/bench/results/pictures';
const themes = ['light', 'dark'] as const;
type Look = { app: Walk['app']; language: Language; mode: 'standard' | 'elder' };

/** Large text is the phone's. */
const modesOf = (app: Walk['app']): Look['mode'][] => (app === 'phone' ? ['standard', 'elder'] : ['standard']);
const fileOf = ({ app, language, mode }: Look, name: string, theme: string) =>
  join(folder, app, name, [language, ...(app === 'phone' ? [mode] : []), theme].join('-') + '.png');

async function openAt(page: Page, origin: string, at: Place): Promise<void> {
  if (typeof at === 'string') return void (await page.goto(origin + at));
  await openAt(page, origin, at.on);
  const link = page.locator(at.link).first();
  await link.waitFor();
  await page.goto(origin + (await link.getAttribute('href')));
}

async function goTo(page: Page, origin: string, { at, has = 'h1' }: Screen): Promise<void> {
  await openAt(page, origin, at);
  await page.locator(has).first().waitFor();
  await page.waitForLoadState('networkidle');
  await page.evaluate('document.fonts.ready.then(() => undefined)');
}

/** Both themes of a screen, loaded once. */
async function takeScreen(page: Page, product: DemoProduct, look: Look, screen: Screen): Promise<void> {
  const at = typeof screen.at === 'string' ? screen.at.replace('CARD', product.demo.card.token) : screen.at;
  await goTo(page, product.origin, { ...screen, at });
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    const file = fileOf(look, screen.name, theme);
    mkdirSync(join(file, '..'), { recursive: true });
    await page.screenshot({ path: file, animations: 'disabled' });
  }
}

async function speak(context: BrowserContext, { language, mode }: Look): Promise<void> {
  await context.addInitScript(
    ([kept, size]) => {
      for (const app of ['web', 'console']) {
        localStorage.setItem(`timebank.${app}.locale`, kept as string);
        localStorage.setItem(`timebank.${app}.mode`, size as string);
      }
    },
    [language, mode],
  );
}

/** One page with a screen's pictures beside each other, five languages in a row on the phone, so that somebody can look. */
async function takeSheet(painter: Page, app: Walk['app'], name: string, mode: Look['mode'], theme: string): Promise<void> {
  const width = app === 'phone' ? 390 : 800;
  const shown = languages.map((language) => readFileSync(fileOf({ app, language, mode }, name, theme)).toString('base64'));
  await painter.setViewportSize({ width: app === 'phone' ? 5 * 406 : 2 * 816, height: 400 });
  const pictures = shown.map((data) => `<img width="${width}" src="data:image/png;base64,${data}">`).join('');
  await painter.setContent(`<body style="margin:0;background:#888;display:flex;flex-wrap:wrap;gap:16px">${pictures}</body>`, {
    waitUntil: 'load',
  });
  const file = join(folder, 'sheets', [app, name, ...(app === 'phone' ? [mode] : []), theme].join('-') + '.png');
  mkdirSync(join(file, '..'), { recursive: true });
  await painter.screenshot({ path: file, fullPage: true });
}

async function takeSheets(browser: Browser, wanted: (app: string, name: string) => boolean): Promise<number> {
  const painter = await browser.newPage();
  let count = 0;
  for (const { app, screens } of walks)
    for (const { name } of screens.filter((screen) => wanted(app, screen.name)))
      for (const mode of modesOf(app))
        for (const theme of themes) {
          await takeSheet(painter, app, name, mode, theme);
          count++;
        }
  await painter.close();
  return count;
}

/** Every key screen of both apps in every language, on the phone in both sizes, light and dark; and a sheet of each beside them. */
export async function takeAll(product: DemoProduct, browser: Browser, only: readonly string[] | null): Promise<void> {
  const wanted = (app: string, name: string) => only === null || only.includes(name) || only.includes(`${app}-${name}`);
  const signedIn = new Map<string, Awaited<ReturnType<BrowserContext['storageState']>>>();
  for (const language of languages)
    for (const { app, as, screens } of walks) {
      const chosen = screens.filter(({ name }) => wanted(app, name));
      if (chosen.length === 0) continue;
      for (const mode of modesOf(app)) {
        const known = as === undefined ? undefined : signedIn.get(as);
        const context = await openFor(browser, { ...sizes[app], deviceScaleFactor: 1, ...(known ? { storageState: known } : {}) });
        await speak(context, { app, language, mode });
        const page = await context.newPage();
        if (as !== undefined && !known) {
          await enter(page, `${product.origin}${app === 'desk' ? '/console/' : '/'}`, product.person(as));
          signedIn.set(as, await context.storageState());
        }
        for (const screen of chosen) await takeScreen(page, product, { app, language, mode }, screen);
        await context.close();
        process.stdout.write(`  ✓ ${app} in ${language}, ${mode}: ${chosen.length} screens${as ? ` of the ${as}` : ''}\n`);
      }
    }
  const sheets = await takeSheets(browser, wanted);
  process.stdout.write(`  ✓ ${sheets} sheets in ${join(folder, 'sheets')}\n`);
}
