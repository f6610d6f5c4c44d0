import { Inject, Injectable } from '@nestjs/common';
import { CheckpointFolder } from './checkpoint-folder';
import { CHECKPOINT_PLACES, type CheckpointPlaces } from './checkpoint-places';

export type CheckpointKey = { keyId: string; publicKey: string };

/** Every public key that ever signed a checkpoint here, in PEM. */
@Injectable()
export class ReadCheckpointKeys {
  constructor(@Inject(CHECKPOINT_PLACES) private readonly places: CheckpointPlaces) {}

  run(): CheckpointKey[] {
    return [...new CheckpointFolder(this.places.folder).keys()].map(([keyId, key]) => ({
      keyId,
      publicKey: key.export({ type: 'spki', format: 'pem' }) as string,
    }));
  }
}
