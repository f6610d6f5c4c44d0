import { type KeyObject, sign, verify } from 'node:crypto';
import { canonicalJson, keyIdOf } from './checkpoint.rules';

/**
 * What is signed when work goes on after a restore: the newest valid checkpoint, the published numbers that are void from now on (both ends
 * included), who said so, why and when. Restores of a bank have their own numbers.
 */
export type RestoreStatement = {
  format: 'timebank restore 1';
  bankId: string;
  number: number;
  /** The newest valid checkpoint and its hash; null when there is none. */
  lastNumber: number | null;
  lastHash: string | null;
  voidFrom: number;
  voidThrough: number;
  saidBy: string;
  reason: string;
  saidAt: string;
  keyId: string;
};

/** A statement with its Ed25519 signature over its canonical JSON, in base64. */
export type SignedRestore = { statement: RestoreStatement; signature: string };

export function signRestore(statement: RestoreStatement, privateKey: KeyObject): SignedRestore {
  return { statement, signature: sign(null, Buffer.from(canonicalJson(statement)), privateKey).toString('base64') };
}

/** Whether one of the known keys signed it. */
export function isGenuineRestore({ statement, signature }: SignedRestore, keys: ReadonlyMap<string, KeyObject>): boolean {
  const key = keys.get(statement.keyId);
  return (
    key !== undefined &&
    keyIdOf(key) === statement.keyId &&
    verify(null, Buffer.from(canonicalJson(statement)), key, Buffer.from(signature, 'base64'))
  );
}

/** The published form: one line of canonical JSON. */
export function restoreFile(restore: SignedRestore): string {
  return `${canonicalJson(restore)}\n`;
}

/** Reads a published restore; null when it is not, byte for byte, in the form in which one is published. */
export function readRestoreFile(text: string): SignedRestore | null {
  try {
    const restore = JSON.parse(text) as SignedRestore;
    return restore.statement.format === 'timebank restore 1' && typeof restore.signature === 'string' && restoreFile(restore) === text
      ? restore
      : null;
  } catch {
    return null;
  }
}

/** The newest restore that makes a number void, or null when it is valid. */
export function voidedBy(restores: readonly SignedRestore[], number: number): RestoreStatement | null {
  const said = restores.map(({ statement }) => statement).filter((one) => one.voidFrom <= number && number <= one.voidThrough);
  return said.toSorted((left, right) => right.number - left.number)[0] ?? null;
}
