import { Inject, Injectable } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { CheckpointFolder } from './checkpoint-folder';
import { CheckpointKeys } from './checkpoint-keys';
import { CHECKPOINT_PLACES, type CheckpointPlaces } from './checkpoint-places';
import { canonicalJson, isGenuine, keyIdOf, statementHash } from './checkpoint.rules';
import { ReadCheckpoints } from './read-checkpoints';
import { ReadRestores } from './read-restores';
import { type SignedRestore, signRestore } from './restore.rules';
import { type MissingNumbers, WatchBooks } from './watch-books';

/**
 * Lets work go on after a restore from a backup: every published number that the books no longer know is void from now on. Who says so, why and when
 * is signed, stored here and published beside the checkpoints, for everybody with an old statement. New numbers follow the void ones. The same words
 * again get the same answer. Refuses `ledger/not_rolled_back` when nothing published is missing here.
 */
@Injectable()
export class SayRestored {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly keys: CheckpointKeys,
    private readonly readCheckpoints: ReadCheckpoints,
    private readonly readRestores: ReadRestores,
    private readonly books: WatchBooks,
    @Inject(CHECKPOINT_PLACES) private readonly places: CheckpointPlaces,
  ) {}

  async run(said: { saidBy: string; reason: string }): Promise<{ items: SignedRestore[] }> {
    const folder = CheckpointFolder.of(this.places);
    const { rolledBack } = await this.books.look();
    if (rolledBack.length === 0) return { items: await this.saidBefore(said, folder) };
    const items: SignedRestore[] = [];
    for (const missing of rolledBack) {
      const restore = await this.sayOf(missing, said, folder);
      if (restore) folder.publishRestore(restore);
      if (restore) items.push(restore);
    }
    await this.books.look();
    return { items };
  }

  private async sayOf(
    { bankId, fromNumber, throughNumber }: MissingNumbers,
    said: { saidBy: string; reason: string },
    folder: CheckpointFolder,
  ): Promise<SignedRestore | null> {
    const privateKey = await this.keys.key();
    const known = folder.keys();
    return this.unit.run([bankId], async () => {
      const last = await this.readCheckpoints.newest(bankId);
      const before = [...(await this.readRestores.kept(bankId)), ...folder.restores(bankId)].map(({ number }) => number);
      const number = Math.max(0, ...before) + 1;
      const restore = signRestore(
        {
          format: 'timebank restore 1',
          bankId,
          number,
          lastNumber: last?.statement.number ?? null,
          lastHash: last ? statementHash(last.statement) : null,
          voidFrom: fromNumber,
          voidThrough: throughNumber,
          ...said,
          saidAt: this.unit.now.toISOString(),
          keyId: keyIdOf(privateKey),
        },
        privateKey,
      );
      const numbers = Array.from({ length: throughNumber - fromNumber + 1 }, (_, place) => fromNumber + place);
      const published = numbers
        .map((one) => folder.read(bankId, one))
        .map((one) => (typeof one === 'string' || !isGenuine(one, known) ? null : one));
      const added = await this.unit.one<{ isFirst: boolean }>('select add_restore($1, $2, $3, $4, $5, $6, $7, $8) as is_first', [
        bankId,
        number,
        fromNumber,
        throughNumber,
        canonicalJson(restore.statement),
        Buffer.from(restore.signature, 'base64'),
        published.map((one) => (one ? canonicalJson(one.statement) : null)),
        published.map((one) => (one ? Buffer.from(one.signature, 'base64') : null)),
      ]);
      return added?.isFirst ? restore : null;
    });
  }

  /** The newest restore of each bank, if all of them were confirmed in these words. */
  private async saidBefore({ saidBy, reason }: { saidBy: string; reason: string }, folder: CheckpointFolder): Promise<SignedRestore[]> {
    const items: SignedRestore[] = [];
    for (const bankId of folder.banks()) {
      const newest = (await this.readRestores.run(bankId)).items.at(-1);
      if (newest && newest.statement.saidBy === saidBy && newest.statement.reason === reason) items.push(newest);
    }
    if (items.length === 0) throw refuse('ledger/not_rolled_back');
    return items;
  }
}
