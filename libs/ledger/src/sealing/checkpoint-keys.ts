import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Inject, Injectable, Optional } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { CHECKPOINT_PLACES, type CheckpointPlaces } from './checkpoint-places';
import { CheckpointFolder } from './checkpoint-folder';
import { keyIdOf } from './checkpoint.rules';
import { createWhole, writeWhole } from '@timebank/database';

export const checkpointKeyFile = 'checkpoint-key.pem';

/**
 * The key that signs checkpoints: made on first use, in a file that only its owner may read, and never in the database. Its public half is published
 * before it signs. Two processes that make it at once end up with one key. Refuses `ledger/key_exposed` when others may read the file, and
 * `ledger/key_other` when the database has another key on record, or one that is gone: then none is made.
 */
@Injectable()
export class CheckpointKeys {
  constructor(
    @Inject(CHECKPOINT_PLACES) private readonly places: CheckpointPlaces,
    @Optional() @Inject(UnitOfWork) private readonly unit: UnitOfWork | null = null,
  ) {}

  /** The signing key, held against the one on record. */
  async key(): Promise<KeyObject> {
    const [recorded] = this.unit
      ? await this.unit.glance<{ value: string }>(
          `select value from installation_mark where name = 'checkpoint key' order by mark_id desc limit 1`,
        )
      : [];
    const file = join(this.places.keyFolder, checkpointKeyFile);
    const keyId = existsSync(file) ? keyIdOf(createPrivateKey(readFileSync(file))) : null;
    if (recorded && recorded.value !== keyId) throw refuse('ledger/key_other', { file, expected: recorded.value, found: keyId });
    return this.signingKey();
  }

  signingKey(): KeyObject {
    const file = join(this.places.keyFolder, checkpointKeyFile);
    if (!existsSync(file)) this.make(false);
    if ((statSync(file).mode & 0o077) !== 0) throw refuse('ledger/key_exposed', { file });
    const key = createPrivateKey(readFileSync(file));
    new CheckpointFolder(this.places.folder).publishKey(createPublicKey(key));
    return key;
  }

  /** From now on a new key signs. The old private key is gone; its public half stays, and what it signed stays provable. Answers the new key's id. */
  rotate(): string {
    this.make(true);
    return keyIdOf(this.signingKey());
  }

  private make(replace: boolean): void {
    const { privateKey } = generateKeyPairSync('ed25519');
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
    if (replace) return writeWhole(this.places.keyFolder, checkpointKeyFile, pem, 0o600);
    createWhole(this.places.keyFolder, checkpointKeyFile, pem, 0o600);
  }
}
