import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { WatchBooks } from '../sealing/watch-books';

/** Somebody's statement about a clock that had been wrong: until when the books of a bank had run ahead, who says so, why and when. */
export type ClockRepair = { bankId: string; aheadUntil: Date; repairedAt: Date; accounts: number; saidBy: string; reason: string };

/**
 * Lets work go on after the machine's clock was ahead for a while. Entries of that time stay as they are and count as recorded now wherever order
 * matters, and the accounts take entries again. Recorded with a name and a reason; each bank by itself, one transaction a bank. Answers what it
 * repaired; nothing where nothing is ahead of now.
 */
@Injectable()
export class RepairClock {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly books: WatchBooks,
  ) {}

  async run(said: { saidBy: string; reason: string }): Promise<ClockRepair[]> {
    const banks = await this.unit.glance<{ bankId: string }>(`select bank_id from locator where kind = 'bank' order by bank_id`);
    const repairs: ClockRepair[] = [];
    for (const { bankId } of banks) {
      const repair = await this.unit.run([bankId], async () => {
        const done = await this.unit.one<{ ahead: Date | null }>('select repair_clock($1, $2, $3, $4) as ahead', [
          bankId,
          this.unit.now,
          said.saidBy,
          said.reason,
        ]);
        return done?.ahead ? this.newest(bankId) : null;
      });
      if (repair) repairs.push(repair);
    }
    await this.books.look();
    return repairs;
  }

  /** All repairs of every bank, oldest first. */
  async kept(): Promise<ClockRepair[]> {
    const banks = await this.unit.glance<{ bankId: string }>(`select bank_id from locator where kind = 'bank' order by bank_id`);
    return this.unit.run(
      banks.map(({ bankId }) => bankId),
      () => this.unit.query<ClockRepair>(`select ${columns} from ledger_clock_repair order by repaired_at, bank_id`),
    );
  }

  private newest(bankId: string): Promise<ClockRepair | null> {
    return this.unit.one<ClockRepair>(`select ${columns} from ledger_clock_repair where bank_id = $1 order by number desc limit 1`, [
      bankId,
    ]);
  }
}

const columns = 'bank_id, ahead_until, repaired_at, accounts, said_by, reason';
