import { refuse } from '@timebank/contract';

/** Lets so many through at once and so many more wait; who comes after those is refused with `service/busy`. */
export class Turnstile {
  private inside = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly mostInside: number,
    private readonly mostWaiting: number,
  ) {}

  async pass<Result>(work: () => Promise<Result>): Promise<Result> {
    await this.enter();
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.inside -= 1;
    }
  }

  private enter(): Promise<void> | void {
    if (this.inside < this.mostInside) {
      this.inside += 1;
      return;
    }
    if (this.waiting.length >= this.mostWaiting) throw refuse('service/busy', { retryAfterSeconds: 2 });
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}
