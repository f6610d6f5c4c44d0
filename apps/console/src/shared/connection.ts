import { call } from '@timebank/contract/client';
import { ref } from 'vue';

/** How long to wait before asking the server again, in milliseconds. */
const waits = [500, 1_000, 2_000, 5_000, 10_000];

const away = ref(false);
let waiting: Promise<void> | null = null;

/** A pause that the browser cuts short when it hears that the network is back. */
function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      window.clearTimeout(timer);
      window.removeEventListener('online', end);
      resolve();
    };
    const timer = window.setTimeout(end, milliseconds);
    window.addEventListener('online', end);
  });
}

const answers = () =>
  call('ready', { signal: AbortSignal.timeout(10_000) }).then(
    () => true,
    () => false,
  );

/** A server that answers only its health is asked ever more rarely, too: the count goes on when it goes away again soon. */
const calmAfter = 30_000;
let tries = 0;
let backAt = -calmAfter;

async function askUntilBack(): Promise<void> {
  away.value = true;
  if (performance.now() - backAt > calmAfter) tries = 0;
  do {
    await pause(waits[Math.min(tries, waits.length - 1)]!);
    tries += 1;
  } while (!(await answers()));
  backAt = performance.now();
  away.value = false;
}

/** Whether the server is away, and a wait until it answers again: one question at a time, however many wait. */
export const connection = {
  away,
  answers,
  untilBack(): Promise<void> {
    waiting ??= askUntilBack().finally(() => (waiting = null));
    return waiting;
  },
};
