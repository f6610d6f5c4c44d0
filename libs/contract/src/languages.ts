import en from '../locales/en.json' with { type: 'json' };
import questionsInEnglish from '../locales/questions.en.json' with { type: 'json' };
import questions from '../locales/questions.zh-Hans.json' with { type: 'json' };
import reportsInEnglish from '../locales/reports.en.json' with { type: 'json' };
import reports from '../locales/reports.zh-Hans.json' with { type: 'json' };
import zhHans from '../locales/zh-Hans.json' with { type: 'json' };

/** The languages that every word of the product is written in; the first is the source. */
export const languages = ['zh-Hans', 'en'] as const;
export type Language = (typeof languages)[number];

/** The sections that are written outside the screens too. */
export type WordSection =
  | 'accountKinds'
  | 'ageBands'
  | 'amounts'
  | 'assurances'
  | 'classes'
  | 'exceptions'
  | 'integrityKinds'
  | 'manualReasonCodes'
  | 'pastVisitReasonCodes'
  | 'reasonCodes'
  | 'serviceKinds'
  | 'timeSources'
  | 'transferKinds';

const shared: Record<Language, Record<WordSection, Record<string, string>>> = { 'zh-Hans': zhHans, en };
const asked: Record<Language, Record<string, string>> = { 'zh-Hans': questions, en: questionsInEnglish };

/** The words of the reports: of their columns, parts and figures, and of their files. */
export type ReportWords = typeof reports;
const reported: Record<Language, ReportWords> = { 'zh-Hans': reports, en: reportsInEnglish };

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
