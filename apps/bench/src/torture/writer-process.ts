import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Posting } from '@timebank/ledger';
import type { WriterAnswer } from './serve-writer';

type Waiting = { answer: (outcome: string) => void; fail: (error: Error) => void };

/** A process of its own whose callers share the group-commit writer, and which can be killed. */
export class WriterProcess {
  private calls = 0;
  private readonly waiting = new Map<number, Waiting>();

  private constructor(private readonly child: ChildProcess) {
    child.once('exit', () => {
      for (const { fail } of this.waiting.values()) fail(new Error('the writer is gone'));
      this.waiting.clear();
    });
    // A line may be on its way to a process that has just been killed.
    child.stdin?.on('error', () => undefined);
  }

  static async start(databaseUrl: string): Promise<WriterProcess> {
    const child = spawn(process.execPath, ['--enable-source-maps', 'dist/apps/bench/main.js', 'writer', databaseUrl], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { PATH: process.env['PATH'] },
    });
    const writer = new WriterProcess(child);
    await new Promise<void>((ready, failed) => {
      child.once('exit', (code) => failed(new Error(`the writer ended before it was ready (exit code ${code})`)));
      createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
        const { call, outcome } = JSON.parse(line) as WriterAnswer;
        if (call === -1) ready();
        writer.waiting.get(call)?.answer(outcome);
        writer.waiting.delete(call);
      });
    });
    return writer;
  }

  /** What the ledger answered: an outcome or a code. Rejects when the process dies before it answers. */
  post(posting: Posting): Promise<string> {
    return new Promise((answer, fail) => {
      if (this.child.exitCode !== null || this.child.signalCode !== null) {
        fail(new Error('the writer is gone'));
        return;
      }
      this.calls += 1;
      this.waiting.set(this.calls, { answer, fail });
      this.child.stdin?.write(`${JSON.stringify({ call: this.calls, posting })}\n`);
    });
  }

  /** Ends the process by its id and waits until it is gone. */
  async end(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    await new Promise<void>((gone) => {
      this.child.once('exit', () => gone());
      this.child.kill(signal);
    });
  }
}
