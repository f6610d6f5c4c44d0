import sharedWords from '@timebank/contract/locales/zh-Hans.json';
import { createI18n } from 'vue-i18n';
import ownWords from './locales/zh-Hans.json';
import { keep } from './shared/display';

/** Chinese is the source and travels with the page; others are fetched when chosen. */
export const i18n = createI18n({
  legacy: false,
  locale: 'zh-Hans',
  fallbackLocale: 'zh-Hans',
  messages: { 'zh-Hans': { ...sharedWords, ...ownWords } } as Record<string, Record<string, unknown>> as never,
});

export const locales = ['zh-Hans', 'en'] as const;
export type Locale = (typeof locales)[number];

export function keptLocale(): Locale {
  return keep.read('locale') === 'en' ? 'en' : 'zh-Hans';
}

/** Loads the words, then switches page and `lang` at once. */
export async function setLocale(locale: Locale): Promise<void> {
  if (locale === 'en') {
    const [shared, own] = await Promise.all([import('@timebank/contract/locales/en.json'), import('./locales/en.json')]);
    i18n.global.setLocaleMessage('en', { ...shared.default, ...own.default } as never);
  }
  (i18n.global.locale as unknown as { value: Locale }).value = locale;
  document.documentElement.lang = locale;
  keep.write('locale', locale);
}
