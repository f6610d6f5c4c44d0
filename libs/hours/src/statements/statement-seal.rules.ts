import { type SignedCheckpoint, statementHash } from '@timebank/ledger';
import { fill } from '@timebank/contract';
import type { StatementWords } from './statement-words';

/** The newest checkpoint of the bank, as a statement quotes it. `address` shows it to anyone who asks. */
export type StatementSeal = {
  number: number;
  fingerprint: string;
  root: string;
  signature: string;
  publicKeyId: string;
  address: string;
};

export function statementSeal(checkpoint: SignedCheckpoint | null, origin: string): StatementSeal | null {
  if (checkpoint === null) return null;
  const { statement, signature } = checkpoint;
  const { bankId, number, root, keyId } = statement;
  return { number, fingerprint: statementHash(statement), root, signature, publicKeyId: keyId, address: `${origin}/c/${bankId}/${number}` };
}

/** What a reader learns about the seal; in codes when no language was requested. */
export function sealSentence(count: { entries: number; sealed: number }, seal: StatementSeal | null, words: StatementWords | null): string {
  const state = seal === null ? 'none' : count.sealed === count.entries ? 'all' : 'some';
  return words === null ? state : fill(words.seal[state], count);
}
