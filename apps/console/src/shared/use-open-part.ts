import { nextTick, type Ref, ref, watch } from 'vue';

/** Which part of a row is open, by its button. A part that goes takes the focus with it: then the button that opened it has it again. */
export function useOpenPart<Part extends string>(): { open: Ref<Part | null>; toggle(part: Part): void } {
  const open = ref(null) as Ref<Part | null>;
  let opener: Element | null = null;
  watch(open, async (now) => {
    await nextTick();
    if (now === null && document.activeElement === document.body && opener instanceof HTMLElement) opener.focus();
  });
  return {
    open,
    toggle: (part) => {
      opener = document.activeElement;
      open.value = open.value === part ? null : part;
    },
  };
}
