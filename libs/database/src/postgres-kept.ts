import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { EmbeddedPostgresFault } from './postgres-files';
import { createWhole } from './whole-files';

export type ServerLogin = { port: number; password: string };

async function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => found(port));
    });
  });
}

function isKept(content: unknown): content is ServerLogin {
  const { port, password } = (content ?? {}) as Partial<ServerLogin>;
  return Number.isInteger(port) && typeof password === 'string' && password !== '';
}

/** Port and password of this installation, made on first use: two that make them at once end up with the same. */
export async function keptIn(folder: string): Promise<ServerLogin> {
  const file = join(folder, 'postgres.json');
  if (!existsSync(file)) {
    const made: ServerLogin = { port: await freePort(), password: randomBytes(24).toString('base64url') };
    createWhole(folder, 'postgres.json', JSON.stringify(made), 0o600);
  }
  let content: unknown = null;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  if (isKept(content)) return content;
  throw new EmbeddedPostgresFault(
    `${file} does not say {"port","password"} of the database that lies beside it. Put the file back from a backup; only where there is no database yet, remove it.`,
  );
}
