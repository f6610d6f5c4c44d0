import { computed, watch, type WritableComputedRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';

/**
 * A filter that lives in the address, so that a view can be bookmarked, shared and stepped back to. Empty is left out. Where only some values mean
 * anything, any other (an old link, a slip of the hand) is the fallback, and is taken out of the address.
 */
export function useFilter(name: string, fallback = '', known?: readonly string[]): WritableComputedRef<string> {
  const route = useRoute();
  const router = useRouter();
  const written = () => (typeof route.query[name] === 'string' ? route.query[name] : fallback);
  const isKnown = (value: string) => known === undefined || value === fallback || known.includes(value);
  const filter = computed({
    get: () => (isKnown(written()) ? written() : fallback),
    set: (value) => {
      const { [name]: _, ...others } = route.query;
      void router.replace({ query: value === fallback || value === '' ? others : { ...others, [name]: value } });
    },
  });
  if (known) {
    const clean = (value: string) => {
      if (!isKnown(value)) filter.value = fallback;
    };
    watch(written, clean, { immediate: true });
  }
  return filter;
}
