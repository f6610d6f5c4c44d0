import { createI18n } from 'vue-i18n';
import { type Language, languages } from '@timebank/contract/client';
import { keepUnder, messagesOf, pickLanguage, type WrittenWords } from '@timebank/web-kit';

export const keep = keepUnder('timebank.web');

type Words = Record<string, WrittenWords>;
/** Of the product and the phone's own, which say some things in other words; each language is a chunk that is fetched when it is chosen. */
const sources: Record<Language, () => Promise<{ product: Words; phone: Words }>> = {
  'zh-Hans': () => import('./words-of/zh-Hans'),
  'zh-Hant': () => import('./words-of/zh-Hant'),
  en: () => import('./words-of/en'),
  ja: () => import('./words-of/ja'),
  ko: () => import('./words-of/ko'),
};

/** Of what only later pages say; files of other names, since a build finds the first words by theirs. */
const laterSources: typeof sources = {
  'zh-Hans': () => import('./later-words/later-zh-Hans'),
  'zh-Hant': () => import('./later-words/later-zh-Hant'),
  en: () => import('./later-words/later-en'),
  ja: () => import('./later-words/later-ja'),
  ko: () => import('./later-words/later-ko'),
};
/** Languages whose later words are here; none is fetched before a page needs them. */
const later = new Set<Language>();

export const i18n = createI18n({ legacy: false, locale: 'zh-Hans', fallbackLocale: false, messages: {} });

/** Part by part, the phone's own words before the product's. */
function joined({ product, phone }: { product: Words; phone: Words }): Words {
  const parts = Object.entries(phone).map(([part, words]) => [part, { ...product[part], ...words }]);
  return { ...product, ...Object.fromEntries(parts) };
}

async function addLater(language: Language): Promise<void> {
  if (later.has(language)) return;
  i18n.global.mergeLocaleMessage(language, messagesOf(joined(await laterSources[language]())));
  later.add(language);
}

/** A page together with the words that only such pages say. */
export const withLaterWords =
  <Page>(page: () => Promise<Page>) =>
  async (): Promise<Page> =>
    (await Promise.all([page(), addLater(i18n.global.locale.value as Language)]))[0];

/** Fetches a language's words and shows them. */
export async function speak(language: Language): Promise<void> {
  if (!(i18n.global.availableLocales as string[]).includes(language)) {
    i18n.global.setLocaleMessage(language, messagesOf(joined(await sources[language]())));
  }
  if (later.size > 0) await addLater(language);
  i18n.global.locale.value = language;
  document.documentElement.lang = language;
}

/** The reader's own choice, kept for the next time once its words are here. */
export async function choose(language: Language): Promise<void> {
  await speak(language);
  keep.write('locale', language);
}

/** The earlier choice, else the first of the browser's languages that the app has, else Chinese, the source. */
export function firstLocale(): Language {
  const kept = keep.read('locale');
  return languages.find((language) => language === kept) ?? pickLanguage(navigator.languages, languages) ?? 'zh-Hans';
}
