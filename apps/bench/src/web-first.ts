import { measureFirstLoad as measureBuild } from '../../web/first-load.mjs';
import type { Measured } from './report';

/** Gzip KB of all JavaScript and CSS that the phone app asks for before its first screen stands. */
export function measureFirstLoad(): Measured {
  const { files, kb } = measureBuild();
  return { value: Number(kb.toFixed(1)), note: `${files.length} files, gzip` };
}
