/** The languages that the forum documents are told in; the product's own screens know fewer. */
export const documentLanguages = ['zh-Hans', 'ja', 'en', 'ko'] as const;
export type DocumentLanguage = (typeof documentLanguages)[number];
