import { createDrafts } from '@timebank/web-kit';
import { computed, type Ref } from 'vue';
import { useSession } from './session.store';

type Values<Fields> = { [Key in keyof Fields]: Fields[Key] extends Ref<infer Value> ? Value : never };

const drafts = createDrafts('timebank.console', () => useSession().me?.personId);

/**
 * Keeps what is typed into a form of the desk until it was sent, over a reload, a new version, a sign-in that ended or a way back; of this
 * person, in this bank. The form's id is kept with it, so that what may have arrived is sent again as the same. Never for secrets.
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
