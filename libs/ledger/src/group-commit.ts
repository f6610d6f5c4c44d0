import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { asOutage, CLOCK, isRetryable, LedgerPool } from '@timebank/database';
import type { Clock } from '@timebank/kernel';
import { postStatement } from './post.sql';
import { keyOf, postArguments, type PostedRow, type Posting } from './posting.rules';

type Call = { postings: readonly Posting[]; answer: (rows: PostedRow[]) => void; fail: (error: unknown) => void };

/** Connections that post at once. Two keep Postgres at work while the answers of the other batch are read. */
const lanes = 2;
/** Postings of one batch. A single call may bring more; it then goes alone. */
const batchSize = 128;
/** Postings that wait. Beyond that a caller is sent away, which is kinder than keeping them waiting for seconds. */
const longestQueue = 4_096;
const mostAttempts = 12;

/**
 * Posts calls from all over the process in batches, each batch one statement and one commit: the batch is whatever queued up
 * while the lanes were busy, so that a call on an idle ledger goes alone and at once, and there is no timer. A call's own
 * postings stay together. What fails a whole batch (one item that Postgres cannot even read) fails only the call that brought
 * it: the calls of that batch then go one by one. Refuses `service/busy` when too much is waiting, `service/unavailable` when
 * the database is away; whether a posting then stands is unknown, and sending it again tells.
 */
@Injectable()
export class GroupCommit implements BeforeApplicationShutdown {
  private waiting: Call[] = [];
  private waitingPostings = 0;
  private busyLanes = 0;
  private whenIdle: (() => void)[] = [];

  constructor(
    private readonly ledger: LedgerPool,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The rows that `post_many` answers for these postings, which name no id twice. */
  async post(postings: readonly Posting[]): Promise<PostedRow[]> {
    if (this.waitingPostings + postings.length > longestQueue && this.waitingPostings > 0)
      throw refuse('service/busy', { retryAfterSeconds: 1 });
    return new Promise<PostedRow[]>((answer, fail) => {
      this.waiting.push({ postings, answer, fail });
      this.waitingPostings += postings.length;
      this.startLane();
    });
  }

  /** Everything that was taken on is posted before the connections close. */
  async beforeApplicationShutdown(): Promise<void> {
    if (this.busyLanes > 0) await new Promise<void>((idle) => this.whenIdle.push(idle));
  }

  private startLane(): void {
    if (this.busyLanes >= lanes) return;
    this.busyLanes += 1;
    // After this turn of the event loop, so that callers who come together leave together.
    setImmediate(() => void this.work());
  }

  private async work(): Promise<void> {
    for (let batch = this.nextBatch(); batch.length > 0; batch = this.nextBatch()) await this.postBatch(batch);
    this.busyLanes -= 1;
    if (this.busyLanes === 0) for (const idle of this.whenIdle.splice(0)) idle();
  }

  /** From the front of the queue. An id that is in the batch already waits for the next one. */
  private nextBatch(): Call[] {
    const batch: Call[] = [];
    const later: Call[] = [];
    const ids = new Set<string>();
    let size = 0;
    let taken = 0;
    for (const call of this.waiting) {
      if (size > 0 && size + call.postings.length > batchSize) break;
      taken += 1;
      const keys = call.postings.map(keyOf);
      if (keys.some((key) => ids.has(key))) {
        later.push(call);
        continue;
      }
      for (const key of keys) ids.add(key);
      batch.push(call);
      size += call.postings.length;
    }
    this.waiting = [...later, ...this.waiting.slice(taken)];
    this.waitingPostings -= size;
    return batch;
  }

  private async postBatch(batch: readonly Call[]): Promise<void> {
    try {
      const rows = await this.send(batch.flatMap((call) => call.postings));
      let before = 0;
      for (const { postings, answer } of batch) {
        const legs = postings.reduce((sum, posting) => sum + (posting.onward ? 2 : 1), 0);
        const from = before;
        answer(rows.filter(({ place }) => place > from && place <= from + legs).map((row) => ({ ...row, place: row.place - from })));
        before += legs;
      }
    } catch (error) {
      const [only, ...others] = batch;
      const fault = asOutage(error);
      // A lost connection says nothing about the items; anything else may be one item's doing.
      if (others.length === 0 || fault !== error) for (const call of batch) call.fail(fault);
      else for (const call of [only as Call, ...others]) await this.postBatch([call]);
    }
  }

  private async send(postings: readonly Posting[]): Promise<PostedRow[]> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const { rows } = await this.ledger.pool.query<PostedRow>({ ...postStatement, values: postArguments(postings, this.clock.now()) });
        return rows;
      } catch (error) {
        if (!isRetryable(error) || attempt >= mostAttempts) throw error;
        await new Promise((again) => setTimeout(again, Math.random() * 5 * attempt));
      }
    }
  }
}
