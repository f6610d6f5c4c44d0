import { ref } from 'vue';

/** A form's reason, in the API's form. */
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
