/** How far somebody had read a list: so many rows, and how far down. */
type Place = { rows: number; top: number };

const places = new Map<string, Place>();
const mostRows = 1_000;

/** The place in the history: going back leads to the same one, a link to the same address does not. */
const here = () => `${(history.state as { position?: number } | null)?.position ?? ''}:${location.pathname}${location.search}`;

/** Where a list was left, for whoever goes back to it from one of its rows. Of this tab, until it is loaded anew. */
export const listPlace = {
  here,
  leave(address: string, place: Place): void {
    places.set(address, { ...place, rows: Math.min(place.rows, mostRows) });
  },
  found: (): Place | undefined => places.get(here()),
};
