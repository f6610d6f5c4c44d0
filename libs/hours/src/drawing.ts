/** The second door: what draws files, without a database or a framework, for a thread that does nothing else. */
import type { Language } from '@timebank/contract';
import { heardNames } from './statements/heard-names';
import type { Statement } from './statements/open-statement';
import type { DrawnEntry } from './statements/statement-entry.rules';
import { statementPdf } from './statements/statement-pdf';
import { statementXlsx } from './statements/statement-xlsx';

/** A statement as plain data: what goes from one thread to another. Its entries follow, a stretch at a time. */
export type PlainStatement = Omit<Statement, 'stretches'>;
export type { DrawnEntry, Statement };

export type DrawnForm = 'pdf' | 'xlsx';

/** A drawing in progress: its bytes, and at the end the letters of its names that no font has, which stand on paper as numbers. */
export type DrawnBytes = AsyncGenerator<Uint8Array, readonly string[]>;

/** The bytes of a statement in a form, as they come to be. Without a language a table is for programs; paper is for people. */
export async function* drawStatement(form: DrawnForm, statement: Statement, language: Language | null): DrawnBytes {
  if (form === 'xlsx') {
    yield* statementXlsx(statement, language);
    return [];
  }
  const heard = heardNames(statement);
  yield await statementPdf(heard.statement, language ?? 'zh-Hans');
  return heard.unprintable();
}

/** A drawing to its end, and what its names lack. */
export async function wholeOf(drawn: DrawnBytes): Promise<{ bytes: Buffer; unprintable: readonly string[] }> {
  const parts: Uint8Array[] = [];
  for (;;) {
    const { done, value } = await drawn.next();
    if (done) return { bytes: Buffer.concat(parts), unprintable: value };
    parts.push(value);
  }
}
