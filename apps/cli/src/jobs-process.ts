import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { jobsFlags } from '../../jobs/src/node-flags';

const firstPauseMilliseconds = 1_000;
const longestPauseMilliseconds = 60_000;
/** What has run so long was sound: the next fault begins with the shortest pause again. */
const soundAfterMilliseconds = 60_000;

/**
 * The jobs process, started again whenever it ends by itself, after a pause that doubles from one second to a minute. It ends with this
 * process, however that ends: the channel between them breaks.
 */
export class JobsProcess {
  private child: ChildProcess | null = null;
  private timer: NodeJS.Timeout | null = null;
  private pause = firstPauseMilliseconds;
  private isStopping = false;

  constructor(
    private readonly entry: string,
    private readonly env: NodeJS.ProcessEnv,
    private readonly say: (text: string) => void,
  ) {}

  start(): void {
    const startedAt = performance.now();
    const child = fork(this.entry, { execArgv: [...jobsFlags], stdio: ['ignore', 'pipe', 'inherit', 'ipc'], env: this.env });
    this.child = child;
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      this.say(line.startsWith('{"event":"working"') ? `  ✓ background work (process ${child.pid})` : line);
    });
    child.once('exit', () => {
      this.child = null;
      if (this.isStopping) return;
      if (performance.now() - startedAt > soundAfterMilliseconds) this.pause = firstPauseMilliseconds;
      this.say(`Background work ended by itself; starting it again in ${this.pause / 1_000} s.`);
      this.timer = setTimeout(() => this.start(), this.pause);
      this.pause = Math.min(this.pause * 2, longestPauseMilliseconds);
    });
  }

  /** Lets the work in hand end; the process itself sees to it that this takes seconds. */
  async stop(): Promise<void> {
    this.isStopping = true;
    if (this.timer) clearTimeout(this.timer);
    if (!this.child) return;
    const gone = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await gone;
  }
}
