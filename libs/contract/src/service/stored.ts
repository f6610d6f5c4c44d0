import type { Waiting } from '../access/acts.messages';

/** Answer of a PUT under a client-made id: `first` when this call laid it down (201), false on a repeat (200). */
export type Stored<Value> = { first: boolean; value: Value };

/** Whether a call was kept for a second person instead of done. */
export function isWaiting(answer: unknown): answer is Waiting {
  return typeof answer === 'object' && answer !== null && (answer as { state?: unknown }).state === 'waits' && 'until' in answer;
}
