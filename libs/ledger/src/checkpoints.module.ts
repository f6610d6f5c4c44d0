import { type DynamicModule, Module } from '@nestjs/common';
import { CheckpointKeys } from './sealing/checkpoint-keys';
import { CHECKPOINT_PLACES, type CheckpointPlaces } from './sealing/checkpoint-places';
import { LedgerModule } from './ledger.module';
import { ReadCheckpointKeys } from './sealing/read-checkpoint-keys';
import { RepairClock } from './audit/repair-clock';
import { SayRestored } from './sealing/say-restored';
import { SealCheckpoints } from './sealing/seal-checkpoints';
import { WatchBooks } from './sealing/watch-books';

const abilities = [ReadCheckpointKeys, RepairClock, SayRestored, SealCheckpoints, WatchBooks];

/** What of the ledger touches files: the signing key and the folder where checkpoints are published. */
@Module({})
export class CheckpointsModule {
  static forRoot(places: CheckpointPlaces): DynamicModule {
    return {
      module: CheckpointsModule,
      imports: [LedgerModule],
      providers: [{ provide: CHECKPOINT_PLACES, useValue: places }, CheckpointKeys, ...abilities],
      exports: [LedgerModule, CheckpointKeys, ...abilities],
    };
  }
}
