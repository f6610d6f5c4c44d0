import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { CHECKPOINT_PLACES, type CheckpointPlaces } from './checkpoint-places';
import { CheckpointFolder } from './checkpoint-folder';
import { keyIdOf } from './checkpoint.rules';
import { createWhole, writeWhole } from './whole-files';

const keyFile = 'checkpoint-key.pem';

/**
 * The key that signs checkpoints: made on first use, in a file that only its owner may read, and never in the database. Its
 * public half is published before it signs. Two processes that make it at once end up with one key.
 * Refuses `ledger/key_exposed` when others may read the file.
 */
@Injectable()
export class CheckpointKeys {
  constructor(@Inject(CHECKPOINT_PLACES) private readonly places: CheckpointPlaces) {}

  signingKey(): KeyObject {
    const file = join(this.places.keyFolder, keyFile);
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
    if (replace) return writeWhole(this.places.keyFolder, keyFile, pem, 0o600);
    createWhole(this.places.keyFolder, keyFile, pem, 0o600);
  }
}
