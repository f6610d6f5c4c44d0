import en from '../locales/en.json' with { type: 'json' };
import ja from '../locales/ja.json' with { type: 'json' };
import ko from '../locales/ko.json' with { type: 'json' };
import questionsEn from '../locales/questions.en.json' with { type: 'json' };
import questionsJa from '../locales/questions.ja.json' with { type: 'json' };
import questionsKo from '../locales/questions.ko.json' with { type: 'json' };
import questionsZhHans from '../locales/questions.zh-Hans.json' with { type: 'json' };
import questionsZhHant from '../locales/questions.zh-Hant.json' with { type: 'json' };
import reportsEn from '../locales/reports.en.json' with { type: 'json' };
import reportsJa from '../locales/reports.ja.json' with { type: 'json' };
import reportsKo from '../locales/reports.ko.json' with { type: 'json' };
import reportsZhHans from '../locales/reports.zh-Hans.json' with { type: 'json' };
import reportsZhHant from '../locales/reports.zh-Hant.json' with { type: 'json' };
import zhHans from '../locales/zh-Hans.json' with { type: 'json' };
import zhHant from '../locales/zh-Hant.json' with { type: 'json' };
import type { Language } from './language-list';

export { type Language, languages } from './language-list';

/** The sections that are written outside the screens too. */
export type WordSection =
  | 'accountKinds'
  | 'ageBands'
  | 'amounts'
  | 'assurances'
  | 'circumstances'
  | 'classes'
  | 'exceptions'
  | 'genders'
  | 'importFields'
  | 'importProblems'
  | 'imports'
  | 'integrityKinds'
  | 'manualReasonCodes'
  | 'pastVisitReasonCodes'
  | 'reasonCodes'
  | 'roles'
  | 'timeSources'
  | 'transferKinds';

const shared: Record<Language, Record<WordSection, Record<string, string>>> = { 'zh-Hans': zhHans, 'zh-Hant': zhHant, en, ja, ko };
const asked: Record<Language, Record<string, string>> = {
  'zh-Hans': questionsZhHans,
  'zh-Hant': questionsZhHant,
  en: questionsEn,
  ja: questionsJa,
  ko: questionsKo,
};

/** The words of the reports: of their columns, parts and figures, and of their files. */
export type ReportWords = typeof reportsZhHans;
const reported: Record<Language, ReportWords> = {
  'zh-Hans': reportsZhHans,
  'zh-Hant': reportsZhHant,
  en: reportsEn,
  ja: reportsJa,
  ko: reportsKo,
};

/** The same on the desk's screens and in the tables for a reader. */
export function reportWords(language: Language): ReportWords {
  return reported[language];
}

/** The word for a code of a closed list, as the screens write it; the code itself where there is none. */
export function wordFor(language: Language, section: WordSection, code: string): string {
  return shared[language][section][code] ?? code;
}

/** A sentence with its places filled in. */
export function fill(sentence: string, values: Record<string, string | number>): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

/** Whole minutes as hours and minutes, below zero with a true minus: the one form of paper and tables. */
export function hoursText(language: Language, minutes: number): string {
  const whole = Math.abs(Math.round(minutes));
  const text = fill(wordFor(language, 'amounts', 'hours'), { hours: Math.floor(whole / 60), minutes: whole % 60 });
  return minutes < 0 && whole > 0 ? `\u2212${text}` : text;
}

/** What a flag of the integrity report asks, with its placeholders; English has one form for one visit and one for many. */
export function questionFor(language: Language, kind: string, visits: number | undefined): string {
  const forms = (asked[language][kind] ?? kind).split(' | ');
  return (visits === 1 ? forms[0] : forms.at(-1)) as string;
}
