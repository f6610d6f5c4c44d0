import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * The newsletter's text, which is not part of the project but may lie beside it; null if it does not, and then one line says which tests are left
 * out.
 */
export function forumNewsletter(tests: string): Buffer | null {
  const folder = resolve('..', 'shared', 'forum');
  const name = existsSync(folder) ? readdirSync(folder).find((file) => file.endsWith('.txt')) : undefined;
  if (name !== undefined) return readFileSync(join(folder, name));
  process.stderr.write(`skipped for want of shared/forum: ${tests}\n`);
  return null;
}
