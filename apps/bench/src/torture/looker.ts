import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { HttpCaller } from '../http-caller';

const looksPerSecond = 20;

/** The child's side: looks at a person's own page, whether or not the looks before have been answered, until stdin ends; then says how long each took. */
export async function lookOn(port: number, token: string): Promise<void> {
  const caller = new HttpCaller(`http://127.0.0.1:${port}`);
  const ended = { is: false };
  process.stdin.resume().once('end', () => {
    ended.is = true;
  });
  const look = async (due: number) => {
    const { status } = await caller.send('GET', '/api/me', undefined, token);
    if (status !== 200) throw new Error(`answered ${status}`);
    return performance.now() - due;
  };
  // A first one opens the connection and warms this process.
  await look(0);
  process.stdout.write('ready\n');
  const startedAt = performance.now();
  const looks: Promise<number | null>[] = [];
  for (let due = startedAt; !ended.is; due = startedAt + (looks.length * 1_000) / looksPerSecond) {
    await wait(Math.max(0, due - performance.now()));
    looks.push(look(due).catch(() => null));
  }
  process.stdout.write(`${JSON.stringify(await Promise.all(looks))}\n`);
  caller.close();
}

/** Another person, who looks at their own page twenty times a second from a process of their own, which does nothing else. */
export class Looker {
  private constructor(private readonly child: ChildProcess) {}

  static async start(port: number, token: string): Promise<Looker> {
    const child = spawn(process.execPath, ['--enable-source-maps', 'dist/apps/bench/main.js', 'looks', String(port)], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { PATH: process.env['PATH'], TOKEN: token },
    });
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
    await once(lines, 'line');
    lines.close();
    return new Looker(child);
  }

  /** How long each look took, in milliseconds; for ever where it got no answer. */
  async end(): Promise<number[]> {
    const gone = once(this.child, 'exit');
    this.child.stdin?.end();
    const said = await text(this.child.stdout as NodeJS.ReadableStream);
    await gone;
    return (JSON.parse(said) as (number | null)[]).map((milliseconds) => milliseconds ?? Infinity);
  }
}
