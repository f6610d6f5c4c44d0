import { onBeforeUnmount, readonly, shallowRef, watch } from 'vue';

const own = shallowRef('');

/** The open page's own name, for the title of its tab; empty where the name of its route is enough. */
export const pageName = readonly(own);

/** Names the page that this component is, while it is shown. */
export function usePageName(name: () => string): void {
  watch(name, (now) => (own.value = now), { immediate: true });
  onBeforeUnmount(() => (own.value = ''));
}
