import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const keeper = resolve('libs/testing/src/server.keeper.ts');
const idle = 'console.log("runs"); setInterval(() => undefined, 1000)';

/** A process that stands for the tests: it forks the keeper as their set-up does, and says so. */
const tests = `
  const { fork } = require('node:child_process');
  const [keeper, folder] = process.argv.slice(1);
  fork(keeper, [folder], { detached: true, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  ${idle}
`;

async function running(...args: string[]) {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NODE_OPTIONS: '' } });
  await once(child.stdout, 'data');
  return child;
}

/** A process that stands for a Postgres with its data in this folder. */
async function serverIn(home: string) {
  const server = await running('-e', idle);
  mkdirSync(join(home, 'postgres'), { recursive: true });
  writeFileSync(join(home, 'postgres/postmaster.pid'), `${server.pid}\n`);
  return { exit: once(server, 'exit') };
}

describe('the keeper of what the tests leave behind', () => {
  it.each(['SIGINT', 'SIGKILL'] as const)('ends every server and takes their files away when the tests end by %s', async (signal) => {
    const [folder, elsewhere] = [mkdtempSync(join(tmpdir(), 'kept-')), mkdtempSync(join(tmpdir(), 'elsewhere-'))];
    mkdirSync(join(folder, 'another'));
    writeFileSync(join(folder, 'another/where'), `${elsewhere}\n`);
    const servers = [await serverIn(join(folder, 'one')), await serverIn(elsewhere)];
    const middle = await running('-e', tests, keeper, folder);
    // Its output stays open until the keeper, which shares it, has ended too.
    const closed = once(middle, 'close');
    middle.kill(signal);
    for (const { exit } of servers) expect((await exit)[1]).toBe('SIGQUIT');
    await closed;
    expect([existsSync(folder), existsSync(elsewhere)]).toEqual([false, false]);
  });
});
