import { createI18n } from 'vue-i18n';
import { type Language, languages } from '@timebank/contract/client';
import { keepUnder, pickLanguage } from '@timebank/web-kit';

export const keep = keepUnder('timebank.web');

type Words = Record<string, unknown>;
/** Of the product and the phone's own; each language is a chunk that is fetched when it is chosen. */
const sources: Record<Language, () => Promise<{ default: Words }[]>> = {
  'zh-Hans': () => Promise.all([import('@timebank/contract/locales/zh-Hans.json'), import('../locales/zh-Hans.json')]),
  'zh-Hant': () => Promise.all([import('@timebank/contract/locales/zh-Hant.json'), import('../locales/zh-Hant.json')]),
  en: () => Promise.all([import('@timebank/contract/locales/en.json'), import('../locales/en.json')]),
  ja: () => Promise.all([import('@timebank/contract/locales/ja.json'), import('../locales/ja.json')]),
  ko: () => Promise.all([import('@timebank/contract/locales/ko.json'), import('../locales/ko.json')]),
};

export const i18n = createI18n({ legacy: false, locale: 'zh-Hans', fallbackLocale: false, messages: {} });

/** Fetches a language's words and shows them. */
export async function speak(language: Language): Promise<void> {
  if (!(i18n.global.availableLocales as string[]).includes(language)) {
    const files = await sources[language]();
    i18n.global.setLocaleMessage(language, Object.assign({}, ...files.map((file) => file.default)));
  }
  i18n.global.locale.value = language;
  document.documentElement.lang = language;
}

/** The reader's own choice, kept for the next time. */
export async function choose(language: Language): Promise<void> {
  keep.write('locale', language);
  await speak(language);
}

/** The earlier choice, else the first of the browser's languages that the app has, else Chinese, the source. */
export function firstLocale(): Language {
  const kept = keep.read('locale');
  return languages.find((language) => language === kept) ?? pickLanguage(navigator.languages, languages) ?? 'zh-Hans';
}
