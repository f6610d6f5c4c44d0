import { UnitOfWork } from '@timebank/database';
import { newId } from '@timebank/kernel';
import { OpenAccounts, type Posting, PostTransfers } from '@timebank/ledger';
import type { BenchRooms } from './bench-rooms';
import { Random } from './random';

const postingsACall = 500;
const openingMinutes = 45_000;

/** A bank of nothing but members' accounts, each holding half of the usual cap, so that no limit is met by chance. */
export class LedgerBank {
  readonly bankId = newId();
  private readonly issuance = newId();
  private readonly actorId = newId();
  private readonly random = new Random(7);
  private readonly postTransfers: PostTransfers;

  private constructor(
    private readonly rooms: BenchRooms,
    private readonly accounts: readonly string[],
  ) {
    this.postTransfers = rooms.get(PostTransfers);
  }

  static async open(rooms: BenchRooms, accounts: number): Promise<LedgerBank> {
    const bank = new LedgerBank(
      rooms,
      Array.from({ length: accounts }, () => newId()),
    );
    await bank.openAccounts();
    return bank;
  }

  private async openAccounts(): Promise<void> {
    const { bankId, issuance, rooms } = this;
    await rooms.get(UnitOfWork).run([bankId], () =>
      rooms.get(OpenAccounts).run(bankId, [
        { accountId: issuance, kind: 'issuance', ownerId: null, floorMinutes: null, ceilingMinutes: null },
        ...this.accounts.map((accountId) => ({
          accountId,
          kind: 'member' as const,
          ownerId: newId(),
          floorMinutes: 0,
          ceilingMinutes: 2 * openingMinutes,
        })),
      ]),
    );
    const openings = this.accounts.map((accountId) => this.moving(issuance, accountId, openingMinutes));
    await this.postInCalls(openings.map((opening) => ({ ...opening, kind: 'opening', class: null, visitId: null })));
  }

  /** A verified service between two members, as approvals post it. */
  service(): Posting {
    const debit = this.random.integer(0, this.accounts.length - 1);
    const credit = (debit + this.random.integer(1, this.accounts.length - 1)) % this.accounts.length;
    return this.moving(this.accounts[debit] as string, this.accounts[credit] as string, this.random.integer(1, 30));
  }

  private moving(debitAccountId: string, creditAccountId: string, minutes: number): Posting {
    return {
      bankId: this.bankId,
      transferId: newId(),
      debitAccountId,
      creditAccountId,
      minutes,
      kind: 'service',
      class: 'verified',
      visitId: newId(),
      reversesId: null,
      memoCode: null,
      actorId: this.actorId,
      effectiveAt: new Date(),
      holdId: null,
      overflow: null,
      cover: null,
    };
  }

  /** Posts one service; anything but posted is an error. */
  readonly postOne = async (posting: Posting): Promise<void> => {
    await this.post([posting]);
  };

  /** Posts `count` services, some hundred a call. */
  async postServices(count: number): Promise<void> {
    for (let left = count; left > 0; left -= postingsACall) {
      await this.post(Array.from({ length: Math.min(left, postingsACall) }, () => this.service()));
    }
  }

  private async postInCalls(postings: readonly Posting[]): Promise<void> {
    for (let start = 0; start < postings.length; start += postingsACall) await this.post(postings.slice(start, start + postingsACall));
  }

  private async post(postings: readonly Posting[]): Promise<void> {
    for (const { outcome, code } of await this.postTransfers.run(postings)) {
      if (outcome !== 'posted') throw new Error(`a transfer was ${outcome} ${code ?? ''}`);
    }
  }
}
