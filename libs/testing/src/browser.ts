import { existsSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';

const places = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].map(
  (name) => `/usr/bin/${name}`,
);
const installation = 'sudo apt-get install -y chromium-headless-shell fonts-noto-cjk   (elsewhere: npx playwright install chromium)';

/** The browser that page specs drive: CHROMIUM, a Chromium or Chrome of this machine, or Playwright's own. Fails loudly without one. */
async function findChromium(): Promise<string> {
  const { chromium } = await import('playwright-core');
  const found = [process.env['CHROMIUM'], ...places, chromium.executablePath()].find((path) => path && existsSync(path));
  if (!found) throw new Error(`Page specs need a browser. Install it once with: ${installation}`);
  return found;
}

/** A browser of one's own; close it. */
export async function openBrowser(flags: string[] = []): Promise<Browser> {
  for (const app of ['web', 'console']) {
    if (!existsSync(`dist/${app}/index.html`))
      throw new Error(`Page specs need the built front ends: npx vite build -c apps/${app}/vite.config.ts`);
  }
  const { chromium } = await import('playwright-core');
  // Without a locale of UTF-8, as on a machine just set up, Chromium calls every file with a Chinese name "download".
  const env = { ...process.env, LC_ALL: 'C.UTF-8' } as Record<string, string>;
  return chromium.launch({ executablePath: await findChromium(), args: ['--no-sandbox', ...flags], env });
}

/** A browser whose camera shows one picture for ever, such as the card of a home: markup of an image, drawn large on white. */
export async function openBrowserWithCamera(markup: string): Promise<Browser> {
  const [width, height] = [640, 480];
  const painter = await openBrowser();
  const page = await painter.newPage({ viewport: { width, height } });
  await page.setContent(
    `<style>body{margin:0;background:#fff;display:grid;place-items:center;height:100vh}svg{width:300px;height:300px}</style>${markup}`,
  );
  const frame = await page.screenshot({ type: 'jpeg', quality: 90 });
  await painter.close();
  const file = join(await mkdtemp(join(tmpdir(), 'timebank-camera-')), 'camera.mjpeg');
  await writeFile(file, Buffer.concat(Array.from({ length: 10 }, () => frame)));
  return openBrowser(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', `--use-file-for-fake-video-capture=${file}`]);
}
