/** The second door: what draws files, without a database or a framework, for a thread that does nothing else. */
import type { Language } from '@timebank/contract';
import type { Statement } from './statements/open-statement';
import type { DrawnEntry } from './statements/statement-entry.rules';
import { statementPdf } from './statements/statement-pdf';
import { statementXlsx } from './statements/statement-xlsx';

/** A statement as plain data: what goes from one thread to another. Its entries follow, a stretch at a time. */
export type PlainStatement = Omit<Statement, 'stretches'>;
export type { DrawnEntry, Statement };

export type DrawnForm = 'pdf' | 'xlsx';

/** The bytes of a statement in a form, as they come to be. Without a language a table is for programs; paper is for people. */
export async function* drawStatement(form: DrawnForm, statement: Statement, language: Language | null): AsyncGenerator<Uint8Array> {
  if (form === 'xlsx') yield* statementXlsx(statement, language);
  else yield await statementPdf(statement, language ?? 'zh-Hans');
}
