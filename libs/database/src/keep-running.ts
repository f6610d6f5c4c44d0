/** All in milliseconds. */
export type RestartTimes = { firstPause: number; longestPause: number; sound: number };

const ordinaryTimes: RestartTimes = {
  firstPause: 1_000,
  longestPause: 60_000,
  /** A server that ran this long was sound, so it is started again at once. */
  sound: 60_000,
};

type Server = {
  /** Resolves when the server has ended, in any way. */
  untilEnded(): Promise<void>;
  start(): Promise<void>;
  /** It is to end: nothing is started any more. */
  isOver(): boolean;
  say(text: string): void;
};

const pauseOf = (milliseconds: number) => new Promise((over) => setTimeout(over, milliseconds).unref());

/**
 * Starts Postgres again whenever it ends by itself: at once the first time, then after a pause that doubles from a second to a minute. A failed start
 * is reported and tried again, since its cause (a full disk, a port in use) may pass.
 */
export async function keepRunning(server: Server, times: RestartTimes = ordinaryTimes): Promise<void> {
  let pause = 0;
  while (!server.isOver()) {
    const since = performance.now();
    await server.untilEnded();
    if (performance.now() - since > times.sound) pause = 0;
    let said = 'Postgres ended by itself';
    while (!server.isOver()) {
      server.say(`${said}; starting it again${pause === 0 ? '.' : ` in ${pause / 1_000} s.`}`);
      if (pause > 0) await pauseOf(pause);
      pause = Math.min(Math.max(pause * 2, times.firstPause), times.longestPause);
      if (server.isOver()) return;
      try {
        await server.start();
        break;
      } catch (error) {
        said = (error as Error).message;
      }
    }
  }
}
