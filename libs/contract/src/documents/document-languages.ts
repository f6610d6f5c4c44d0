import type { Language } from '../language-list';

/** The languages of the forum documents; the product's own screens have fewer. */
export const documentLanguages = ['zh-Hans', 'ja', 'en', 'ko'] as const;
export type DocumentLanguage = (typeof documentLanguages)[number];

/** The language to read documents in for a screen's: those of the screens that the documents do not have are read in the same tongue. */
export const documentLanguageFor = (language: Language): DocumentLanguage => (language === 'zh-Hant' ? 'zh-Hans' : language);
