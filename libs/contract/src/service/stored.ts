import type { Waiting } from '../access/acts.messages';

/** Answer of a PUT under an id that the client made: `first` when this call stored it (201), false on a repeat (200). */
export type Stored<Value> = { first: boolean; value: Value };

/** Whether a call waits for a second person instead of being done. */
export function isWaiting(answer: unknown): answer is Waiting {
  return typeof answer === 'object' && answer !== null && (answer as { state?: unknown }).state === 'waits' && 'until' in answer;
}

/** A call that led to something else than it asked for, and is answered 202 with it: who wanted to help stands by. */
export type Accepted<Value> = { accepted: Value };

export const isAccepted = (answer: unknown): answer is Accepted<unknown> =>
  typeof answer === 'object' && answer !== null && Object.keys(answer).join() === 'accepted';
