/** Of something with places and a list of those who wait: a course after its draw, an event from the beginning. */
export type PlacesNow = { places: number; placed: number; lastTurn: number };
export type PlaceGiven = { state: 'placed'; turn: null } | { state: 'waiting'; turn: number };

/** What the next one gets: a place, or the end of the list. Nobody passes those who wait: `lastTurn` is 0 where nobody does. */
export function nextPlace({ places, placed, lastTurn }: PlacesNow): PlaceGiven {
  return placed < places && lastTurn === 0 ? { state: 'placed', turn: null } : { state: 'waiting', turn: lastTurn + 1 };
}

/** Who moves up when places fall free: those who have waited longest, as many as there are places. */
export function movesUp<Waiting extends { turn: number }>(
  { places, placed }: Pick<PlacesNow, 'places' | 'placed'>,
  waiting: readonly Waiting[],
): Waiting[] {
  return [...waiting].sort((one, other) => one.turn - other.turn).slice(0, Math.max(0, places - placed));
}
