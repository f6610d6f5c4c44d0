import type { ManualClock } from '@timebank/kernel';

/** Something that happens at a bank at a moment. Returns nothing; a step keeps for itself what later steps need. */
export type Step = { at: Date; bank: number; run(): Promise<unknown> };

async function oneAfterAnother(steps: readonly Step[]): Promise<void> {
  for (const step of steps) await step.run();
}

/**
 * Runs steps in the order of time, the clock standing at each one's moment. What happens at the same moment runs in
 * parallel at different banks, and as listed at one bank.
 */
export async function walk(clock: ManualClock, steps: readonly Step[]): Promise<void> {
  const moments = Map.groupBy(steps, (step) => step.at.getTime());
  for (const [moment, together] of [...moments].sort(([left], [right]) => left - right)) {
    clock.set(new Date(moment));
    await Promise.all([...Map.groupBy(together, (step) => step.bank).values()].map(oneAfterAnother));
  }
}
