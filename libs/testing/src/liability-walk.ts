import { dayRange, localDate, newId } from '@timebank/kernel';
import type { Posting } from '@timebank/ledger';
import type { TestLedger } from './test-ledger';
import type { TestRooms } from './test-rooms';

const zone = 'Asia/Shanghai';

type Between =
  | { kind: 'service'; from: number; to: number; minutes: number; class: 'verified' | 'manual' }
  | { kind: 'gift' | 'settlement'; from: number; to: number; minutes: number };
type Alone = { kind: 'grant' | 'donation' | 'opening'; of: number; minutes: number };
/** `past` counts back from the newest posting. */
type Reverse = { kind: 'reverse'; past: number };
export type LiabilityStep =
  | Between
  | Alone
  | Reverse
  | { kind: 'release'; past: number }
  | { kind: 'hold'; of: number; minutes: number }
  | { kind: 'pass'; days: number };

/** Balances by kind of account, and what is held. */
export type Trial = Record<'member' | 'pool' | 'fund' | 'issuance' | 'clearing' | 'held', number>;

type Row = {
  transfer_id: string;
  debit_account_id: string;
  credit_account_id: string;
  credit_version: string;
  reverses_id: string | null;
  recorded_at: Date;
  minutes: number;
  kind: string;
  class: string | null;
};

/** Two banks, two members each, who do anything to each other; it records the state at the end of every day. */
export class LiabilityWalk {
  /** The end of each day that passed, with what the accounts of both banks said. */
  readonly days: { day: string; trials: Trial[] }[] = [];
  private readonly sent: Posting[] = [];
  private readonly holds: { bank: TestLedger; holdId: string }[] = [];

  private constructor(
    private readonly rooms: TestRooms,
    readonly banks: TestLedger[],
    private readonly clearing: string[],
  ) {}

  /** Over two ledgers that know each other by nothing yet. */
  static async open(rooms: TestRooms, banks: [TestLedger, TestLedger]): Promise<LiabilityWalk> {
    const clearing = banks.map(() => newId());
    for (const [at, bank] of banks.entries()) {
      const accountId = clearing[at] as string;
      const ownerId = (banks[1 - at] as TestLedger).bankId;
      await bank.openAccounts([{ accountId, kind: 'clearing', ownerId, floorMinutes: -500, ceilingMinutes: null }]);
    }
    return new LiabilityWalk(rooms, banks, clearing);
  }

  async take(step: LiabilityStep): Promise<void> {
    if (step.kind === 'pass') return this.pass(step.days);
    if (step.kind === 'hold') return this.hold(step.of, step.minutes);
    if (step.kind === 'release') {
      const held = this.holds[step.past];
      return held?.bank.release(held.holdId).catch(() => undefined);
    }
    const posting = this.draft(step);
    if (!posting) return;
    this.sent.push(posting);
    await this.bankOf(posting).post(posting);
  }

  private draft(step: Between | Alone | Reverse): Posting | undefined {
    if (step.kind === 'reverse') return this.reversal(step.past);
    return 'of' in step ? this.alone(step) : this.between(step);
  }

  private bankOf({ bankId }: Posting): TestLedger {
    return this.banks.find((bank) => bank.bankId === bankId) as TestLedger;
  }

  private accountOf(index: number): { at: number; bank: TestLedger; accountId: string } {
    const at = index < 2 ? 0 : 1;
    const bank = this.banks[at] as TestLedger;
    return { at, bank, accountId: index % 2 === 0 ? bank.client : bank.volunteer };
  }

  private alone({ kind, of, minutes }: Alone): Posting {
    const { bank, accountId } = this.accountOf(of);
    const plain = { minutes, kind, class: null, visitId: null };
    if (kind === 'donation') return bank.posting({ ...plain, debitAccountId: accountId, creditAccountId: bank.pool });
    if (kind === 'opening') return bank.opening(accountId, minutes);
    const cover = { accountId: bank.issuance, transferId: newId(), limitMinutes: null };
    return bank.posting({ ...plain, debitAccountId: bank.fund, creditAccountId: accountId, cover });
  }

  private between(step: Between): Posting {
    const plain = { minutes: step.minutes, kind: step.kind, class: null, visitId: null };
    const [from, to] = [this.accountOf(step.from), this.accountOf(step.to)];
    const spill = { accountId: to.bank.pool, transferId: newId() };
    const moved = step.kind === 'service' ? { ...plain, class: step.class } : plain;
    const overflow = step.kind === 'service' ? spill : null;
    if (from.at === to.at) return from.bank.posting({ ...moved, debitAccountId: from.accountId, creditAccountId: to.accountId, overflow });
    return from.bank.posting({
      ...moved,
      debitAccountId: from.accountId,
      creditAccountId: this.clearing[from.at] as string,
      onward: {
        bankId: to.bank.bankId,
        transferId: newId(),
        debitAccountId: this.clearing[to.at] as string,
        creditAccountId: to.accountId,
        reversesId: null,
        overflow,
      },
    });
  }

  /** Whole and exact where it can be: what does not fit any more is refused by the ledger, which is as good a step as any. */
  private reversal(past: number): Posting | undefined {
    const original = this.sent.at(-1 - past);
    if (!original || original.kind === 'reversal') return undefined;
    const { onward } = original;
    if (!onward) return this.bankOf(original).reversal(original);
    const there = this.banks.find((bank) => bank.bankId === onward.bankId) as TestLedger;
    return there.reversal(
      { ...original, transferId: onward.transferId, debitAccountId: onward.debitAccountId, creditAccountId: onward.creditAccountId },
      {
        onward: {
          bankId: original.bankId,
          transferId: newId(),
          debitAccountId: original.creditAccountId,
          creditAccountId: original.debitAccountId,
          reversesId: original.transferId,
          overflow: null,
        },
      },
    );
  }

  private async hold(of: number, minutes: number): Promise<void> {
    const { bank, accountId } = this.accountOf(of);
    const holdId = await bank.hold(minutes, accountId).catch(() => null);
    if (holdId !== null) this.holds.push({ bank, holdId });
  }

  /** Keeps what is true now as the end of today, and goes on to another day. */
  private async pass(days: number): Promise<void> {
    this.days.push({
      day: localDate(this.rooms.clock.now(), zone),
      trials: await Promise.all(this.banks.map((bank) => this.trialOf(bank))),
    });
    this.rooms.clock.advance(days * 24 * 60);
  }

  private async trialOf({ bankId }: TestLedger): Promise<Trial> {
    const rows = await this.rooms.database.query<{ kind: keyof Trial; balance: string; held: string }>(
      'select kind, sum(balance_minutes) as balance, sum(held_out_minutes) as held from account where bank_id = $1 group by kind',
      [bankId],
    );
    const trial: Trial = { member: 0, pool: 0, fund: 0, issuance: 0, clearing: 0, held: 0 };
    for (const { kind, balance, held } of rows) {
      trial[kind] = Number(balance);
      trial.held += Number(held);
    }
    return trial;
  }

  /** What members of a bank still held at the end of a day, by year and by source: the same rule, reckoned lot by lot. */
  async leftAt(
    { bankId, client, volunteer }: TestLedger,
    day: string,
  ): Promise<{ byYear: Record<string, number>; bySource: Record<string, number> }> {
    const known = await this.rooms.database.query<Row>('select * from transfer where bank_id = $1 and recorded_at < $2', [
      bankId,
      dayRange(day, zone).to,
    ]);
    const undone = new Set(known.flatMap((row) => (row.reverses_id ? [row.transfer_id, row.reverses_id] : [])));
    const standing = known.filter((row) => !undone.has(row.transfer_id));
    const left = { byYear: {} as Record<string, number>, bySource: {} as Record<string, number> };
    for (const account of [client, volunteer]) {
      let spent = standing.reduce((total, row) => total + (row.debit_account_id === account ? row.minutes : 0), 0);
      const came = standing.filter((row) => row.credit_account_id === account);
      for (const row of came.sort((one, other) => Number(one.credit_version) - Number(other.credit_version))) {
        const used = Math.min(spent, row.minutes);
        spent -= used;
        if (used === row.minutes) continue;
        const [year, source] = [localDate(row.recorded_at, zone).slice(0, 4), row.kind === 'service' ? String(row.class) : row.kind];
        left.byYear[year] = (left.byYear[year] ?? 0) + row.minutes - used;
        left.bySource[source] = (left.bySource[source] ?? 0) + row.minutes - used;
      }
    }
    return left;
  }
}
