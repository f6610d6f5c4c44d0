import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createWhole, writeWhole } from '@timebank/database';
import { CannotRun } from './cannot-run';

const asJson = (content: unknown) => `${JSON.stringify(content, null, 2)}\n`;

/** A JSON file of DATA_DIR that cannot be read: it is not made anew, since cards or the database depend on it. */
function read<Content>(file: string): Content {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Content;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new CannotRun(`${file} cannot be read: it is no JSON. Put it back from a backup of DATA_DIR.`);
  }
}

/**
 * Reads a JSON file of DATA_DIR, or makes it with `make` for this installation alone; only its owner may read it. It is written whole or
 * not at all, and two that make it at once end up with the same.
 */
export function keep<Content>(dataDir: string, name: string, make: () => Content): Content {
  const file = join(dataDir, name);
  if (!existsSync(file)) createWhole(dataDir, name, asJson(make()), 0o600);
  return read(file);
}

/** Writes a JSON file of DATA_DIR, whole or not at all. */
export function replace(dataDir: string, name: string, content: unknown): void {
  writeWhole(dataDir, name, asJson(content), 0o600);
}

/** What `keep` stored under a name, or null. */
export function kept<Content>(dataDir: string, name: string): Content | null {
  const file = join(dataDir, name);
  return existsSync(file) ? read(file) : null;
}

/** 256 random bits as text. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}
