// `npm run check`: what can be said of the sources without running them.
import { existsSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled, main, root, runtime } from './steps.mjs';

const bin = (name) => join(root, 'node_modules', '.bin', name);

/** A name, a command, and what it needs. */
const checks = [
  ['types', 'node_modules/typescript/bin/tsc', ['--noEmit']],
  ['types of the phone app', 'node_modules/vue-tsc/bin/vue-tsc.js', ['--noEmit', '-p', 'apps/web/tsconfig.json']],
  ['types of the console', 'node_modules/vue-tsc/bin/vue-tsc.js', ['--noEmit', '-p', 'apps/console/tsconfig.json']],
  ['lint', bin('oxlint'), ['--deny-warnings']],
  ['format', bin('oxfmt'), ['--check', 'apps', 'libs']],
  ['boundaries', bin('depcruise'), ['--config', '.dependency-cruiser.mjs', 'apps', 'libs']],
  ['dead code', bin('knip'), ['--no-config-hints']],
];

await main(async () => {
  await ensureInstalled();
  const wanted = process.argv.slice(2);
  const failed = [];
  for (const [name, command, args] of checks) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    if (!existsSync(join(root, command)) && !existsSync(command)) throw new Error(`${name}: ${command} is missing`);
    const { status, stdout, stderr } = spawnSync(runtime(), [command, ...args], { cwd: root, encoding: 'utf8' });
    process.stdout.write(`${status === 0 ? '✓' : '✗'} ${name}\n`);
    if (status !== 0) {
      process.stdout.write(stdout + stderr);
      failed.push(name);
    }
  }
  if (failed.length > 0) throw new Error(`does not hold: ${failed.join(', ')}`);
});
