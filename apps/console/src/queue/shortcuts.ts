import { onMounted, onUnmounted, ref, watch } from 'vue';
import { keep } from '../shared/display';

/** Keys of the queue and what they do. Capital A is Shift and a. */
export const shortcuts = {
  j: 'next',
  k: 'previous',
  x: 'select',
  a: 'approve',
  s: 'shorten',
  r: 'reject',
  c: 'callBack',
  u: 'undo',
  '/': 'search',
  A: 'approveAll',
  '?': 'help',
} as const;
export type ShortcutName = (typeof shortcuts)[keyof typeof shortcuts];

const isWriting = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    ['TEXTAREA', 'SELECT'].includes(target.tagName) ||
    (target instanceof HTMLInputElement && target.type !== 'checkbox'));

/** Single keys work only while nothing is being typed and no dialog is open, and can be switched off; that is remembered. */
export function useShortcuts(actions: Record<ShortcutName, () => void>) {
  const on = ref(keep.read('keys') !== 'off');
  watch(on, (value) => keep.write('keys', value ? null : 'off'));

  function press(event: KeyboardEvent): void {
    if (
      !on.value ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      event.isComposing ||
      isWriting(event.target) ||
      document.querySelector('dialog[open]')
    )
      return;
    const name = shortcuts[event.key as keyof typeof shortcuts];
    if (name === undefined) return;
    event.preventDefault();
    actions[name]();
  }

  onMounted(() => document.addEventListener('keydown', press));
  onUnmounted(() => document.removeEventListener('keydown', press));
  return on;
}
