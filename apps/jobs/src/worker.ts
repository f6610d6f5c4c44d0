import { workAs } from '@timebank/database';
import type { Clock } from '@timebank/kernel';

/** Work that comes round by the product's clock: in each of its places, one after the other. */
export type Round = {
  name: string;
  everyMinutes: number;
  places(): Promise<readonly string[]>;
  run(place: string): Promise<unknown>;
};

export type Fault = { round: string; place: string | null; error: unknown };

/** Hears what begins and what is over, so that somebody else notices when nothing does any more. */
export type Diary = { begun(round: string): Promise<void>; over(round: string, faults: number): Promise<void> };

const noDiary: Diary = { begun: async () => undefined, over: async () => undefined };

const minuteMilliseconds = 60_000;
/** However fast the product's clock runs, the database is asked no more often than this. */
const shortestPauseMilliseconds = 1_000;

/**
 * Goes the rounds, one piece of work at a time. A fault is logged and stops only its own piece: the next bank, the next round and the next time go
 * on. `stop` lets the piece in hand end and begins no other.
 */
export class Worker {
  private readonly begunAt = new Map<Round, number>();
  private inHand: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | null = null;
  private isStopping = false;

  constructor(
    private readonly rounds: readonly Round[],
    private readonly clock: Clock,
    private readonly tell: (fault: Fault) => void,
    /** Throws while nothing may be written; then no round is gone. */
    private readonly mayWrite: () => Promise<void> = async () => undefined,
    private readonly diary: Diary = noDiary,
  ) {}

  /** Goes what is due now, and again after a minute of the product's time, until it is stopped. */
  start(): void {
    const pause = Math.max(minuteMilliseconds / this.clock.speed, shortestPauseMilliseconds);
    this.inHand = this.goOnceThenAfter(pause);
  }

  private async goOnceThenAfter(pause: number): Promise<void> {
    await this.goOnce();
    if (!this.isStopping) this.timer = setTimeout(() => this.start(), pause);
  }

  /** Every round that is due, once. */
  async goOnce(): Promise<void> {
    await this.noted(() => this.diary.begun('all'));
    try {
      await this.mayWrite();
    } catch (error) {
      return this.tell({ round: 'every round', place: null, error });
    }
    for (const round of this.rounds) {
      if (this.isStopping) return;
      const now = this.clock.now().getTime();
      const begunAt = this.begunAt.get(round);
      // Pauses are never exact: half a minute early counts as due.
      if (begunAt !== undefined && now - begunAt < (round.everyMinutes - 0.5) * minuteMilliseconds) continue;
      this.begunAt.set(round, now);
      await this.go(round);
    }
  }

  private async go(round: Round): Promise<void> {
    const places = await this.tried(round, null, () => round.places());
    let faults = places === null ? 1 : 0;
    for (const place of places ?? []) {
      if (this.isStopping) return;
      await this.noted(() => this.diary.begun(round.name));
      if ((await this.tried(round, place, () => workAs({ work: round.name }, async () => (await round.run(place), true)))) === null)
        faults += 1;
    }
    await this.noted(() => this.diary.over(round.name, faults));
  }

  /** A record that cannot be written keeps no work from being done; the work itself reports the cause. */
  private async noted(write: () => Promise<void>): Promise<void> {
    await write().catch(() => undefined);
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    if (this.timer) clearTimeout(this.timer);
    await this.inHand;
  }

  private async tried<Result>(round: Round, place: string | null, work: () => Promise<Result>): Promise<Result | null> {
    try {
      return await work();
    } catch (error) {
      this.tell({ round: round.name, place, error });
      return null;
    }
  }
}
