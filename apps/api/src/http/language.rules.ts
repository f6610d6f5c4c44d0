import { type Language, languages, type TableChoice } from '@timebank/contract';

/** The language that an Accept-Language header likes best among those there are; null where it names none of them. */
export function languageOf(header: string | undefined): Language | null {
  const liked = (header ?? '')
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const weight = parameters.map((parameter) => /^\s*q=(\d(?:\.\d+)?)\s*$/.exec(parameter)?.[1]).find(Boolean);
      return { primary: tag.split('-')[0], weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((left, right) => right.weight - left.weight);
  for (const { primary } of liked) {
    const found = languages.find((language) => language.split('-')[0] === primary);
    if (found) return found;
  }
  return null;
}

/** Null where a table is for a program: it was requested so, or nobody named a language and there is no usual one. */
export function tableLanguage({ form, language }: TableChoice, liked: string | undefined, usual: Language | null): Language | null {
  if (form === 'machine') return null;
  return language ?? languageOf(liked) ?? (form === 'reader' ? 'zh-Hans' : usual);
}
