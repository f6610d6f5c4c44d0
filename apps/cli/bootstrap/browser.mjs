// Finds or installs the browser that the page specs drive.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { runStep } from './steps.mjs';

const places = [
  process.env.CHROMIUM,
  // Chromium without what only a person at a screen needs: it takes half the work.
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];
const command =
  'apt-get update && (apt-get install -y chromium-headless-shell fonts-noto-cjk || apt-get install -y chromium fonts-noto-cjk)';

const found = () => places.find((place) => place && existsSync(place));
const hasChineseFont = () => spawnSync('fc-list', [':lang=zh-cn'], { encoding: 'utf8' }).stdout?.trim() !== '';

/** Path of a Chromium or Chrome. As root on Debian it is installed; otherwise the one command that does it is named. */
export async function ensureBrowser() {
  const present = found();
  if (present && hasChineseFont()) return present;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    await runStep('installing Chromium and a Chinese font for the browser tests', 'sh', ['-c', command], {
      ...process.env,
      DEBIAN_FRONTEND: 'noninteractive',
    });
    const installed = found();
    if (installed) return installed;
  }
  if (present) return present;
  throw new Error(`The browser tests need Chromium. Install it once with: sudo sh -c '${command}'`);
}
