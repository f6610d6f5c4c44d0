import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { asOutage, asRefusal, CLOCK, isRetryable, LedgerPool } from '@timebank/database';
import type { Clock } from '@timebank/kernel';
import { postStatement } from './post.sql';
import { accountKeysOf, keyOf, postArguments, type PostedRow, type Posting } from './posting.rules';

type Call = {
  postings: readonly Posting[];
  ids: readonly string[];
  /** The ids and the accounts. */
  keys: readonly string[];
  answer: (rows: PostedRow[]) => void;
  fail: (error: unknown) => void;
};

/** Connections that post at once. Two keep Postgres at work while answers are read. */
const lanes = 2;
/** Postings in one batch. A single call may bring more; it then goes alone. */
const batchSize = 128;
/** Postings that wait. Beyond that a caller is sent away, which is kinder than keeping them waiting for seconds. */
const longestQueue = 4_096;
const mostAttempts = 12;

/**
 * Posts calls from all over the process in batches, each one statement and one commit. A batch is whatever queued up while the writers were busy: a
 * call on an idle ledger goes alone and at once, and there is no timer. A call's own postings stay together. If one item fails a whole batch
 * (Postgres cannot even read it), only the call that brought it fails: the batch's calls then go one by one. Refuses `service/busy` when too much is
 * waiting, `service/unavailable` when the database is away; whether a posting was written is then unknown, and sending it again tells.
 */
@Injectable()
export class GroupCommit implements BeforeApplicationShutdown {
  private waiting: Call[] = [];
  private waitingPostings = 0;
  private busyLanes = 0;
  /** Accounts and ids of each batch on its way. */
  private readonly underway = new Set<ReadonlySet<string>>();
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
      const ids = postings.map(keyOf);
      this.waiting.push({ postings, ids, keys: [...ids, ...accountKeysOf(postings)], answer, fail });
      this.waitingPostings += postings.length;
      this.startLane();
    });
  }

  /** Everything that was taken on is posted before the connections close. */
  async beforeApplicationShutdown(): Promise<void> {
    if (this.busyLanes > 0) await new Promise<void>((idle) => this.whenIdle.push(idle));
  }

  private startLane(): void {
    if (this.busyLanes >= lanes || this.waiting.length === 0) return;
    this.busyLanes += 1;
    void this.work();
  }

  private async work(): Promise<void> {
    for (let batch = await this.nextBatch(); batch.length > 0; batch = await this.nextBatch()) {
      const touched = new Set(batch.flatMap(({ keys }) => keys));
      this.underway.add(touched);
      this.startLane();
      await this.postBatch(batch);
      this.underway.delete(touched);
    }
    this.busyLanes -= 1;
    // Another call may have come between the last look and this line.
    this.startLane();
    if (this.busyLanes === 0) for (const idle of this.whenIdle.splice(0)) idle();
  }

  /**
   * Takes calls that share no accounts, so that the writers run side by side and one statement writes the batch; if those are few, it takes the first
   * in line. It waits for this turn of the event loop to end: callers who come together, or were answered together, leave together.
   */
  private async nextBatch(): Promise<Call[]> {
    await new Promise((nextTurn) => setImmediate(nextTurn));
    const apart = this.choose(true);
    const { batch, later, size } = apart.batch.length >= apart.later.length ? apart : this.choose(false);
    this.waiting = [...later, ...this.waiting.slice(batch.length + later.length)];
    this.waitingPostings -= size;
    return batch;
  }

  /** From the front of the queue. An id goes once a batch; a call that must wait holds back those behind it on its accounts. */
  private choose(apart: boolean): { batch: Call[]; later: Call[]; size: number } {
    const batch: Call[] = [];
    const later: Call[] = [];
    const taken = new Set<string>();
    const sets = apart ? [taken, ...this.underway] : [taken];
    const isTaken = (key: string) => sets.some((keys) => keys.has(key));
    let size = 0;
    for (const call of this.waiting) {
      if (size > 0 && size + call.postings.length > batchSize) break;
      if ((apart ? call.keys : call.ids).some(isTaken)) later.push(call);
      else {
        batch.push(call);
        size += call.postings.length;
      }
      for (const key of call.keys) taken.add(key);
    }
    return { batch, later, size };
  }

  private async postBatch(batch: readonly Call[]): Promise<void> {
    try {
      const rows = await this.send(batch.flatMap((call) => call.postings));
      // The rows come in the order of the legs.
      let [next, before] = [0, 0];
      for (const { postings, answer } of batch) {
        const end = postings.reduce((sum, posting) => sum + (posting.onward ? 2 : 1), before);
        const own: PostedRow[] = [];
        for (let row = rows[next]; row !== undefined && row.place <= end; row = rows[next]) {
          own.push({ ...row, place: row.place - before });
          next += 1;
        }
        answer(own);
        before = end;
      }
    } catch (error) {
      const [only, ...others] = batch;
      // A lost connection says nothing about the items; any other error may be one item's fault.
      if (others.length === 0 || asOutage(error) !== error) for (const call of batch) call.fail(asRefusal(error));
      else for (const call of [only as Call, ...others]) await this.postBatch([call]);
    }
  }

  private async send(postings: readonly Posting[]): Promise<PostedRow[]> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const { rows } = await this.ledger.pool.query<PostedRow>({
          ...postStatement(postings.length),
          values: postArguments(postings, this.clock.now()),
        });
        return rows;
      } catch (error) {
        if (!isRetryable(error) || attempt >= mostAttempts) throw error;
        await new Promise((again) => setTimeout(again, Math.random() * 5 * attempt));
      }
    }
  }
}
