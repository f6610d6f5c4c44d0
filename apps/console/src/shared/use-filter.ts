import { computed, type WritableComputedRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';

/** A filter that lives in the address, so that a view can be bookmarked, shared and stepped back to. Empty is left out. */
export function useFilter(name: string, fallback = ''): WritableComputedRef<string> {
  const route = useRoute();
  const router = useRouter();
  return computed({
    get: () => (typeof route.query[name] === 'string' ? route.query[name] : fallback),
    set: (value) => {
      const { [name]: _, ...others } = route.query;
      void router.replace({ query: value === fallback || value === '' ? others : { ...others, [name]: value } });
    },
  });
}
