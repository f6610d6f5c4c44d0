import type { ServiceKind } from '@timebank/contract/client';
import { ref, watch } from 'vue';

/** What somebody needs, as forms hold it: all that can be typed is text. */
export function useNeed() {
  const kind = ref('');
  const minutes = ref('60');
  const helpers = ref('1');
  const place = ref('');
  const note = ref('');
  /** With a kind chosen come its usual minutes and helpers. Asked for once a draft is back, whose own minutes stay. */
  const followKind = (kinds: () => readonly ServiceKind[]) =>
    watch(kind, (code) => {
      const chosen = kinds().find((one) => one.code === code);
      if (!chosen) return;
      minutes.value = String(chosen.usualMinutes);
      helpers.value = String(chosen.helpersNeeded);
    });
  const body = () => ({
    serviceKind: kind.value,
    minutes: Number(minutes.value),
    helpersNeeded: Number(helpers.value),
    place: place.value.trim() || undefined,
    note: note.value.trim() || undefined,
  });
  return { fields: { kind, minutes, helpers, place, note }, body, followKind };
}
