/** Chance that can be drawn again: the same seed gives the same city. */
export class SeededChance {
  private state: number;

  constructor(readonly seed: number) {
    this.state = seed >>> 0;
  }

  /** From 0 up to 1 (mulberry32). */
  unit(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  between(least: number, most: number): number {
    return least + (most - least) * this.unit();
  }

  integer(least: number, most: number): number {
    return Math.floor(this.between(least, most + 1));
  }

  happens(probability: number): boolean {
    return this.unit() < probability;
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.integer(0, items.length - 1)] as Item;
  }

  /** Box and Muller. */
  normal(mean = 0, deviation = 1): number {
    return mean + deviation * Math.sqrt(-2 * Math.log(1 - this.unit())) * Math.cos(2 * Math.PI * this.unit());
  }

  lognormal(median: number, spread: number): number {
    return median * Math.exp(this.normal(0, spread));
  }

  /** A habit between never (0) and always (1). */
  beta(often: number, seldom: number): number {
    const one = this.gamma(often);
    return one / (one + this.gamma(seldom));
  }

  /** Marsaglia and Tsang; a shape below 1 by Ahrens and Dieter's power. */
  private gamma(shape: number): number {
    if (shape < 1) return this.gamma(shape + 1) * this.unit() ** (1 / shape);
    const [base, scale] = [shape - 1 / 3, 1 / Math.sqrt(9 * (shape - 1 / 3))];
    for (;;) {
      const drawn = this.normal();
      const cube = (1 + scale * drawn) ** 3;
      if (cube > 0 && Math.log(1 - this.unit()) < drawn ** 2 / 2 + base - base * cube + base * Math.log(cube)) return base * cube;
    }
  }

  /** An id that no other seed and no other number has. */
  id(kind: number, number: number): string {
    const hex = (value: number, length: number) => value.toString(16).padStart(length, '0').slice(-length);
    return `${hex(this.seed, 8)}-${hex(kind, 4)}-4000-8000-${hex(number, 12)}`;
  }
}
