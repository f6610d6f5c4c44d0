/** A list as somebody has narrowed and ordered it, under a name of their own. `query` is the address's. */
export type SavedView = { name: string; query: string };

const mostViews = 12;

function isView(value: unknown): value is SavedView {
  const { name, query } = (value ?? {}) as Partial<SavedView>;
  return typeof name === 'string' && typeof query === 'string';
}

/** What was kept; anything that is no list of views is none. */
export function readViews(kept: string | null): SavedView[] {
  try {
    const views: unknown = JSON.parse(kept ?? '[]');
    return Array.isArray(views) ? views.filter(isView).slice(0, mostViews) : [];
  } catch {
    return [];
  }
}

/** The views with one more, in the place of one with its name; the oldest goes when there are too many. */
export function withView(views: readonly SavedView[], view: SavedView): SavedView[] {
  return [...views.filter(({ name }) => name !== view.name), view].slice(-mostViews);
}
