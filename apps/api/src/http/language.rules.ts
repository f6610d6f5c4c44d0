import { type Language, languages, type TableChoice } from '@timebank/contract';

/** A tag with the script that it is written in where it says none: `zh-TW` is written in Hant. Null for what is no tag. */
function scriptOf(tag: string): { language: string; script: string | undefined } | null {
  try {
    const { language, script } = new Intl.Locale(tag).maximize();
    return { language, script };
  } catch {
    return null;
  }
}

/**
 * The language that an Accept-Language header likes best among those there are, in the same script if possible; null where it names none of them.
 * Source: RFC 9110, section 12.5.4.
 */
export function languageOf(header: string | undefined): Language | null {
  const liked = (header ?? '')
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const weight = parameters.map((parameter) => /^\s*q=(\d(?:\.\d+)?)\s*$/i.exec(parameter)?.[1]).find(Boolean);
      return { wanted: scriptOf(tag), weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((left, right) => right.weight - left.weight);
  for (const { wanted } of liked) {
    const same = languages.filter((language) => scriptOf(language)?.language === wanted?.language);
    const found = same.find((language) => scriptOf(language)?.script === wanted?.script) ?? same[0];
    if (found) return found;
  }
  return null;
}

/** Null where a table is for a program: it was requested so, or nobody named a language and there is no usual one. */
export function tableLanguage({ form, language }: TableChoice, liked: string | undefined, usual: Language | null): Language | null {
  if (form === 'machine') return null;
  return language ?? languageOf(liked) ?? (form === 'reader' ? 'zh-Hans' : usual);
}
