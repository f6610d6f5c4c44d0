#!/usr/bin/env node
// `npx timebank …`: every other command, built first when its sources have changed.
import { ensureBuilt, ensureInstalled, handOver, main } from './steps.mjs';

await main(async () => {
  await ensureInstalled();
  await ensureBuilt(process.argv[2] === 'start' ? undefined : ['cli']);
  handOver(['--enable-source-maps', 'dist/apps/cli/main.js', ...process.argv.slice(2)]);
});
