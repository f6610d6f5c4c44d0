import { readRule, type Series } from '@timebank/contract/client';
import { instantOf } from '@timebank/kernel';
import { formatDay, sayRule } from '@timebank/web-kit';
import { useSession } from '../shared/session';
import { useWords } from '../shared/words';

type SeriesTerms = Pick<Series, 'rule' | 'startsOn' | 'startTime' | 'serviceKind' | 'minutes'>;

/** What comes back by itself, in the words of people: no rule is ever shown. */
export function useSeriesWords() {
  const session = useSession();
  const { t, locale, time, minutes, kind } = useWords();
  /** By its date also when it is near: it stands in the middle of sentences. */
  const dayOf = (calendarDay: string) =>
    formatDay(instantOf(calendarDay, '12:00', session.timeZone), locale.value, session.timeZone, session.now());

  /** "every Thursday"; a rule that this phone is too old to read is said to come again. */
  function sayRepeat(text: string, startsOn: string): string {
    const rule = readRule(text);
    return typeof rule === 'string' ? t('series.some') : sayRule(rule, startsOn, locale.value, t, dayOf);
  }

  const saySeries = ({ rule, startsOn, startTime, serviceKind, minutes: length }: SeriesTerms): string =>
    t('series.said', {
      rule: sayRepeat(rule, startsOn),
      time: time(instantOf(startsOn, startTime, session.timeZone)),
      what: kind(serviceKind),
      minutes: minutes(length),
    });

  return { dayOf, sayRepeat, saySeries };
}
