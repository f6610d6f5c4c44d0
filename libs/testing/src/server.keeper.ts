/**
 * A process beside the tests that outlives them for a moment: however they end (Ctrl-C, a kill), it ends every Postgres with data in their temporary
 * folder, then deletes that folder. Jest runs no teardown when it is interrupted, and a product that a spec had just begun to start may not know its
 * server yet. Node itself runs it, so it imports nothing of ours.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2] as string;
const looksWithoutServer = 10;
const pauseMilliseconds = 200;

/** The data folders below, by the notes that installations leave: `where` names a place elsewhere. */
function homes(): string[] {
  const found = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
  const elsewhere = found.filter((path) => /(^|\/)where$/.test(path)).map((path) => readFileSync(join(folder, path), 'utf8').trim());
  const here = found.filter((path) => path.endsWith('postmaster.pid')).map((path) => join(folder, path, '../..'));
  return [...elsewhere, ...here];
}

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch {
    return false;
  }
}

function runningServers(): number[] {
  const files = homes().map((home) => join(home, 'postgres/postmaster.pid'));
  const ids = files.filter((file) => existsSync(file)).map((file) => Number(readFileSync(file, 'utf8').split('\n')[0]));
  return ids.filter((id) => id > 0 && isRunning(id));
}

/** A process that is ending may still start its server: only several looks without one are an end. */
function endServers(): void {
  let quiet = 0;
  const looking = setInterval(() => {
    const servers = runningServers();
    for (const id of servers) process.kill(id, 'SIGQUIT');
    quiet = servers.length > 0 ? 0 : quiet + 1;
    if (quiet < looksWithoutServer) return;
    clearInterval(looking);
    for (const place of [...homes(), folder]) rmSync(place, { recursive: true, force: true });
  }, pauseMilliseconds);
}

// Ctrl-C goes to the whole group; this process must be the last to leave it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.on('disconnect', endServers);
