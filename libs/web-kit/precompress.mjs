/** A build step for Vite: puts a brotli and a gzip file beside each file of a build that gets smaller by it, so that serving compresses nothing. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** Files that are already compressed, by their ending, stay as they are. */
const compressible = /\.(js|css|html|svg|json|webmanifest|wasm|txt|ttf|map)$/;
/** A packet holds less than this anyway. */
const leastBytes = 512;

function* filesIn(folder) {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* filesIn(path);
    else if (compressible.test(name) && statSync(path).size >= leastBytes) yield path;
  }
}

const forms = {
  br: (bytes) =>
    promisify(brotliCompress)(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    }),
  gz: (bytes) => promisify(gzip)(bytes, { level: 9 }),
};

/** Compresses every file of a built folder. */
async function precompressFolder(folder) {
  for (const path of filesIn(folder)) {
    const bytes = readFileSync(path);
    for (const [ending, compress] of Object.entries(forms)) {
      const smaller = await compress(bytes);
      if (smaller.length < bytes.length) writeFileSync(`${path}.${ending}`, smaller);
    }
  }
}

/** After everything else that a build writes, the service worker too. */
export function precompress() {
  let folder = '';
  return {
    name: 'precompress',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      folder = config.build.outDir;
    },
    closeBundle: { sequential: true, order: 'post', handler: () => precompressFolder(folder) },
  };
}
