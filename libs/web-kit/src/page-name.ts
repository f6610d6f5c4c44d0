import { onBeforeUnmount, readonly, shallowRef, watch } from 'vue';

const own = shallowRef('');

/** What the open page calls itself, for the title of its tab; empty where the name of its route is enough. */
export const pageName = readonly(own);

/** Names the page that this component is, as long as it stands. */
export function usePageName(name: () => string): void {
  watch(name, (now) => (own.value = now), { immediate: true });
  onBeforeUnmount(() => (own.value = ''));
}
