import { ref } from 'vue';

/** What a form asks about why, as the API takes it. */
export function useReason() {
  const reasonCode = ref('');
  const note = ref('');
  return {
    reasonCode,
    note,
    sent: () => ({
      ...(reasonCode.value === '' ? {} : { reasonCode: reasonCode.value }),
      ...(note.value.trim() === '' ? {} : { note: note.value.trim() }),
    }),
    clear: () => {
      reasonCode.value = '';
      note.value = '';
    },
  };
}
