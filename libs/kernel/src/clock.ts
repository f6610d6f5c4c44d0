/** The product's clock: plans, scans, deadlines, policies, ledger times. Real time (sessions, rate limits) never goes through it. */
export interface Clock {
  now(): Date;
  /** Product seconds per real second; 1 except when trying the product out. */
  readonly speed: number;
  /** Whether this is the machine's own time, so anything stored ahead of it was recorded while the machine was wrong. */
  readonly isMachines: boolean;
}

/** Runs from `origin` at `speed`. With the defaults it is the machine's own time. */
export class RunningClock implements Clock {
  private readonly startedAt = Date.now();

  constructor(
    readonly speed = 1,
    private readonly origin = new Date(),
    readonly isMachines = speed === 1,
  ) {}

  now(): Date {
    return new Date(this.origin.getTime() + (Date.now() - this.startedAt) * this.speed);
  }
}

/** Stands still until it is moved: for the demo city and for tests. */
export class ManualClock implements Clock {
  readonly speed = 1;
  isMachines = false;

  constructor(private instant: Date) {}

  now(): Date {
    return new Date(this.instant);
  }

  set(instant: Date): void {
    this.instant = instant;
  }

  advance(minutes: number): void {
    this.instant = new Date(this.instant.getTime() + minutes * 60_000);
  }
}
