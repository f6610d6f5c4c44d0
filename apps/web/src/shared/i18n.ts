import { createI18n } from 'vue-i18n';
import { keepUnder, pickLanguage } from '@timebank/web-kit';

export const locales = ['zh-Hans', 'en'] as const;
export type Locale = (typeof locales)[number];

export const keep = keepUnder('timebank.web');

const sources: Record<Locale, () => Promise<Record<string, unknown>[]>> = {
  'zh-Hans': async () =>
    (await Promise.all([import('../locales/zh-Hans.json'), import('@timebank/contract/locales/zh-Hans.json')])).map((file) => file.default),
  en: async () =>
    (await Promise.all([import('../locales/en.json'), import('@timebank/contract/locales/en.json')])).map((file) => file.default),
};

export const i18n = createI18n({ legacy: false, locale: 'zh-Hans', fallbackLocale: false, messages: {} });

/** Fetches a language's words and shows them. */
export async function speak(locale: Locale): Promise<void> {
  if (!(i18n.global.availableLocales as string[]).includes(locale)) {
    const [own, shared] = await sources[locale]();
    i18n.global.setLocaleMessage(locale, { ...shared, ...own });
  }
  i18n.global.locale.value = locale;
  document.documentElement.lang = locale;
}

/** The reader's own choice, kept for the next time. */
export async function choose(locale: Locale): Promise<void> {
  keep.write('locale', locale);
  await speak(locale);
}

/** The earlier choice, else the first of the browser's languages that the app has, else Chinese, the source. */
export function firstLocale(): Locale {
  const kept = keep.read('locale');
  return locales.find((locale) => locale === kept) ?? pickLanguage(navigator.languages, locales) ?? 'zh-Hans';
}
