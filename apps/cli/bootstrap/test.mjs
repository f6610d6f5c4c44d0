// `npm test`: installs what the tests need, the browser too, builds, and runs every spec.
import { ensureBrowser } from './browser.mjs';
import { ensureBuilt, ensureInstalled, handOver, main, served } from './steps.mjs';

await main(async () => {
  await ensureInstalled();
  const chromium = await ensureBrowser();
  await ensureBuilt([...served, 'bench']);
  handOver(['node_modules/jest/bin/jest.js', ...process.argv.slice(2)], {
    ...process.env,
    NODE_OPTIONS: '--experimental-vm-modules',
    NODE_NO_WARNINGS: '1',
    CHROMIUM: chromium,
  });
});
