import { CallRefused } from '@timebank/contract/client';

/** How long a page waits for the server before it shows what the phone has, in milliseconds. */
const patienceMs = 4_000;

/**
 * What the server says, or what this phone kept when no answer comes: no network, a fault on the way, or nothing within seconds. A
 * refusal by the server stands. `kept` gives null when there is nothing; then the server is waited for.
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
