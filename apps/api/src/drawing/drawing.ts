import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Language } from '@timebank/contract';
import { type DrawnBytes, type DrawnEntry, type DrawnForm, drawStatement, type Statement, wholeOf } from '@timebank/hours/drawing';
import { type CardSheet, drawCardSheet } from '@timebank/visits/drawing';
import { APP_OPTIONS, type AppOptions } from '../app.options';
import type { FromThread, ToThread } from './protocol';

/** The thread's heap, in MiB: a statement of the most entries that may be printed takes a fifth of it. */
const heapMebibytes = 256;

/** How long the thread waits for another file before it gives its fonts and heap back. */
const idleMilliseconds = 30_000;

/**
 * The thread's first statement: on Linux, where each thread has its priority, answers come before files when both want a processor. It runs before
 * the entry is loaded, which is half the time of a first file.
 */
const patiently = (entry: string) =>
  `if (process.platform === 'linux') require('node:os').setPriority(10); import(${JSON.stringify(pathToFileURL(entry).href)});`;

type FirstMessage = WithoutId<Extract<ToThread, { kind: 'begin' | 'cards' }>>;
type WithoutId<Message> = Message extends unknown ? Omit<Message, 'id'> : never;

/** Messages of one drawing, in their order, taken out one by one. */
class Letters {
  private readonly come: (FromThread | Error)[] = [];
  private wake: (() => void) | null = null;

  put(letter: FromThread | Error): void {
    this.come.push(letter);
    this.wake?.();
  }

  async next(): Promise<FromThread | Error> {
    while (this.come.length === 0) await new Promise<void>((wake) => (this.wake = wake));
    return this.come.shift() as FromThread | Error;
  }
}

/**
 * Draws files in a thread of its own, started with the first file and again if it dies, so that nobody waits for another's file. Specs run from
 * sources, where there is no such thread, and draw in place.
 */
@Injectable()
export class Drawing implements OnModuleDestroy {
  private thread: Worker | null = null;
  private readonly open = new Map<number, Letters>();
  private lastId = 0;
  private idle: NodeJS.Timeout | null = null;

  constructor(@Inject(APP_OPTIONS) private readonly options: AppOptions) {}

  /** The bytes as they come to be; no faster than they are taken. */
  draw(form: DrawnForm, statement: Statement, language: Language | null): DrawnBytes {
    const { drawingEntry } = this.options;
    if (drawingEntry === undefined) return drawStatement(form, statement, language);
    const { stretches, ...plain } = statement;
    return this.inThread(drawingEntry, { kind: 'begin', form, statement: plain, language }, stretches()[Symbol.asyncIterator]());
  }

  async drawCards(sheet: CardSheet): Promise<Buffer> {
    const { drawingEntry } = this.options;
    if (drawingEntry === undefined) return drawCardSheet(sheet);
    return (await wholeOf(this.inThread(drawingEntry, { kind: 'cards', sheet }, null))).bytes;
  }

  async onModuleDestroy(): Promise<void> {
    await this.thread?.terminate();
  }

  /** `entries` are asked for where what is drawn does not go along with the first message. */
  private async *inThread(entry: string, first: FirstMessage, entries: AsyncIterator<DrawnEntry[]> | null): DrawnBytes {
    this.lastId += 1;
    const [id, letters, worker] = [this.lastId, new Letters(), this.begun(entry)];
    const tell = (message: ToThread) => worker.postMessage(message, []);
    this.open.set(id, letters);
    try {
      tell({ id, ...first });
      for (;;) {
        const letter = await letters.next();
        if (letter instanceof Error) throw letter;
        if (letter.kind === 'done') return letter.unprintable;
        if (letter.kind === 'fault') throw new Error(letter.message);
        if (letter.kind === 'bytes') yield letter.bytes;
        else {
          const next = await entries?.next();
          tell({ id, kind: 'entries', entries: next === undefined || next.done ? null : next.value });
        }
      }
    } finally {
      this.open.delete(id);
      await entries?.return?.();
      tell({ id, kind: 'leave' });
      if (this.open.size === 0) this.idle = setTimeout(() => this.rest(), idleMilliseconds).unref();
    }
  }

  /** Nothing is being drawn: the next file begins another thread. */
  private rest(): void {
    // Two files that ended at once set two clocks, and the next file stopped one.
    if (this.open.size > 0) return;
    const { thread } = this;
    this.thread = null;
    void thread?.terminate();
  }

  private begun(entry: string): Worker {
    if (this.idle) clearTimeout(this.idle);
    if (this.thread) return this.thread;
    const thread = new Worker(patiently(entry), {
      eval: true,
      resourceLimits: { maxOldGenerationSizeMb: heapMebibytes },
      execArgv: ['--enable-source-maps'],
    });
    this.thread = thread;
    thread.unref();
    thread.on('message', (letter: FromThread) => this.open.get(letter.id)?.put(letter));
    thread.on('error', (error) => this.lost(thread, error));
    thread.on('exit', () => this.lost(thread, new Error('the drawing thread ended')));
    return thread;
  }

  /** The current drawing fails, as a fault of this process; the next file starts another thread. */
  private lost(thread: Worker, error: Error): void {
    if (this.thread !== thread) return;
    this.thread = null;
    for (const letters of this.open.values()) letters.put(error);
  }
}
