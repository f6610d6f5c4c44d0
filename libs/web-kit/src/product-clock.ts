import { ref } from 'vue';

/**
 * The product's clock as the server last told it, carried on by elapsed real time times `speed`.
 * The page's own date is never asked: a phone with a wrong clock still shows the right day.
 */
export function createProductClock(elapsed: () => number = () => performance.now()) {
  const speed = ref(1);
  const known = ref(false);
  let toldAt = elapsed();
  let told = 0;
  return {
    speed,
    known,
    tell(now: string, at: number): void {
      told = Date.parse(now);
      toldAt = elapsed();
      speed.value = at;
      known.value = true;
    },
    now(): Date {
      return new Date(told + (elapsed() - toldAt) * speed.value);
    },
  };
}

export type ProductClock = ReturnType<typeof createProductClock>;
