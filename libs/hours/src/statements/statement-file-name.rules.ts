import { fill, type Language } from '@timebank/contract';
import { forFolders } from '@timebank/paper';
import type { Statement } from './open-statement';
import { statementWords, vocabularyOf } from './statement-words';

type StatementTitle = Pick<Statement, 'account' | 'period'>;

/** The name under which a person finds a statement again: whose it is and which days, in the reader's language. */
export function statementFileName({ account, period }: StatementTitle, language: Language): string {
  const owner = account.ownerName ?? vocabularyOf(language).accountKind(account.kind);
  return forFolders(fill(statementWords(language).fileName, { owner, from: period.firstDay, to: period.lastDay }));
}
