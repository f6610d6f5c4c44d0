import en from '../locales/en.json' with { type: 'json' };
import zhHans from '../locales/zh-Hans.json' with { type: 'json' };

/** The languages that every word of the product is written in; the first is the source. */
export const languages = ['zh-Hans', 'en'] as const;
export type Language = (typeof languages)[number];

type Section = 'transferKinds' | 'classes' | 'accountKinds' | 'serviceKinds';

const shared: Record<Language, Record<Section, Record<string, string>>> = { 'zh-Hans': zhHans, en };

/** The word for a code of a closed list, as the screens write it; the code itself where there is none. */
export function wordFor(language: Language, section: Section, code: string): string {
  return shared[language][section][code] ?? code;
}
