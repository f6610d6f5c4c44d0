import { createPublicKey, type KeyObject } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { refuse } from '@timebank/contract';
import { checkpointFile, keyIdOf, readCheckpointFile, type SignedCheckpoint } from './checkpoint.rules';
import { readRestoreFile, restoreFile, type SignedRestore } from './restore.rules';
import type { CheckpointPlaces } from './checkpoint-places';
import { createWhole, writeWhole } from '@timebank/database';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Where checkpoints are published, outside the database: `BANK/NUMBER.json`; beside it `BANK/NUMBER.leaves` (the leaves of its tree, which say
 * nothing by themselves but let an audit name the row that differs), `BANK/restore-NUMBER.json` (who went on after a restore, and which numbers are
 * void since), and the public keys under `keys/`. A published file is never replaced: the same content again changes nothing, other content is
 * refused as `ledger/published_differs`.
 */
export class CheckpointFolder {
  /**
   * `memory` is a folder elsewhere on this machine, beside the signing key. It records only the highest number ever published of each bank, so it is
   * noticed when newest rows, checkpoints and files disappear together.
   */
  constructor(
    readonly path: string,
    private readonly memory: string | null = null,
  ) {}

  /** The folder of a process that publishes, with its memory. */
  static of({ folder, keyFolder }: CheckpointPlaces): CheckpointFolder {
    return new CheckpointFolder(folder, join(keyFolder, 'newest-checkpoints'));
  }

  publish(checkpoint: SignedCheckpoint, leaves: Buffer | null): void {
    const { bankId, number } = checkpoint.statement;
    const folder = join(this.path, bankId);
    const isSame =
      (!leaves || createWhole(folder, `${number}.leaves`, leaves)) && createWhole(folder, `${number}.json`, checkpointFile(checkpoint));
    if (!isSame) throw refuse('ledger/published_differs', { bankId, number });
    if (this.memory !== null && number > this.remembered(bankId)) writeWhole(this.memory, bankId, `${number}\n`, 0o600);
  }

  private remembered(bankId: string): number {
    if (this.memory === null || !existsSync(join(this.memory, bankId))) return 0;
    return Number(readFileSync(join(this.memory, bankId), 'utf8')) || 0;
  }

  /** Whether this number or a later one was published, as far as this machine remembers, or is published now. */
  knows(bankId: string, number: number): boolean {
    return this.has(bankId, number) || this.remembered(bankId) >= number;
  }

  publishRestore(restore: SignedRestore): void {
    const { bankId, number } = restore.statement;
    if (!createWhole(join(this.path, bankId), `restore-${number}.json`, restoreFile(restore)))
      throw refuse('ledger/published_differs', { bankId, number: `restore-${number}` });
  }

  /** Every bank that something is, or was, published for. */
  banks(): string[] {
    const named = [this.path, this.memory].flatMap((place) => (place !== null && existsSync(place) ? readdirSync(place) : []));
    return [...new Set(named.filter((name) => uuid.test(name)))];
  }

  /** A bank's published restores, oldest first; `edited` for one that is not as one is published. */
  restores(bankId: string): { number: number; restore: SignedRestore | 'edited' }[] {
    const folder = join(this.path, bankId);
    const numbers = (existsSync(folder) ? readdirSync(folder) : []).flatMap((name) => /^restore-([1-9]\d*)\.json$/.exec(name)?.[1] ?? []);
    return numbers
      .map(Number)
      .toSorted((left, right) => left - right)
      .map((number) => {
        const read = readRestoreFile(readFileSync(join(folder, `restore-${number}.json`), 'utf8'));
        const isSound = read?.statement.bankId === bankId && read.statement.number === number;
        return { number, restore: isSound ? read : ('edited' as const) };
      });
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

  /** The newest number published for a bank, as far as is known here; 0 when there is none. */
  newest(bankId: string): number {
    const folder = join(this.path, bankId);
    if (!existsSync(folder)) return this.remembered(bankId);
    return Math.max(this.remembered(bankId), ...readdirSync(folder).map((name) => Number(/^([1-9]\d*)\.json$/.exec(name)?.[1] ?? 0)));
  }

  publishKey(publicKey: KeyObject): void {
    const name = `${keyIdOf(publicKey)}.pem`;
    if (!createWhole(join(this.path, 'keys'), name, publicKey.export({ type: 'spki', format: 'pem' }) as string))
      throw refuse('ledger/published_differs', { file: name });
  }

  /** Every published key by its id. A file whose key does not match its name is ignored. */
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

/** Whether something other than this checkpoint is published under its number; false when nothing is. */
export function differsFrom(published: SignedCheckpoint | 'missing' | 'edited', kept: SignedCheckpoint): boolean {
  return published === 'edited' || (published !== 'missing' && checkpointFile(published) !== checkpointFile(kept));
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
