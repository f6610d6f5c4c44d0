import type { Language } from '@timebank/contract/client';
import {
  formatCalendarDay,
  formatDay,
  formatDayTime,
  formatMinutes,
  formatMonth,
  formatNumber,
  formatShortDay,
  formatSignedMinutes,
  formatTime,
  formatTimeRange,
  formatWeekday,
  isDay,
  type RefusedCall,
} from '@timebank/web-kit';
import { computed, effectScope } from 'vue';
import { i18n } from '../i18n';
import { kindNames } from './kinds';
import { useSession } from './session.store';

type RefusalInShort = Pick<RefusedCall, 'code' | 'parameters'>;

/** The full type of the words, key by key, is more than the compiler takes. */
type Composer = {
  t(key: string, parameters: Record<string, unknown>, plural: number): string;
  te(key: string, locale: string): boolean;
  locale: { value: string };
};

function makeWords() {
  const { t: say, te, locale } = i18n.global as unknown as Composer;
  const session = useSession();
  /** The words of a key. Where they differ for one and many, a `count` among the parameters decides, or the number given besides. */
  const t = (key: string, parameters: Record<string, unknown> = {}, plural = parameters['count']): string =>
    say(key, parameters, typeof plural === 'number' ? plural : 1);
  /** So many of something, in the words of the reader's language. */
  const counted = (what: string, count: number) => t(`counts.${what}`, { count });
  const units = () => ({ hour: t('units.hour'), minute: t('units.minute'), minuteAlone: t('units.minuteAlone') });

  const words = new Map<string, string>();
  /** The word for a code of a closed list; the code itself where the list is older than the server. */
  const word = (list: string, code: string) => {
    const key = `${list}.${code}`;
    const inLanguage = `${locale.value} ${key}`;
    let found = words.get(inLanguage);
    if (found === undefined) words.set(inLanguage, (found = te(key, 'zh-Hans') ? t(key) : code));
    return found;
  };
  /** What a kind of service is called. */
  const kindName = (code: string) => kindNames.name(locale.value, code);
  const minutes = (value: number) => formatMinutes(value, units(), locale.value);
  const signed = (value: number) => formatSignedMinutes(value, units(), locale.value);
  /** A part of a whole as per cent, and a plain number, in the reader's language. */
  const share = (part: number) => formatNumber(part, locale.value, { style: 'percent', maximumFractionDigits: 1 });
  const decimal = (value: number) => formatNumber(value, locale.value, { maximumFractionDigits: 1 });
  /** A whole number with the separators of the reader's language. */
  const whole = (count: number) => formatNumber(count, locale.value);
  const day = (at: string) => formatDay(at, locale.value, session.timeZone, session.clock.now());
  const dayTime = (at: string) => formatDayTime(at, locale.value, session.timeZone, session.clock.now());
  const time = (at: string) => formatTime(at, locale.value, session.timeZone);
  const range = (from: string, to: string) => formatTimeRange(from, to, locale.value, session.timeZone);
  const month = (value: string) => formatMonth(value, locale.value);
  const weekday = (value: string, form: 'long' | 'short' = 'short') => formatWeekday(value, locale.value, form);
  const calendarDay = (value: string) => formatCalendarDay(value, locale.value);

  /** For a column of days. */
  const shortDay = (value: string) => formatShortDay(value, locale.value);

  /** A refusal's sentence; parameters in minutes are written as time, those that are days as days. */
  function sentence(refused: RefusalInShort | null): string | null {
    if (refused === null) return null;
    const parameters = Object.entries(refused.parameters).map(([key, value]) => [
      key,
      key.endsWith('Minutes') ? minutes(Number(value)) : isDay(value) ? calendarDay(value) : String(value),
    ]);
    const key = `refusals.${refused.code}`;
    return te(key, 'zh-Hans') ? t(key, { availableMinutes: '—', ...Object.fromEntries(parameters) }) : t('refusals.service/fault');
  }

  /** For what the server writes: files to keep. */
  const language = computed(() => locale.value as Language);

  /** Whether a key has words at all. */
  const known = (key: string) => te(key, 'zh-Hans');

  return {
    t,
    known,
    language,
    counted,
    word,
    kindName,
    minutes,
    signed,
    share,
    decimal,
    whole,
    day,
    dayTime,
    time,
    range,
    month,
    weekday,
    calendarDay,
    shortDay,
    sentence,
  };
}

let made: ReturnType<typeof makeWords> | undefined;

/**
 * Everything the desk says: codes, minutes and times in the reader's language and the bank's zone. It is made once, for a list's rows ask for it by
 * the hundred.
 */
export const useWords = () => (made ??= effectScope(true).run(makeWords) as ReturnType<typeof makeWords>);
