import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setInterval } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { runCommand } from './run-command';

// For specs: the command line, built as its users have it, and in this process.

const entry = 'dist/apps/cli/main.js';
const plain = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(NODE_OPTIONS|DATABASE_|ADMIN_|PUBLIC_URL|SECRET_KEY|DEMO|CLOCK_SPEED|RATE_LIMIT)/.test(name),
  ),
);

export type Settings = Record<string, string>;

export type Ran = { status: number | null; stdout: string; stderr: string };

/** A command as its own process, run to its end. Nothing else waits for it: a kept connection that a server closes meanwhile is seen to be closed. */
export async function runProcess(args: string[], settings: Settings): Promise<Ran> {
  const child = spawn(process.execPath, [entry, ...args], { env: { ...plain, ...settings } });
  child.stdin.on('error', () => undefined).end();
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { status, stdout, stderr };
}

const replaced = (key: 'env' | 'stdin', value: unknown): (() => void) => {
  const before = Object.getOwnPropertyDescriptor(process, key);
  Object.defineProperty(process, key, { value, configurable: true, writable: true, enumerable: true });
  return () => before && Object.defineProperty(process, key, before);
};

/** A command run to its end in this process, with what it reads and writes its own: a process of its own loads for longer than most commands work. */
export async function run(args: string[], settings: Settings, input = ''): Promise<Ran> {
  const said = { stdout: '', stderr: '' };
  const putBack = [replaced('env', { ...plain, ...settings }), replaced('stdin', Readable.from([input]))];
  for (const name of ['stdout', 'stderr'] as const) {
    const spy = jest.spyOn(process[name], 'write').mockImplementation((words) => {
      said[name] += String(words);
      return true;
    });
    putBack.push(() => spy.mockRestore());
  }
  const before = process.exitCode;
  process.exitCode = 0;
  try {
    await runCommand(args);
    return { status: Number(process.exitCode), ...said };
  } finally {
    process.exitCode = before;
    for (const put of putBack) put();
  }
}

/** A running `timebank start`. */
export class RunningTimebank {
  static readonly all: RunningTimebank[] = [];
  readonly lines: string[] = [];
  private readonly heard = new EventEmitter();
  private constructor(readonly child: ChildProcess) {
    RunningTimebank.all.push(this);
  }

  static async until(word: string, settings: Settings): Promise<RunningTimebank> {
    const started = new RunningTimebank(
      spawn(process.execPath, [entry, 'start'], {
        env: { ...plain, HOST: '127.0.0.1', PORT: '0', ...settings },
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    );
    const { child } = started;
    await new Promise<void>((found, failed) => {
      const read = (line: string) => {
        started.lines.push(line);
        started.heard.emit('line');
        if (line.includes(word)) found();
      };
      for (const stream of [child.stdout, child.stderr]) if (stream) createInterface({ input: stream }).on('line', read);
      child.once('exit', (code) => failed(new Error(`start ended with ${code}:\n${started.lines.join('\n')}`)));
    });
    return started;
  }

  static ready(settings: Settings): Promise<RunningTimebank> {
    return RunningTimebank.until('Stop with Ctrl-C', settings);
  }

  get text(): string {
    return this.lines.join('\n');
  }

  /** The id of the jobs process, as soon as one other than `before` works. */
  jobsProcess(before = 0): Promise<number> {
    return this.processOf('background work', before);
  }

  /** The id of the API's process, as soon as one other than `before` listens. */
  apiProcess(before = 0): Promise<number> {
    return this.processOf('API', before);
  }

  /** Resolves once so many lines have said this. */
  async said(word: string, times: number): Promise<void> {
    while (this.lines.filter((line) => line.includes(word)).length < times) await once(this.heard, 'line');
  }

  private async processOf(name: string, before: number): Promise<number> {
    for (;;) {
      const ids = this.lines.map((line) => Number(line.split(`✓ ${name} (process `)[1]?.split(')')[0] ?? 0));
      const id = ids.findLast((found) => found > 0);
      if (id !== undefined && id !== before) return id;
      await once(this.heard, 'line');
    }
  }

  get address(): string {
    return `http://127.0.0.1:${/localhost:(\d+)\/console/.exec(this.text)?.[1]}`;
  }

  async signIn(
    phone: string,
    password: string,
  ): Promise<{ status: number; token: string; roles: { role: string; bankId: string | null }[] }> {
    const answer = await fetch(`${this.address}/api/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ phone, password }),
    });
    const { token = '', roles = [] } = (await answer.json()) as { token?: string; roles?: { role: string; bankId: string | null }[] };
    return { status: answer.status, token, roles };
  }

  /** A call as whoever holds the token; throws unless it is answered with success. */
  async call(token: string, method: string, path: string, body?: object): Promise<Record<string, unknown>> {
    const answer = await fetch(`${this.address}/api${path}`, {
      method,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const told = (await answer.json()) as Record<string, unknown>;
    if (!answer.ok) throw new Error(`${method} ${path}: ${JSON.stringify(told)}`);
    return told;
  }

  async end(signal: NodeJS.Signals): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    this.child.removeAllListeners('exit');
    const ended = once(this.child, 'exit');
    this.child.kill(signal);
    return ((await ended) as [number | null])[0];
  }
}

/** Whether a process runs; one that has ended and waits to be noticed does not. */
export function isAlive(processId: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${processId}/status`, 'utf8'));
  } catch {
    return false;
  }
}

export async function untilGone(processId: number): Promise<void> {
  for await (const _ of setInterval(50)) if (!isAlive(processId)) return;
}

function serverNote(dataDir: string): string {
  const home = existsSync(join(dataDir, 'where')) ? readFileSync(join(dataDir, 'where'), 'utf8').trim() : dataDir;
  return join(home, 'postgres', 'postmaster.pid');
}

/** Whether the database server of an installation still runs. */
export const serverRuns = (dataDir: string): boolean => existsSync(serverNote(dataDir));

/** Its process id. */
export const serverProcess = (dataDir: string): number => Number(readFileSync(serverNote(dataDir), 'utf8').split('\n')[0]);
