import { useI18n } from 'vue-i18n';
import {
  daysFrom,
  formatCalendarDay,
  formatDay,
  formatDayInMonth,
  formatMinutes,
  formatMonth,
  formatSignedMinutes,
  formatTime,
  isDay,
  joinSentences,
  wallClock,
  type MinuteWords,
  type RefusedCall,
} from '@timebank/web-kit';
import { kindNames } from './kinds';
import { useSession } from './session';

/** Everything a page writes: sentences, minutes and times, in the reader's language and the bank's zone. */
export function useWords() {
  const { t, te, locale } = useI18n({ useScope: 'global' });
  const session = useSession();
  const units = (): MinuteWords => ({ hour: t('units.hour'), minute: t('units.minute'), minuteAlone: t('units.minuteAlone') });
  const minutes = (value: number) => formatMinutes(value, units(), locale.value);
  const nearDays: Record<string, string> = { '-1': 'yesterday', 0: 'today', 1: 'tomorrow', 2: 'afterTomorrow' };

  /** The day, by name when it is near. */
  function day(instant: string | Date): string {
    const near = nearDays[daysFrom(session.now(), instant, session.timeZone)];
    return near ? t(`day.${near}`) : formatDay(instant, locale.value, session.timeZone, session.now());
  }

  function clockOf(instant: string | Date): { part: string; twelve: string; clock: string } {
    const { hour, minute } = wallClock(instant, session.timeZone);
    const part = hour < 5 ? 'night' : hour < 8 ? 'early' : hour < 11 ? 'morning' : hour < 13 ? 'noon' : hour < 18 ? 'afternoon' : 'evening';
    const twelve = `${hour > 12 ? hour - 12 : hour}:${String(minute).padStart(2, '0')}`;
    return { part, twelve, clock: formatTime(instant, locale.value, session.timeZone) };
  }

  /** A time as people of the language say it, with the part of the day where they do, so that a screen reader says it too. */
  function time(instant: string | Date): string {
    const { part, twelve, clock } = clockOf(instant);
    return t(`spoken.${part}`, { twelve, time: clock });
  }

  /** From one time to another; the part of the day is said once where both are in it. Never on two lines. */
  function range(from: string, to: string): string {
    const [start, end] = [clockOf(from), clockOf(to)];
    const saidOnce = start.part === end.part && time(to) !== end.clock;
    return `${time(from)}\u00a0–\u2060\u00a0${saidOnce ? end.twelve : time(to)}`;
  }

  /** The sentence for a refusal; minutes among its parameters are written as time, days as days. */
  function refusal(refused: RefusedCall | null): string | null {
    if (refused === null) return null;
    const parameters = Object.fromEntries(
      Object.entries(refused.parameters).map(([key, value]) => [
        key,
        key.endsWith('Minutes') && typeof value === 'number'
          ? minutes(value)
          : isDay(value)
            ? formatCalendarDay(value, locale.value)
            : value,
      ]),
    );
    // A helper is not told how much time somebody else has.
    if (refused.code === 'ledger/overdraft' && !('availableMinutes' in refused.parameters)) return t('series.waiting');
    const key = `refusals.${refused.code}`;
    return te(key) ? t(key, parameters) : t('refusals.service/fault');
  }

  /** A refusal of something typed: if the text was not at fault, it also says that the text is still there. */
  function refusalOfForm(refused: RefusedCall | null, isTyped = true): string | null {
    const sentence = refusal(refused);
    const isNoFault = refused?.code.startsWith('service/') || ['request/too_slow', 'request/too_many'].includes(refused?.code ?? '');
    return sentence !== null && isTyped && isNoFault ? joinSentences([sentence, t('typed.stays')], locale.value) : sentence;
  }

  return {
    t,
    te,
    locale,
    units,
    minutes,
    time,
    day,
    refusal,
    refusalOfForm,
    signed: (value: number) => formatSignedMinutes(value, units(), locale.value),
    range,
    dayTime: (instant: string | Date) => `${day(instant)} ${time(instant)}`,
    month: (month: string) => formatMonth(month, locale.value),
    dayInMonth: (instant: string) => formatDayInMonth(instant, locale.value, session.timeZone),
    kind: (code: string) => kindNames.name(locale.value, code),
  };
}
