import { refuse } from '@timebank/contract';
import type { Limits } from './limits';

type Bounds = Pick<Limits, 'callsOfCallerAtOnce' | 'callsOfCallerWaiting' | 'costlyOfPersonInHand'>;
type Caller = { running: number; costly: number; waiting: (() => void)[] };

/**
 * Turns for each caller: so many calls at once, the others behind them in the order they came. A burst of one caller is spread out and meets nobody
 * else's. Costly calls have turns of their own (`CostlyTurns`) and take none of these, but those above the limit are refused here, before anybody is
 * looked up for them.
 */
export class CallerTurns {
  private readonly callers = new Map<string, Caller>();

  constructor(private readonly bounds: Bounds) {}

  /**
   * Waits for a caller's turn, however callers are told apart, and answers a function that ends it. Refuses `request/too_many`. `waits` is given what
   * leaves the queue, for a caller who does not wait any longer.
   */
  async take(name: string, isCostly: boolean, waits: (leave: () => void) => void = () => undefined): Promise<() => void> {
    const caller = this.callers.get(name) ?? { running: 0, costly: 0, waiting: [] };
    if (isCostly && caller.costly >= this.bounds.costlyOfPersonInHand) throw refuse('request/too_many', { retryAfterSeconds: 2 });
    if (caller.waiting.length >= this.bounds.callsOfCallerWaiting) throw refuse('request/too_many', { retryAfterSeconds: 1 });
    this.callers.set(name, caller);
    if (isCostly) caller.costly += 1;
    else if (caller.running < this.bounds.callsOfCallerAtOnce) caller.running += 1;
    // A caller that ends hands its turn on, so nobody slips in between.
    else
      await new Promise<void>((go, refused) => {
        caller.waiting.push(go);
        waits(() => {
          const place = caller.waiting.indexOf(go);
          if (place < 0) return;
          caller.waiting.splice(place, 1);
          refused(refuse('request/too_many', { retryAfterSeconds: 1 }));
        });
      });
    let isOver = false;
    return () => {
      if (!isOver) this.end(name, caller, isCostly);
      isOver = true;
    };
  }

  /** Callers who have something here; nobody is remembered for longer. */
  get known(): number {
    return this.callers.size;
  }

  private end(name: string, caller: Caller, isCostly: boolean): void {
    const next = isCostly ? undefined : caller.waiting.shift();
    if (next) next();
    else if (isCostly) caller.costly -= 1;
    else caller.running -= 1;
    if (caller.running === 0 && caller.costly === 0) this.callers.delete(name);
  }
}
