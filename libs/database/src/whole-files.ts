import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, renameSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';

type Content = string | Uint8Array;

/** Written under a name of its own and brought to disk; answers its path. */
function writeAside(folder: string, name: string, content: Content, mode: number): string {
  mkdirSync(folder, { recursive: true });
  const aside = join(folder, `.${name}.${process.pid}.${randomBytes(4).toString('hex')}`);
  const file = openSync(aside, 'wx', mode);
  try {
    writeSync(file, typeof content === 'string' ? Buffer.from(content) : content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return aside;
}

function syncFolder(folder: string): void {
  const directory = openSync(folder, 'r');
  fsyncSync(directory);
  closeSync(directory);
}

/** Whole or not at all, in the place of what was there. */
export function writeWhole(folder: string, name: string, content: Content, mode = 0o644): void {
  renameSync(writeAside(folder, name, content, mode), join(folder, name));
  syncFolder(folder);
}

/** Whole or not at all, and never over what is there, even when two do it at once. Answers whether exactly this content is there now. */
export function createWhole(folder: string, name: string, content: Content, mode = 0o644): boolean {
  const isSame = () => readFileSync(join(folder, name)).equals(Buffer.from(content));
  if (existsSync(join(folder, name))) return isSame();
  const aside = writeAside(folder, name, content, mode);
  try {
    linkSync(aside, join(folder, name));
    syncFolder(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return isSame();
  } finally {
    unlinkSync(aside);
  }
}
