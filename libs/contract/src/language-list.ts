/** The languages that every word of the product is written in, apart from the words: a browser fetches those of one. The first is the source. */
export const languages = ['zh-Hans', 'zh-Hant', 'en', 'ja', 'ko'] as const;
export type Language = (typeof languages)[number];
