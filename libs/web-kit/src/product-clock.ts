import { ref } from 'vue';

/**
 * The product's clock: the server's last time, advanced by elapsed real time times `speed`. It never asks the page's own date: a phone with a wrong
 * clock still shows the right day.
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
