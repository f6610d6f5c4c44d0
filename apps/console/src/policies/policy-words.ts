import { useWords } from '../shared/words';
import { fieldOf, type Unit, unitOf } from './policy-values.rules';

/** Units that `Intl` writes out in every language. */
const written: Partial<Record<Unit, string>> = {
  hours: 'hour',
  days: 'day',
  meters: 'meter',
  speed: 'kilometer-per-hour',
  percent: 'percent',
};

/** What a rule's value means, as people say it: 480 minutes are 8 hours, an empty limit is none. */
export function usePolicyWords() {
  const { t, word, minutes, language } = useWords();

  function sayValue(key: string, value: unknown): string {
    if (value === null || value === undefined) return t('policyValues.none');
    if (typeof value !== 'number') return word('policyValues', String(value));
    const unit = unitOf(key);
    if (unit === 'minutes') return minutes(value);
    const known = written[unit];
    if (known) {
      const said = new Intl.NumberFormat(language.value, {
        style: 'unit',
        unit: known,
        unitDisplay: unit === 'percent' || unit === 'speed' ? 'short' : 'long',
      }).format(value);
      // As times are written in Chinese.
      return language.value.startsWith('zh') ? said.replace(/(\d)(\p{Script=Han})/u, '$1\u00a0$2') : said;
    }
    return t(`policyUnits.${unit}`, { count: value });
  }

  /** The choices for a rule's value, if it is chosen. */
  function choicesOf(key: string): { value: string; text: string }[] {
    const field = fieldOf(key);
    return field.kind === 'choice' ? field.options.map((one) => ({ value: String(one), text: sayValue(key, one) })) : [];
  }

  return { sayValue, choicesOf };
}
