/**
 * What a phone downloads before it shows the sign-in page: the page, JS and CSS of the entry, its static imports, and the chunks that the first route
 * and the source language need, in the brotli form that the build puts beside each. `node libs/web-kit/first-load.mjs` prints it in KB.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Most that the first load may weigh, in KB of 1,024 bytes. */
export const firstLoadLimitKb = 100;

const firstChunks = [/^assets\/SignInPage-/, /^assets\/zh-Hans-/];

/** Files of the first load of the phone app built into `folder`, heaviest first, and their sum. */
export function measureFirstLoad(folder = 'dist/web') {
  const root = resolve(folder);
  const read = (name) => readFileSync(join(root, name));
  const found = new Set();
  const queue = [
    ...read('index.html')
      .toString()
      .matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g),
  ].map((match) => match[1]);
  while (queue.length > 0) {
    const name = queue.pop();
    if (found.has(name)) continue;
    found.add(name);
    if (!name.endsWith('.js')) continue;
    const code = read(name).toString();
    const statics = [...code.matchAll(/(?:from|import)\s*["'`]\.\/([^"'`]+\.js)["'`]/g)].map((match) => `assets/${match[1]}`);
    // The table of files that lazy chunks preload holds their names as strings; those of the first route count.
    const lazy = [...code.matchAll(/["'`](?:\.\/|\/)?(assets\/)?([\w.-]+\.(?:js|css))["'`]/g)].map((match) => `assets/${match[2]}`);
    queue.push(...statics, ...lazy.filter((file) => firstChunks.some((pattern) => pattern.test(file))));
  }
  const bytesOf = (name) => statSync(join(root, existsSync(join(root, `${name}.br`)) ? `${name}.br` : name)).size;
  const files = ['index.html', ...found].map((name) => ({ name, kb: bytesOf(name) / 1_024 })).sort((one, other) => other.kb - one.kb);
  return { files, kb: files.reduce((sum, file) => sum + file.kb, 0) };
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const { files, kb } = measureFirstLoad(join(dirname(fileURLToPath(import.meta.url)), '../../dist/web'));
  for (const file of files) process.stdout.write(`${file.kb.toFixed(1).padStart(7)} KB  ${file.name}\n`);
  process.stdout.write(`${kb.toFixed(1).padStart(7)} KB  first load on the wire, brotli (limit ${firstLoadLimitKb})\n`);
  if (kb > firstLoadLimitKb) process.exitCode = 1;
}
