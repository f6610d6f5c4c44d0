import { computed, ref } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { keep } from '../display';
import { useSession } from '../session.store';

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

/** One's own views of a list, kept in this browser for whoever is signed in. */
export function useSavedViews(list: string) {
  const route = useRoute();
  const router = useRouter();
  const key = computed(() => `views.${useSession().me?.personId ?? ''}.${list}`);
  const views = ref(readViews(keep.read(key.value)));
  const query = computed(() => new URLSearchParams(Object.entries(route.query).map(([name, value]) => [name, String(value)])).toString());

  function store(changed: SavedView[]): void {
    views.value = changed;
    keep.write(key.value, JSON.stringify(changed));
  }

  return {
    views,
    /** Whether this is how the list stands. */
    isOn: (view: SavedView) => view.query === query.value,
    isNarrowed: computed(() => query.value !== ''),
    save: (name: string) => store(withView(views.value, { name, query: query.value })),
    drop: (view: SavedView) => store(views.value.filter(({ name }) => name !== view.name)),
    show: (view: SavedView) => router.replace({ query: Object.fromEntries(new URLSearchParams(view.query)) }),
  };
}
