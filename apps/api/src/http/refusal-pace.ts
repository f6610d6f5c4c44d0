import type { Limits } from './limits';

type Bounds = Pick<Limits, 'refusalsAtOnce' | 'refusalsASecond' | 'refusalMilliseconds'>;

/**
 * How long a refusal waits before it is answered. Some go at once, as a person needs. A caller refused faster than any person can be waits longer and
 * longer, so a flood of bad calls comes no faster than it can be refused beside everybody's work. This is the leaky bucket as a meter, in its form
 * with one time for each (ITU-T I.371, generic cell rate algorithm).
 */
export class RefusalPace {
  /** When the next refusal of each would be in time, in milliseconds. */
  private due = new Map<string, number>();

  constructor(
    private readonly bounds: Bounds,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Milliseconds to wait with one more refusal. */
  next(name: string): number {
    const [now, apart] = [this.now(), 1_000 / this.bounds.refusalsASecond];
    if (this.due.size > 1_000) this.due = new Map([...this.due].filter(([, due]) => due > now));
    const due = Math.max(this.due.get(name) ?? 0, now) + apart;
    const wait = Math.max(0, due - now - this.bounds.refusalsAtOnce * apart);
    // Nobody waits beyond the longest wait, or they would pay for it long after.
    if (wait > this.bounds.refusalMilliseconds) return this.bounds.refusalMilliseconds;
    this.due.set(name, due);
    return wait;
  }
}
