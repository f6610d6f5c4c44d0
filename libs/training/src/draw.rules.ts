import { createHash } from 'node:crypto';

/**
 * The lot of a ticket: SHA-256 of the seed, a blank and the ticket's number, in hexadecimal. Whoever knows seed and tickets can do the draw again:
 * `printf '%s %s' SEED TICKET | sha256sum`.
 */
export const lotOf = (seed: string, ticket: number): string => createHash('sha256').update(`${seed} ${ticket}`).digest('hex');

/** What is told of a seed before the draw. */
export const sealOf = (seed: string): Buffer => createHash('sha256').update(seed).digest();

export type Drawn<Entry> = { entry: Entry; state: 'placed' | 'waiting'; turn: number | null };

/** The smallest lots get the places, the others wait in the order of theirs. With places for all nobody waits. */
export function drawOf<Entry extends { ticket: number }>(seed: string, entries: readonly Entry[], places: number): Drawn<Entry>[] {
  const byLot = entries.map((entry) => ({ entry, lot: lotOf(seed, entry.ticket) })).sort((one, other) => (one.lot < other.lot ? -1 : 1));
  return byLot.map(({ entry }, index) =>
    index < places ? { entry, state: 'placed', turn: null } : { entry, state: 'waiting', turn: index - places + 1 },
  );
}
