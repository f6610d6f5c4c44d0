import { createPublicKey, type KeyObject } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { checkpointFile, keyIdOf, readCheckpointFile, type SignedCheckpoint } from './checkpoint.rules';

/** Whole or not at all: written aside, brought to disk, then named. */
export function writeWhole(folder: string, name: string, content: string | Uint8Array, mode = 0o644): void {
  mkdirSync(folder, { recursive: true });
  const aside = join(folder, `.${name}.${process.pid}`);
  const file = openSync(aside, 'w', mode);
  try {
    writeSync(file, typeof content === 'string' ? Buffer.from(content) : content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(aside, join(folder, name));
  const directory = openSync(folder, 'r');
  fsyncSync(directory);
  closeSync(directory);
}

/**
 * Where checkpoints are published, outside the database: `BANK/NUMBER.json`, beside it `BANK/NUMBER.leaves` (the leaves of its
 * tree, which say nothing by themselves but let an audit name the row that differs), and the public keys under `keys/`.
 */
export class CheckpointFolder {
  constructor(readonly path: string) {}

  publish(checkpoint: SignedCheckpoint, leaves: Buffer | null): void {
    const { bankId, number } = checkpoint.statement;
    if (leaves) writeWhole(join(this.path, bankId), `${number}.leaves`, leaves);
    writeWhole(join(this.path, bankId), `${number}.json`, checkpointFile(checkpoint));
  }

  has(bankId: string, number: number): boolean {
    return existsSync(join(this.path, bankId, `${number}.json`));
  }

  /** A published checkpoint; `edited` when the file is not as one is published. */
  read(bankId: string, number: number): SignedCheckpoint | 'missing' | 'edited' {
    if (!this.has(bankId, number)) return 'missing';
    const checkpoint = readCheckpointFile(readFileSync(join(this.path, bankId, `${number}.json`), 'utf8'));
    return checkpoint?.statement.bankId === bankId && checkpoint.statement.number === number ? checkpoint : 'edited';
  }

  leaves(bankId: string, number: number): Buffer | null {
    const file = join(this.path, bankId, `${number}.leaves`);
    return existsSync(file) ? readFileSync(file) : null;
  }

  /** The newest number published for a bank, 0 when there is none. */
  newest(bankId: string): number {
    const folder = join(this.path, bankId);
    if (!existsSync(folder)) return 0;
    return Math.max(0, ...readdirSync(folder).map((name) => Number(/^([1-9]\d*)\.json$/.exec(name)?.[1] ?? 0)));
  }

  publishKey(publicKey: KeyObject): void {
    const name = `${keyIdOf(publicKey)}.pem`;
    if (existsSync(join(this.path, 'keys', name))) return;
    writeWhole(join(this.path, 'keys'), name, publicKey.export({ type: 'spki', format: 'pem' }) as string);
  }

  /** Every published key by its id. A file that holds another key than its name says is no key. */
  keys(): Map<string, KeyObject> {
    const found = new Map<string, KeyObject>();
    const folder = join(this.path, 'keys');
    for (const name of existsSync(folder) ? readdirSync(folder).sort() : []) {
      if (!name.endsWith('.pem') || name.startsWith('.')) continue;
      const key = readPublicKey(readFileSync(join(folder, name), 'utf8'));
      if (key && `${keyIdOf(key)}.pem` === name) found.set(keyIdOf(key), key);
    }
    return found;
  }
}

/** An Ed25519 public key in PEM, or null. */
export function readPublicKey(pem: string): KeyObject | null {
  try {
    const key = createPublicKey(pem);
    return key.asymmetricKeyType === 'ed25519' ? key : null;
  } catch {
    return null;
  }
}
