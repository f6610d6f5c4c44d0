import { readRule, type Series } from '@timebank/contract/client';
import { sayRule } from '@timebank/web-kit';
import { useWords } from '../shared/words';

/** What a series says, in the words of the desk. */
export function useRepeat() {
  const { t, language, calendarDay, kindName, minutes } = useWords();
  /** The rule as it is where it cannot be read: the list may be older than the server. */
  const sayText = (text: string, startsOn: string): string => {
    const rule = readRule(text);
    return typeof rule === 'string' ? text : sayRule(rule, startsOn, language.value, t, calendarDay);
  };
  const sayLine = ({ rule, startsOn, startTime, serviceKind, minutes: length }: Series): string =>
    t('series.line', { rule: sayText(rule, startsOn), time: startTime, what: kindName(serviceKind), minutes: minutes(length) });
  return { sayText, sayLine };
}
