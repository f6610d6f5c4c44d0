import { UnitOfWork } from '@timebank/database';
import { newId } from '@timebank/kernel';
import {
  OpenAccounts,
  PlaceHold,
  PostTransfers,
  ReadAccount,
  ReleaseHolds,
  type NewAccount,
  type Posting,
  type PostOutcome,
} from '@timebank/ledger';
import type { TestDatabase } from './test-database';
import { testStart, type TestRooms } from './test-rooms';

/** A bank's ledger without the bank: with two members, who hold 300 and no minutes, a fund, a pool and an issuance account. */
export class TestLedger {
  readonly bankId = newId();
  readonly client = newId();
  readonly volunteer = newId();
  readonly fund = newId();
  readonly pool = newId();
  readonly issuance = newId();
  readonly unit: UnitOfWork;

  private constructor(private readonly rooms: TestRooms) {
    this.unit = rooms.get(UnitOfWork);
  }

  static async open(rooms: TestRooms, volunteerCeilingMinutes: number | null = 1_000): Promise<TestLedger> {
    const bank = new TestLedger(rooms);
    await bank.openAccounts([
      { accountId: bank.client, kind: 'member', ownerId: newId(), floorMinutes: 0, ceilingMinutes: 1_000 },
      { accountId: bank.volunteer, kind: 'member', ownerId: newId(), floorMinutes: 0, ceilingMinutes: volunteerCeilingMinutes },
      { accountId: bank.fund, kind: 'fund', ownerId: null, floorMinutes: 0, ceilingMinutes: null },
      { accountId: bank.pool, kind: 'pool', ownerId: null, floorMinutes: 0, ceilingMinutes: null },
      { accountId: bank.issuance, kind: 'issuance', ownerId: null, floorMinutes: null, ceilingMinutes: null },
    ]);
    await bank.post(bank.opening(bank.client, 300));
    return bank;
  }

  async openAccounts(accounts: NewAccount[]): Promise<void> {
    await this.unit.run([this.bankId], () => this.rooms.get(OpenAccounts).run(this.bankId, accounts));
  }

  opening(creditAccountId: string, minutes: number): Posting {
    return this.posting({ debitAccountId: this.issuance, creditAccountId, minutes, kind: 'opening', class: null, visitId: null });
  }

  /** A verified service of 60 minutes from client to volunteer, unless said otherwise. */
  posting(differences: Partial<Posting> = {}): Posting {
    return {
      bankId: this.bankId,
      transferId: newId(),
      debitAccountId: this.client,
      creditAccountId: this.volunteer,
      minutes: 60,
      kind: 'service',
      class: 'verified',
      visitId: newId(),
      reversesId: null,
      memoCode: null,
      actorId: newId(),
      effectiveAt: testStart,
      holdId: null,
      overflow: null,
      cover: null,
      ...differences,
    };
  }

  /** What takes a posting back. */
  reversal(original: Posting, differences: Partial<Posting> = {}): Posting {
    return this.posting({
      debitAccountId: original.creditAccountId,
      creditAccountId: original.debitAccountId,
      minutes: original.minutes,
      kind: 'reversal',
      class: null,
      visitId: original.visitId,
      reversesId: original.transferId,
      ...differences,
    });
  }

  async post(posting: Posting): Promise<PostOutcome> {
    const [outcome] = await this.rooms.get(PostTransfers).run([posting]);
    if (!outcome) throw new Error('no outcome');
    return outcome;
  }

  async hold(minutes: number, accountId = this.client): Promise<string> {
    const holdId = newId();
    await this.rooms.get(PlaceHold).run({ bankId: this.bankId, holdId, accountId, minutes, expiresAt: testStart });
    return holdId;
  }

  async release(...holdIds: string[]): Promise<void> {
    await this.rooms.get(ReleaseHolds).run(this.bankId, holdIds);
  }

  /** Waits until no transaction of the whole server is as old as what this bank wrote last: from then on all of it can be sealed. */
  async settle(): Promise<void> {
    await settleLedger(this.rooms.database, this.bankId);
  }

  async minutesOf(accountId: string): Promise<number> {
    return (await this.rooms.get(ReadAccount).run(this.bankId, accountId)).balanceMinutes;
  }

  async heldOf(accountId: string): Promise<number> {
    return (await this.rooms.get(ReadAccount).run(this.bankId, accountId)).heldOutMinutes;
  }
}

const sealedTables = ['transfer', 'hold', 'hold_end', 'refusal', 'account_history', 'audit_trail'];

/** As `TestLedger.settle`, for any bank. Specs that run beside each other share a server, and so its oldest transaction. */
export async function settleLedger(database: TestDatabase, bankId: string): Promise<void> {
  const newest = sealedTables.map((table) => `(select max(recorded_xid) from ${table} where bank_id = $1)`).join(', ');
  for (;;) {
    const [found] = await database.query<{ settled: boolean }>(
      `select coalesce(ledger_horizon() > greatest(${newest}), true) as settled from pg_sleep(0.002)`,
      [bankId],
    );
    if (found?.settled) return;
  }
}
