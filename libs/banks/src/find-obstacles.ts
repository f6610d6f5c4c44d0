import { Injectable } from '@nestjs/common';
import { closingObstacles, type ClosingObstacle } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';

/** What stands in the way of closing, and who could only read from then on. */
export type ClosingCount = ClosingObstacle | 'members' | 'guests';
/** In the caller's unit of work, which sees every bank. */
export type CountInBank<Kind extends ClosingCount> = (bankId: string) => Promise<Record<Kind, number>>;

const ofAccounts = ['membersWithMinutes', 'unsettledBanks'] as const;
const all: readonly ClosingCount[] = [...closingObstacles, 'members', 'guests'];

/**
 * Counts the unfinished business of a bank, which nobody could finish once it is closed. Rooms above register their own counts, so this one need not
 * know what a visit is. A kind that nobody counts is a fault; it never passes for zero.
 */
@Injectable()
export class FindObstacles {
  private readonly counters: CountInBank<ClosingCount>[] = [];
  private readonly kinds = new Set<ClosingCount>(ofAccounts);

  constructor(private readonly unit: UnitOfWork) {}

  register<Kind extends ClosingCount>(kinds: readonly Kind[], count: CountInBank<Kind>): void {
    const twice = kinds.find((kind) => this.kinds.has(kind));
    if (twice !== undefined) throw new Error(`two rooms count ${twice}`);
    for (const kind of kinds) this.kinds.add(kind);
    this.counters.push(count as CountInBank<ClosingCount>);
  }

  /** Inside a unit that sees every bank. Minutes come last: what a visit turns into minutes meanwhile is counted at least once. */
  async run(bankId: string): Promise<Record<ClosingCount, number>> {
    const nobodys = all.filter((kind) => !this.kinds.has(kind));
    if (nobodys.length > 0) throw new Error(`nobody counts ${nobodys.join(', ')}`);
    const counts = await this.unit.together(...this.counters.map((count) => count(bankId)), this.inAccounts(bankId));
    return Object.assign({}, ...counts) as Record<ClosingCount, number>;
  }

  private async inAccounts(bankId: string): Promise<Record<(typeof ofAccounts)[number], number>> {
    const found = await this.unit.one<Record<(typeof ofAccounts)[number], number>>(
      `select count(*) filter (where kind = 'member' and (balance_minutes <> 0 or held_out_minutes <> 0)) as members_with_minutes,
              count(*) filter (where kind = 'clearing' and balance_minutes <> 0) as unsettled_banks
         from account where bank_id = $1`,
      [bankId],
    );
    return found ?? { membersWithMinutes: 0, unsettledBanks: 0 };
  }
}
