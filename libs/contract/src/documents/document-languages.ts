/** The languages of the forum documents; the product's own screens have fewer. */
export const documentLanguages = ['zh-Hans', 'ja', 'en', 'ko'] as const;
export type DocumentLanguage = (typeof documentLanguages)[number];
