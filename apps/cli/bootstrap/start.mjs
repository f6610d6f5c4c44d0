// `npm start`: from a bare clone to a served city.
import { ensureBuilt, ensureInstalled, handOver, main } from './steps.mjs';

await main(async () => {
  await ensureInstalled();
  await ensureBuilt();
  handOver(['--enable-source-maps', 'dist/apps/cli/main.js', 'start', ...process.argv.slice(2)]);
});
