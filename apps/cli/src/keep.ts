import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Reads a JSON file of DATA_DIR, or makes it with `make` for this installation alone; only its owner may read it. */
export function keep<Content>(dataDir: string, name: string, make: () => Content): Content {
  const file = join(dataDir, name);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Content;
  const content = make();
  replace(dataDir, name, content);
  return content;
}

/** Writes a JSON file of DATA_DIR. */
export function replace(dataDir: string, name: string, content: unknown): void {
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(join(dataDir, name), `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
}

/** What `keep` has kept under a name, or null. */
export function kept<Content>(dataDir: string, name: string): Content | null {
  const file = join(dataDir, name);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Content) : null;
}

/** 256 random bits as text. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}
