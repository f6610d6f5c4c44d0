import type { Statement } from './open-statement';
import { fill, type StatementWords } from './statement-words';

/** The newest checkpoint of the bank, as a statement quotes it. `address` shows it to anyone who asks. */
export type StatementSeal = {
  number: number;
  root: string;
  signature: string;
  publicKeyId: string;
  /** How many of the statement's entries it or one before it covers. */
  sealedEntries: number;
  address: string;
};

/** What a reader is told about the seal; in codes where no language was asked for. */
export function sealSentence(statement: Statement, seal: StatementSeal | null, words: StatementWords | null): string {
  const entries = statement.throughVersion - statement.aboveVersion;
  const state = seal === null ? 'none' : seal.sealedEntries === entries ? 'all' : 'some';
  return words === null ? state : fill(words.seal[state], { entries, sealed: seal?.sealedEntries ?? 0 });
}
