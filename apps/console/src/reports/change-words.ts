import type { Change } from '@timebank/contract/client';
import { isDay } from '@timebank/web-kit';
import { useWords } from '../shared/words';

/** In which lists the codes of a field have words. */
const lists: Record<string, readonly string[]> = {
  state: [
    'visitStates',
    'requestStates',
    'guestStates',
    'offerStates',
    'placeStates',
    'activityStates',
    'changes.actStates',
    'joining.states',
  ],
  role: ['roles'],
  lane: ['lanes'],
  class: ['classes', 'kindClasses'],
  riskLevel: ['riskLevels'],
  gender: ['genders'],
  helperWish: ['genders'],
  circumstances: ['circumstances'],
  kind: ['relationKinds', 'waitingActKinds'],
  part: ['activityParts'],
  payer: ['payers'],
  manualReasonCode: ['manualReasonCodes', 'pastVisitReasonCodes'],
  cancelReasonCode: ['cancelReasons'],
  decisionReasonCode: ['reasonCodes'],
  reasonCode: ['cancelReasons', 'reasonCodes'],
  'left.reason': ['leaving.reasons'],
  checkedWay: ['joining.ways'],
};
const reasonLists = [
  'actReasonCodes',
  'leaving.reasons',
  'reasonCodes',
  'cancelReasons',
  'pastVisitReasonCodes',
  'manualReasonCodes',
  'letterReasonCodes',
];
const isInstant = (text: string) => /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(text);
const isId = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

/** How entries of the trail are said: who, what of, each field before and after. */
export function useChangeWords() {
  const { t, known, word, dayTime, calendarDay, minutes, whole } = useWords();
  const coded = (code: string, among: readonly string[]) => {
    const list = among.find((one) => known(`${one}.${code}`));
    return list === undefined ? code : word(list, code);
  };

  /** Null where a value has nothing to show: an id, or a list of hours; that it changed is said. */
  function value(field: string, said: unknown): string | null {
    if (said === null || said === undefined || said === '') return '—';
    if (typeof said === 'boolean') return t(said ? 'app.yes' : 'app.no');
    if (typeof said === 'number') return field.toLowerCase().endsWith('minutes') ? minutes(said) : whole(said);
    if (Array.isArray(said))
      return said.every((one) => typeof one === 'string') ? said.map((one) => coded(one, lists[field] ?? [])).join(' · ') || '—' : null;
    if (typeof said !== 'string' || field === 'password' || isId(said)) return null;
    if (isInstant(said)) return dayTime(new Date(said).toISOString());
    return isDay(said) ? calendarDay(said) : coded(said, lists[field] ?? []);
  }

  /** A field in words with what it was and what it became. */
  function line({ field, before, after }: Change['changes'][number]): { field: string; before: string | null; after: string | null } {
    const name = t(`changes.fields.${field}`);
    const [was, is] = [value(field, before), value(field, after)];
    return was === null || is === null ? { field: name, before: null, after: null } : { field: name, before: was, after: is };
  }

  const roleOf = ({ role }: Change) => (role === null ? null : known(`roles.${role}`) ? word('roles', role) : t('changes.city'));
  return {
    line,
    what: ({ kind, act }: Change) => `${t(`changes.kinds.${kind}`)} · ${t(`changes.acts.${act}`)}`,
    by: (change: Change) => change.actorName ?? roleOf(change) ?? t('changes.byItself'),
    as: (change: Change) => (change.actorName === null ? null : roleOf(change)),
    reason: (code: string) => coded(code, reasonLists),
  };
}
