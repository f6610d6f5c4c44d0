import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { BooksState } from '@timebank/ledger';
import { CannotRun } from './cannot-run';

/** A process that this one keeps running. */
export type Keeping = {
  /** As people call it, at the beginning of a sentence. */
  name: string;
  entry: string;
  flags: readonly string[];
  env: NodeJS.ProcessEnv;
  /** What it writes on standard output, as a line of JSON, once it works; and what is said about that. */
  event: string;
  working: string;
  /** Part of a line that is worth no word. */
  unsaid?: string;
};

type ReadyMessage = { port?: number } & Partial<Pick<BooksState, 'rolledBack' | 'storedUntil'>>;

/** All in milliseconds. */
export type Times = { firstPause: number; longestPause: number; sound: number; longestGoodbye: number };

const ordinaryTimes: Times = {
  firstPause: 1_000,
  longestPause: 60_000,
  /** A process that ran this long was sound: its next fault begins with the shortest pause again. */
  sound: 60_000,
  /** A process sees to it by itself that its goodbye takes ten seconds; one that hangs is ended. */
  longestGoodbye: 15_000,
};

/**
 * A child process, started again whenever it ends by itself, after a pause that doubles from one second to a minute. One that was told to end, or
 * announced its end, stays ended. It ends with this process, however that ends: the channel between them breaks.
 */
export class LookedAfter {
  private child: ChildProcess | null = null;
  private timer: NodeJS.Timeout | null = null;
  private env: NodeJS.ProcessEnv;
  private pause: number;
  private isEnding = false;
  private lastCode: number | null = null;

  constructor(
    private readonly keeping: Keeping,
    private readonly say: (text: string) => void,
    private readonly times: Times = ordinaryTimes,
  ) {
    this.env = keeping.env;
    this.pause = times.firstPause;
  }

  /** Resolves with its message once it works for the first time. If it ends before that, it is an error and nothing is tried again. */
  start(): Promise<ReadyMessage> {
    return new Promise((works, failed) => this.begin(works, failed));
  }

  /** For what the service can do without for a while: a fault at the first time is like every other. */
  keep(): void {
    this.begin(() => undefined, null);
  }

  /** From now on its end is no surprise: a signal to a whole group of processes reaches it as well as this one. */
  expectEnd(): void {
    this.isEnding = true;
    if (this.timer) clearTimeout(this.timer);
  }

  /** Lets the work in hand end. Answers the exit code; null where a signal ended it. */
  async stop(): Promise<number | null> {
    this.expectEnd();
    const { child } = this;
    if (!child) return this.lastCode;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), this.times.longestGoodbye);
    await gone;
    clearTimeout(late);
    return child.exitCode;
  }

  private begin(works: (told: ReadyMessage) => void, failed: ((fault: Error) => void) | null): void {
    const startedAt = performance.now();
    const { name, entry, flags, event, working, unsaid } = this.keeping;
    const child = fork(entry, { execArgv: [...flags], stdio: ['ignore', 'pipe', 'inherit', 'ipc'], env: this.env });
    this.child = child;
    let hasWorked = false;
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      if (!line.startsWith(`{"event":"${event}"`)) {
        if (unsaid === undefined || !line.includes(unsaid)) this.say(line);
        return;
      }
      const told = JSON.parse(line) as ReadyMessage;
      hasWorked = true;
      // The port that was found once is the one that people know.
      if (told.port !== undefined) this.env = { ...this.env, PORT: String(told.port) };
      this.say(`  ✓ ${working} (process ${child.pid})`);
      works(told);
    });
    child.once('exit', (code, signal) => {
      this.child = null;
      this.lastCode = code;
      if (failed && !hasWorked) failed(new CannotRun(`${name} ended before it worked (${signal ?? `exit code ${code}`}).`));
      else if (!this.isEnding) this.beginLater(signal ?? `exit code ${code}`, performance.now() - startedAt);
    });
  }

  private beginLater(how: string, ranMilliseconds: number): void {
    if (ranMilliseconds > this.times.sound) this.pause = this.times.firstPause;
    this.say(`${this.keeping.name} ended by itself (${how}); starting it again in ${this.pause / 1_000} s.`);
    this.timer = setTimeout(() => this.keep(), this.pause);
    this.pause = Math.min(this.pause * 2, this.times.longestPause);
  }
}
