/** How long a rotating code is shown. The step is that of RFC 6238. */
const stepMs = 30_000;
/** Steps before and after the present one that are taken: slow hands, slow cameras, clocks that differ. */
const stepsBack = 2;
const stepsAhead = 1;

export type ShownCode = { displayId: string; step: number };

export const stepAt = (real: number): number => Math.floor(real / stepMs);

/** Milliseconds until the next code. */
export const leftOf = (real: number): number => stepMs - (real % stepMs);

/** So many steps back a typed code is still known, to say that it has changed since. */
const typedStepsBack = 6;

/** The steps of which a typed code may be, the newest first: it does not say which. */
export const typedSteps = (real: number): number[] =>
  Array.from({ length: stepsAhead + typedStepsBack + 1 }, (_, index) => stepAt(real) + stepsAhead - index);

export type StepFault = 'visits/code_expired' | 'visits/unknown_card';

/** Online a code counts around its step. No display can have made a code of the future; offline that is the only check possible. */
export function faultOfStep(step: number, real: number, offline: boolean): StepFault | null {
  const age = stepAt(real) - step;
  if (age < -stepsAhead) return 'visits/unknown_card';
  return !offline && age > stepsBack ? 'visits/code_expired' : null;
}

/**
 * When a code was read, give or take 45 seconds, on the product's clock: it was shown for one step, by a clock that may differ by one.
 * `receivedAt` and `real` are the same moment on the two clocks.
 */
export function readBetween(step: number, receivedAt: Date, real: number, speed: number): { after: Date; before: Date } {
  const onProductClock = (instant: number) => new Date(receivedAt.getTime() - (real - instant) * speed);
  return { after: onProductClock((step - 1) * stepMs), before: onProductClock((step + 2) * stepMs) };
}
