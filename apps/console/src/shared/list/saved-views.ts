import { computed, ref } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { keep } from '../display';
import { useSession } from '../session.store';
import { readViews, type SavedView, withView } from './saved-views.rules';

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
    keep: (name: string) => store(withView(views.value, { name, query: query.value })),
    drop: (view: SavedView) => store(views.value.filter(({ name }) => name !== view.name)),
    show: (view: SavedView) => router.replace({ query: Object.fromEntries(new URLSearchParams(view.query)) }),
  };
}
