// `npm run bench` and `npm run torture`: measures the built product.
import { ensureBuilt, ensureInstalled, handOver, main } from './steps.mjs';

await main(async () => {
  await ensureInstalled();
  await ensureBuilt(['api', 'cli', 'web', 'console', 'bench']);
  handOver(['--enable-source-maps', 'dist/apps/bench/main.js', ...process.argv.slice(2)]);
});
