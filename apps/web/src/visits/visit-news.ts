import { waysOf, type Visit, type VisitLine } from '@timebank/contract/client';
import { useWords } from '../shared/words';
import { newsOf, type NewsVisit } from './visit-news.rules';

/** The kind words behind a code; null where a city sends one of its own. */
export function useWhy() {
  const { t, te } = useWords();
  return (code: string | null | undefined): string | null => (code && te(`why.${code}`) ? t(`why.${code}`) : null);
}

/** What a visit's volunteer learns: what happened, why, and what to do next. */
export function useVisitNews() {
  const { t, minutes, dayTime } = useWords();
  const why = useWhy();

  /** In one line, for a list. */
  function inShort(visit: NewsVisit): string | null {
    const news = newsOf(visit);
    if (news === null) return null;
    if (news.kind === 'fix') return t('news.fix', { what: news.codes.map((code) => t(`exceptions.${code}`)).join(t('news.and')) });
    if (news.kind === 'rejected') return why(news.reasonCode) ?? t('news.rejected');
    return t('news.shortened', { captured: minutes(news.capturedMinutes), credited: minutes(news.creditedMinutes) });
  }

  /** What to do next. `appealUntil` is known of a whole visit only. */
  function next(visit: NewsVisit & Pick<VisitLine, 'exceptions'> & Partial<Pick<Visit, 'appealUntil'>>): string[] {
    const news = newsOf(visit);
    if (news === null) return [];
    if (news.kind === 'fix') {
      const ways = waysOf(visit.exceptions.filter(({ lane }) => lane === 'red'));
      return ways.length > 0 ? ways.map((way) => t(`visit.ways.${way}`)) : [t('news.ask')];
    }
    const because = news.kind === 'shortened' ? [why(news.reasonCode) ?? t('news.byRule')] : [];
    return [...because, visit.appealUntil ? t('news.appeal', { day: dayTime(visit.appealUntil) }) : t('news.ask')];
  }

  return { inShort, next };
}
