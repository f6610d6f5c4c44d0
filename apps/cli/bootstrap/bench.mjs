// `npm run bench`, `npm run torture` and `npm run pictures`: measures and photographs the built product.
import { ensureBrowser } from './browser.mjs';
import { ensureBuilt, ensureInstalled, handOver, main } from './steps.mjs';

await main(async () => {
  await ensureInstalled();
  const browser = ['bench', 'pictures'].includes(process.argv[2]) ? { CHROMIUM: await ensureBrowser() } : {};
  await ensureBuilt(['api', 'drawing', 'jobs', 'cli', 'web', 'console', 'bench']);
  handOver(['--enable-source-maps', 'dist/apps/bench/main.js', ...process.argv.slice(2)], { ...process.env, ...browser });
});
