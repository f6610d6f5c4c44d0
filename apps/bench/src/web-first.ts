import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Measured } from './report';

/** Gzip KB (1,000 bytes) of all JavaScript and CSS that the built phone app's page asks for before anybody touches it. */
export function measureFirstLoad(folder = 'dist/web'): Measured {
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const files = [...page.matchAll(/(?:src|href)="\/([^"]+\.(?:js|css))"/g)].map((match) => match[1] as string);
  const bytes = files.reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file))).length, 0);
  return { value: Number((bytes / 1000).toFixed(1)), note: `${files.length} files, gzip` };
}
