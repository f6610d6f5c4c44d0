import { measureFirstLoad as measureBuild } from '../../../libs/web-kit/first-load.mjs';
import type { Measurement } from './report';

/** KB on the wire, in the form that a browser is served, of all that the phone app asks for before its first screen stands. */
export function measureFirstLoad(): Measurement {
  const { files, kb } = measureBuild();
  return { value: Number(kb.toFixed(1)), note: `${files.length} files, brotli` };
}
