// `npm run check`: everything that can be checked about the sources without running them.
import { existsSync } from 'node:fs';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { eachOfTwo, ensureInstalled, main, root, runtime } from './steps.mjs';

const bin = (name) => join(root, 'node_modules', '.bin', name);

/** A command's output, and whether it passed. */
const run = (args) =>
  new Promise((ended) => {
    const options = { cwd: root, maxBuffer: Number.POSITIVE_INFINITY };
    execFile(runtime(), args, options, (error, stdout, stderr) => ended({ holds: error === null, said: stdout + stderr }));
  });

/** A name, a command, and what it needs. */
const checks = [
  ['types', 'node_modules/typescript/bin/tsc', ['--noEmit']],
  // Both at once: most of what is read is the same.
  ['types of the front ends', 'node_modules/vue-tsc/bin/vue-tsc.js', ['--noEmit', '-p', 'apps/web/tsconfig.json']],
  ['lint', bin('oxlint'), ['--deny-warnings']],
  ['format', bin('oxfmt'), ['--check', 'apps', 'libs']],
  ['boundaries', bin('depcruise'), ['--config', '.dependency-cruiser.mjs', 'apps', 'libs']],
  ['dead code', bin('knip'), ['--no-config-hints']],
];

await main(async () => {
  await ensureInstalled();
  const wanted = process.argv.slice(2);
  const failed = [];
  const asked = checks.filter(([name]) => wanted.length === 0 || wanted.includes(name));
  await eachOfTwo(asked, async ([name, command, args]) => {
    if (!existsSync(join(root, command)) && !existsSync(command)) throw new Error(`${name}: ${command} is missing`);
    const { holds, said } = await run([command, ...args]);
    process.stdout.write(`${holds ? '✓' : '✗'} ${name}\n`);
    if (holds) return;
    process.stdout.write(said);
    failed.push(name);
  });
  if (failed.length > 0) throw new Error(`does not hold: ${failed.join(', ')}`);
});
