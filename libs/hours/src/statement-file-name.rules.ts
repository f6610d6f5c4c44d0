import type { Language } from '@timebank/contract';
import type { Statement } from './open-statement';
import { fill, statementWords, vocabularyOf } from './statement-words';

type Named = Pick<Statement, 'account' | 'period'>;

/** What every system takes in the name of a file: no separators of folders, no marks of the shell, nothing that nobody sees. */
const forFolders = (text: string) =>
  text
    .replace(/[\\/:*?"<>|\p{C}]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();

/** The name under which a person finds a statement again: whose it is and which days, in the reader's language. */
export function statementFileName({ account, period }: Named, language: Language): string {
  const owner = account.ownerName ?? vocabularyOf(language).accountKind(account.kind);
  return forFolders(fill(statementWords(language).fileName, { owner, from: period.firstDay, to: period.lastDay }));
}
