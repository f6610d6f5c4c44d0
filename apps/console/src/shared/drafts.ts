import { createDrafts } from '@timebank/web-kit';
import { computed, ref, watch, type Ref } from 'vue';
import { useSession } from './session.store';

type Values<Fields> = { [Key in keyof Fields]: Fields[Key] extends Ref<infer Value> ? Value : never };

const drafts = createDrafts('timebank.console', () => useSession().me?.personId);

/**
 * Keeps what people type into a form of the desk until it was sent, over a reload, a new version, a sign-in that ended or a way back; of this person,
 * in this bank. The form's id is kept with it, so that sending again is the same request. Never for secrets.
 */
export function useFormDraft<Fields extends Record<string, Ref>>(form: string, fields: Fields) {
  const names = Object.keys(fields);
  const values = computed({
    get: () => Object.fromEntries(names.map((name) => [name, fields[name]?.value])) as Values<Fields>,
    set: (kept) => {
      for (const name of names) (fields[name] as Ref).value = (kept as Record<string, unknown>)[name];
    },
  });
  return drafts.useDraft(`${useSession().bankId}.${form}`, values);
}

/**
 * A draft over something that exists: only fields that were touched stay as typed. What a colleague has changed meanwhile is shown as it is now, so
 * that an old draft, or a second try after `stale`, undoes nothing silently. `standing` gives the present fields.
 */
export function useRecordDraft<Fields extends Record<string, Ref>>(form: string, fields: Fields, standing: () => Values<Fields>) {
  const before = ref<Record<string, unknown>>(standing());
  const draft = useFormDraft(form, { ...fields, before });
  function meet(): void {
    const now: Record<string, unknown> = standing();
    for (const [name, field] of Object.entries(fields))
      if (JSON.stringify(field.value) === JSON.stringify(before.value[name])) field.value = now[name];
    before.value = now;
  }
  meet();
  watch(standing, meet);
  return {
    ...draft,
    startAnew: () => {
      draft.startAnew();
      meet();
    },
  };
}
