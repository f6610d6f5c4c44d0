import { hoursText, type Language, wordFor } from '@timebank/contract';
import type { KindNames } from './service-kinds.sql';
import en from './statement-words.en.json' with { type: 'json' };
import ja from './statement-words.ja.json' with { type: 'json' };
import ko from './statement-words.ko.json' with { type: 'json' };
import zhHans from './statement-words.zh-Hans.json' with { type: 'json' };
import zhHant from './statement-words.zh-Hant.json' with { type: 'json' };

export type StatementWords = typeof zhHans;
export type StatementColumn = keyof StatementWords['columns'];
export type StatementLine = keyof StatementWords['lines'];

const words: Record<Language, StatementWords> = { 'zh-Hans': zhHans, 'zh-Hant': zhHant, en, ja, ko };

export function statementWords(language: Language): StatementWords {
  return words[language];
}

/** How a statement names its columns, lines and codes: in a language, or (for programs) by the codes themselves. */
export type Vocabulary = {
  /** Whose columns: a program's have ids, a person's have kinds of service and hours. */
  isForPrograms: boolean;
  column(name: StatementColumn): string;
  line(name: StatementLine): string;
  kind(code: string): string;
  class(code: string | null): string | null;
  accountKind(code: string): string;
  serviceKind(names: KindNames | null): string | null;
  hours(minutes: number): string;
};

const codes: Vocabulary = {
  isForPrograms: true,
  column: (name) => name,
  line: (name) => name,
  kind: (code) => code,
  class: (code) => code,
  accountKind: (code) => code,
  serviceKind: () => null,
  hours: String,
};

/** Null asks for codes. */
export function vocabularyOf(language: Language | null): Vocabulary {
  if (language === null) return codes;
  const { columns, lines } = statementWords(language);
  return {
    isForPrograms: false,
    column: (name) => columns[name],
    line: (name) => lines[name],
    kind: (code) => wordFor(language, 'transferKinds', code),
    class: (code) => (code === null ? null : wordFor(language, 'classes', code)),
    accountKind: (code) => wordFor(language, 'accountKinds', code),
    serviceKind: (names) => names?.[language] ?? names?.['zh-Hans'] ?? null,
    hours: (minutes) => hoursText(language, minutes),
  };
}
