import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

/** The tables whose rows a checkpoint seals, in the order of their leaves in its tree. */
export const sealedTables = ['account_history', 'hold', 'hold_end', 'refusal', 'transfer', 'audit_trail'] as const;
export type SealedTable = (typeof sealedTables)[number];

/**
 * What is signed: that the rows which transactions from `fromXid` to below `belowXid` wrote in a bank's ledger and audit trail have this root,
 * how many they were in each table, how many transfers the bank has had in all, and that its accounts summed to zero.
 */
export type CheckpointStatement = {
  format: 'timebank checkpoint 1';
  bankId: string;
  number: number;
  /** SHA-256 of the statement before, in hexadecimal; null for the first. */
  previousHash: string | null;
  /** The number before, not always one less: after a restore void numbers lie between. Absent in older ones. */
  previousNumber?: number | null;
  fromXid: string;
  belowXid: string;
  /** Older ones know of no trail. */
  counts: Record<Exclude<SealedTable, 'audit_trail'>, number> & { audit_trail?: number };
  transfers: number;
  sumMinutes: 0;
  root: string;
  sealedAt: string;
  keyId: string;
};

/** A statement with its Ed25519 signature over its canonical JSON, in base64. */
export type SignedCheckpoint = { statement: CheckpointStatement; signature: string };

/** JSON in one form only: names in order, nothing between. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const fields = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`).join(',')}}`;
}

/** The fingerprint of a statement: what the next one names, what people compare. */
export function statementHash(statement: CheckpointStatement): string {
  return createHash('sha256').update(canonicalJson(statement)).digest('hex');
}

/** The checkpoint that a statement follows. */
export function previousNumberOf({ number, previousNumber, previousHash }: CheckpointStatement): number | null {
  return previousNumber === undefined ? (previousHash === null ? null : number - 1) : previousNumber;
}

/** A key is named after itself, so that no other key can take its name. */
export function keyIdOf(key: KeyObject): string {
  const spki = (key.type === 'private' ? createPublicKey(key) : key).export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(spki).digest('hex').slice(0, 32);
}

export function signStatement(statement: CheckpointStatement, privateKey: KeyObject): SignedCheckpoint {
  return { statement, signature: sign(null, Buffer.from(canonicalJson(statement)), privateKey).toString('base64') };
}

/** Whether the signature is that of the key which the statement names. */
function isSignedBy({ statement, signature }: SignedCheckpoint, publicKey: KeyObject): boolean {
  return (
    keyIdOf(publicKey) === statement.keyId &&
    verify(null, Buffer.from(canonicalJson(statement)), publicKey, Buffer.from(signature, 'base64'))
  );
}

/** Whether one of the known keys signed it. */
export function isGenuine(checkpoint: SignedCheckpoint, keys: ReadonlyMap<string, KeyObject>): boolean {
  const key = keys.get(checkpoint.statement.keyId);
  return key !== undefined && isSignedBy(checkpoint, key);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A statement from the very text that was signed; null when it is none in its one form. */
export function readStatementText(text: string | null): CheckpointStatement | null {
  try {
    const value: unknown = JSON.parse(text ?? '');
    if (!isObject(value) || value['format'] !== 'timebank checkpoint 1' || !isObject(value['counts'])) return null;
    return canonicalJson(value) === text ? (value as CheckpointStatement) : null;
  } catch {
    return null;
  }
}

/** The published form: one line of canonical JSON. */
export function checkpointFile(checkpoint: SignedCheckpoint): string {
  return `${canonicalJson(checkpoint)}\n`;
}

/** Reads a published checkpoint; null when it is not, byte for byte, in the form in which one is published. */
export function readCheckpointFile(text: string): SignedCheckpoint | null {
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value) || !isObject(value['statement']) || typeof value['signature'] !== 'string') return null;
    const checkpoint = value as SignedCheckpoint;
    return checkpoint.statement.format === 'timebank checkpoint 1' && checkpointFile(checkpoint) === text ? checkpoint : null;
  } catch {
    return null;
  }
}

/** How many rows of a table a statement seals: none of one that was not sealed yet when it was signed. */
export const countIn = ({ counts }: Pick<CheckpointStatement, 'counts'>, table: SealedTable): number => counts[table] ?? 0;

export const leavesIn = (statement: CheckpointStatement): number => sealedTables.reduce((sum, table) => sum + countIn(statement, table), 0);
