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

export const locales = ['zh-Hans', 'en'] as const;
export type Locale = (typeof locales)[number];

/** The earlier choice, else the first of the browser's languages that the desk has, else Chinese, the source. */
export function firstLocale(): Locale {
  const kept = keep.read('locale');
  return locales.find((locale) => locale === kept) ?? pickLanguage(navigator.languages, locales) ?? 'zh-Hans';
}

/** Loads the words, then switches page and `lang` at once. */
export async function speak(locale: Locale): Promise<void> {
  if (locale === 'en') {
    const files = [
      import('@timebank/contract/locales/en.json'),
      import('@timebank/contract/locales/questions.en.json'),
      import('@timebank/contract/locales/reports.en.json'),
      import('./locales/en.json'),
    ] as const;
    const [shared, asked, reported, own] = await Promise.all(files);
    i18n.global.setLocaleMessage('en', { ...shared.default, questions: asked.default, reports: reported.default, ...own.default } as never);
  }
  (i18n.global.locale as unknown as { value: Locale }).value = locale;
  document.documentElement.lang = locale;
}

/** The reader's own choice, kept for the next time. */
export async function choose(locale: Locale): Promise<void> {
  keep.write('locale', locale);
  await speak(locale);
}
