import { refuse } from '@timebank/contract';
import type { Limits } from './limits';

type Bounds = Pick<Limits, 'callsOfCallerAtOnce' | 'callsOfCallerWaiting' | 'costlyOfPersonInHand'>;
type Caller = { running: number; costly: number; waiting: (() => void)[] };

/**
 * Turns of each caller by themselves: so many calls at once, the others behind them in the order they came. A burst of one caller is
 * spread out and meets nobody else's. Costly calls have turns of their own (`CostlyTurns`) and take none of these, but what is over
 * their number is refused here, before anybody is looked up for it.
 */
export class CallerTurns {
  private readonly callers = new Map<string, Caller>();

  constructor(private readonly bounds: Bounds) {}

  /** Waits for the turn of a caller, however they are told apart, and answers what ends it. Refuses `request/too_many`. */
  async take(name: string, isCostly: boolean): Promise<() => void> {
    const caller = this.callers.get(name) ?? { running: 0, costly: 0, waiting: [] };
    if (isCostly && caller.costly >= this.bounds.costlyOfPersonInHand) throw refuse('request/too_many', { retryAfterSeconds: 2 });
    if (caller.waiting.length >= this.bounds.callsOfCallerWaiting) throw refuse('request/too_many', { retryAfterSeconds: 1 });
    this.callers.set(name, caller);
    if (isCostly) caller.costly += 1;
    else if (caller.running < this.bounds.callsOfCallerAtOnce) caller.running += 1;
    // Whoever ends hands their turn on, so that nobody slips in between.
    else await new Promise<void>((go) => caller.waiting.push(go));
    let isOver = false;
    return () => {
      if (!isOver) this.end(name, caller, isCostly);
      isOver = true;
    };
  }

  /** Callers who have something here: nobody is remembered for longer. */
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
