import { type Language, languages } from '@timebank/contract/client';
import questions from '@timebank/contract/locales/questions.zh-Hans.json';
import reports from '@timebank/contract/locales/reports.zh-Hans.json';
import sharedWords from '@timebank/contract/locales/zh-Hans.json';
import { pickLanguage } from '@timebank/web-kit';
import { createI18n } from 'vue-i18n';
import ownWords from './locales/zh-Hans.json';
import { keep } from './shared/display';

/** Chinese is the source and travels with the page; others are fetched when chosen. */
export const i18n = createI18n({
  legacy: false,
  locale: 'zh-Hans',
  fallbackLocale: 'zh-Hans',
  messages: { 'zh-Hans': { ...sharedWords, questions, reports, ...ownWords } } as Record<string, Record<string, unknown>> as never,
});

type Words = Record<string, unknown>;
/** The files of a language as one: of the product, of flags and reports, and the desk's own. */
async function together(...files: Promise<{ default: Words }>[]): Promise<Words> {
  const [shared, ofFlags, ofReports, own] = (await Promise.all(files)).map((file) => file.default);
  return { ...shared, questions: ofFlags, reports: ofReports, ...own };
}
const sources: Record<Exclude<Language, 'zh-Hans'>, () => Promise<Words>> = {
  'zh-Hant': () =>
    together(
      import('@timebank/contract/locales/zh-Hant.json'),
      import('@timebank/contract/locales/questions.zh-Hant.json'),
      import('@timebank/contract/locales/reports.zh-Hant.json'),
      import('./locales/zh-Hant.json'),
    ),
  en: () =>
    together(
      import('@timebank/contract/locales/en.json'),
      import('@timebank/contract/locales/questions.en.json'),
      import('@timebank/contract/locales/reports.en.json'),
      import('./locales/en.json'),
    ),
  ja: () =>
    together(
      import('@timebank/contract/locales/ja.json'),
      import('@timebank/contract/locales/questions.ja.json'),
      import('@timebank/contract/locales/reports.ja.json'),
      import('./locales/ja.json'),
    ),
  ko: () =>
    together(
      import('@timebank/contract/locales/ko.json'),
      import('@timebank/contract/locales/questions.ko.json'),
      import('@timebank/contract/locales/reports.ko.json'),
      import('./locales/ko.json'),
    ),
};

/** The earlier choice, else the first of the browser's languages that the desk has, else Chinese, the source. */
export function firstLocale(): Language {
  const kept = keep.read('locale');
  return languages.find((language) => language === kept) ?? pickLanguage(navigator.languages, languages) ?? 'zh-Hans';
}

/** Loads the words, then switches page and `lang` at once. */
export async function speak(language: Language): Promise<void> {
  if (language !== 'zh-Hans') i18n.global.setLocaleMessage(language, (await sources[language]()) as never);
  (i18n.global.locale as unknown as { value: Language }).value = language;
  document.documentElement.lang = language;
}

/** The reader's own choice, kept for the next time. */
export async function choose(language: Language): Promise<void> {
  keep.write('locale', language);
  await speak(language);
}
