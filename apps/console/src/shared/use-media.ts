import { onScopeDispose, ref } from 'vue';

/** Whether a media query holds now. */
export function useMedia(query: string) {
  const media = matchMedia(query);
  const holds = ref(media.matches);
  const told = () => (holds.value = media.matches);
  media.addEventListener('change', told);
  onScopeDispose(() => media.removeEventListener('change', told));
  return holds;
}
