import { Inject, Injectable } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { CLOCK, UnitOfWork } from '@timebank/database';
import type { Clock } from '@timebank/kernel';
import { CheckpointFolder, differsFrom } from './checkpoint-folder';
import { CHECKPOINT_PLACES, type CheckpointPlaces } from './checkpoint-places';
import type { CheckpointStatement } from './checkpoint.rules';

/** Numbers of a bank, both ends included, that are published and that the books here do not know. */
export type MissingNumbers = { bankId: string; fromNumber: number; throughNumber: number };
export type BooksState = {
  /** Checkpoints published after the moment the books have gone back to; empty while the books are whole. */
  rolledBack: MissingNumbers[];
  /** Newest checkpoints whose number is published with other content. */
  differing: { bankId: string; number: number }[];
  /** By how many numbers this server's transaction count is behind what is stored: a dump was restored and nobody has run `migrate`. */
  transactionsBehind: number;
  /** Until when something stored is well ahead of now: the machine's clock was ahead once, or is behind now. Null if nothing is. */
  storedUntil: string | null;
  /** By how many seconds this machine's clock and the database's differ, positive if this one is ahead; 0 while that is little. */
  clocksApartSeconds: number;
};
export type Sealing = 'ok' | 'rolled_back' | 'differs' | 'behind';

export const sealingOf = ({ rolledBack, differing, transactionsBehind }: BooksState): Sealing =>
  transactionsBehind > 0 ? 'behind' : rolledBack.length > 0 ? 'rolled_back' : differing.length > 0 ? 'differs' : 'ok';

/** The ledger refuses what lags behind an account by more; see `post_many`. */
export const aheadMilliseconds = 3_600_000;
const apartMilliseconds = 120_000;

export const clockStateOf = ({ storedUntil, clocksApartSeconds }: BooksState): 'ok' | 'behind' | 'apart' =>
  clocksApartSeconds !== 0 ? 'apart' : storedUntil !== null ? 'behind' : 'ok';

/** How old an answer may be before the books are looked at again, in milliseconds of real time. */
const freshMilliseconds = 2_000;

type Row = { bankId: string; next: number; statement: string | null; signature: Buffer | null };

/**
 * Compares the books with what was published outside them, again and again while the service runs: a database restored from a backup is older than
 * its newest published checkpoint. Then people may read and nobody may write until an admin confirms it (`SayRestored`). It asks the database once
 * and the folder for one name a bank, so it is cheap enough to stand before every write.
 */
@Injectable()
export class WatchBooks {
  private looked: { at: number; state: BooksState } | null = null;
  private looking: Promise<BooksState> | null = null;
  private told = '';
  /** Called when the state is another than before; for the log. */
  onChange: (state: BooksState) => void = () => undefined;

  constructor(
    private readonly unit: UnitOfWork,
    @Inject(CHECKPOINT_PLACES) private readonly places: CheckpointPlaces,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Not older than two seconds. */
  async state(): Promise<BooksState> {
    if (this.looked && performance.now() - this.looked.at < freshMilliseconds) return this.looked.state;
    return this.look();
  }

  /** Refuses `service/rolled_back` while the books are older than what was published, and `service/unavailable` as `refuseToServe` does. */
  async refuseToWrite(): Promise<void> {
    const state = await this.state();
    this.refuseToServe(state);
    const [first] = state.rolledBack;
    if (first) throw refuse('service/rolled_back', { ...first });
  }

  /**
   * Refuses `service/unavailable` while new rows would be numbered before stored ones, since they could never be sealed, and while nobody knows what
   * time it is, since they would carry a wrong one for good.
   */
  refuseToServe({ transactionsBehind, storedUntil, clocksApartSeconds }: BooksState): void {
    if (transactionsBehind > 0) throw refuse('service/unavailable', { reason: 'transactions_behind', transactionsBehind });
    if (clocksApartSeconds !== 0) throw refuse('service/unavailable', { reason: 'clocks_apart', clocksApartSeconds });
    if (storedUntil !== null) throw refuse('service/unavailable', { reason: 'clock_behind', storedUntil });
  }

  /** Looks now. Callers who ask while a look is under way get its answer. */
  async look(): Promise<BooksState> {
    this.looking ??= this.compare().finally(() => {
      this.looking = null;
    });
    const state = await this.looking;
    const said = JSON.stringify(state);
    if (said !== this.told && (this.told !== '' || sealingOf(state) !== 'ok' || clockStateOf(state) !== 'ok')) this.onChange(state);
    this.told = said;
    return state;
  }

  private async compare(): Promise<BooksState> {
    const folder = CheckpointFolder.of(this.places);
    // The first time all names are read; then the one that would be next.
    const throughOf = (bankId: string, next: number) => (this.looked === null || folder.knows(bankId, next) ? folder.newest(bankId) : 0);
    const located = await this.unit.glance<{ bankId: string }>(`select bank_id from locator where kind = 'bank'`);
    const bankIds = [...new Set([...located.map(({ bankId }) => bankId), ...folder.banks()])];
    const kept = await this.read(bankIds);
    const state: BooksState = { rolledBack: [], differing: [], ...(await this.counts(bankIds)) };
    const ahead = kept.filter(({ bankId, next }) => throughOf(bankId, next) >= next);
    // One that was made and published after the database was asked is known to it by now.
    for (const { bankId, next } of await this.read(ahead.map((bank) => bank.bankId))) {
      const throughNumber = folder.newest(bankId);
      if (throughNumber >= next) state.rolledBack.push({ bankId, fromNumber: next, throughNumber });
    }
    for (const { bankId, statement, signature } of kept) {
      if (statement === null || signature === null) continue;
      const newest = { statement: JSON.parse(statement) as CheckpointStatement, signature: signature.toString('base64') };
      const { number } = newest.statement;
      if (differsFrom(folder.read(bankId, number), newest)) state.differing.push({ bankId, number });
    }
    this.looked = { at: performance.now(), state };
    return state;
  }

  /**
   * What the database says about its transactions and the time. A clock that is not the machine's, as in a city that is tried out, is never behind.
   */
  private async counts(bankIds: readonly string[]): Promise<Pick<BooksState, 'transactionsBehind' | 'storedUntil' | 'clocksApartSeconds'>> {
    const latest = this.clock.isMachines ? new Date(this.clock.now().getTime() + aheadMilliseconds) : 'infinity';
    return this.unit.run(bankIds, async () => {
      const asked = Date.now();
      const found = await this.unit.one<{ behind: number | null; ahead: Date | null; there: Date }>(
        'select transactions_behind() as behind, stored_ahead($1) as ahead, clock_timestamp() as there',
        [latest],
      );
      const answered = Date.now();
      // The time there and back is no difference.
      const there = found?.there.getTime() ?? asked;
      const apart = there < asked ? asked - there : Math.min(0, answered - there);
      return {
        transactionsBehind: found?.behind ?? 0,
        storedUntil: found?.ahead?.toISOString() ?? null,
        clocksApartSeconds: Math.abs(apart) > apartMilliseconds ? Math.round(apart / 60_000) * 60 : 0,
      };
    });
  }

  private async read(bankIds: readonly string[]): Promise<Row[]> {
    if (bankIds.length === 0) return [];
    return this.unit.run(bankIds, () =>
      this.unit.query<Row>(
        `select bank.id as bank_id, next_checkpoint(bank.id) as next, newest.statement, newest.signature from unnest($1::uuid[]) bank (id)
           left join lateral (select statement, signature from checkpoint c where c.bank_id = bank.id order by number desc limit 1) newest on true`,
        [bankIds],
      ),
    );
  }
}
