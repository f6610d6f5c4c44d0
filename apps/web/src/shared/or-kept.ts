import { CallRefused } from '@timebank/contract/client';

/** How long a page waits for the server before it shows what the phone has, in milliseconds. */
const patienceMs = 4_000;

/**
 * The server's answer, or what this phone stored if no answer comes: no network, a fault on the way, or nothing within seconds. A refusal by the
 * server stands. `kept` gives null when nothing is stored; then it waits for the server.
 */
export async function orKept<Value>(ask: () => Promise<Value>, kept: () => Promise<Value | null>): Promise<Value> {
  const answer = ask();
  const isLate = await Promise.race([
    answer.then(
      () => false,
      (thrown: unknown) => thrown instanceof CallRefused && (thrown.status === 0 || thrown.status >= 500),
    ),
    new Promise<true>((resolve) => setTimeout(() => resolve(true), patienceMs)),
  ]);
  return (isLate ? await kept() : null) ?? answer;
}
