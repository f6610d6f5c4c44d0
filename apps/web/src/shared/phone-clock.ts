/** The server's last time, with the phone's own clock at that moment, in milliseconds. */
export type ToldTime = { now: string; speed: number; wall: number };

/**
 * The product's clock on a phone: the server's time when it was last heard, carried on by what has passed since, times `speed`. What has
 * passed is the longer of two measures: the page's own, which stops while the phone sleeps, and the phone's clock, which a person may
 * set. A clock set back therefore never turns time back within a page; one set forward does, and the server flags it.
 */
export function createPhoneClock(wall: () => number = () => Date.now(), steady: () => number = () => performance.now()) {
  let told: ToldTime = { now: new Date(0).toISOString(), speed: 1, wall: wall() };
  let toldAt = steady();
  return {
    /** Heard from the server just now; answers what to keep for after a restart. */
    tell(now: string, speed: number): ToldTime {
      told = { now, speed, wall: wall() };
      toldAt = steady();
      return told;
    },
    /** Heard before a restart: only the phone's clock tells how long ago. */
    resume(kept: ToldTime): void {
      told = kept;
      toldAt = steady() - Math.max(0, wall() - kept.wall);
    },
    now(): Date {
      const passed = Math.max(steady() - toldAt, wall() - told.wall, 0);
      return new Date(Date.parse(told.now) + passed * told.speed);
    },
    speed: () => told.speed,
  };
}
