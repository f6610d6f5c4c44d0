import { type DynamicModule, Module } from '@nestjs/common';
import { CheckpointKeys } from './checkpoint-keys';
import { CHECKPOINT_PLACES, type CheckpointPlaces } from './checkpoint-places';
import { LedgerModule } from './ledger.module';
import { ReadCheckpointKeys } from './read-checkpoint-keys';
import { RepairClock } from './repair-clock';
import { SayRestored } from './say-restored';
import { SealCheckpoints } from './seal-checkpoints';
import { WatchBooks } from './watch-books';

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
