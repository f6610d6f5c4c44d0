import { Injectable } from '@nestjs/common';
import type { StatementAnswer, StatementEntry } from '@timebank/contract';
import { ProveEntries } from '@timebank/ledger';
import type { Statement } from './open-statement';
import { emptySum, withEntry } from './statement-totals.rules';

/**
 * A statement as its message, with the proof of each entry: the form for programs and for `timebank verify`. Marks entries that no checkpoint seals
 * yet. Takes a statement that was opened for somebody who may see it.
 */
@Injectable()
export class ProveStatement {
  constructor(private readonly proveEntries: ProveEntries) {}

  async run(statement: Statement): Promise<StatementAnswer> {
    const { bank, account, period, issuedAt, openingMinutes, closingMinutes, aboveVersion, throughVersion, seal } = statement;
    const entries: StatementEntry[] = [];
    let sum = emptySum;
    for await (const stretch of statement.stretches()) {
      sum = stretch.reduce(withEntry, sum);
      entries.push(...stretch);
    }
    return {
      bank,
      account,
      period: { from: period.firstDay, to: period.lastDay },
      issuedAt: issuedAt.toISOString(),
      openingMinutes,
      entries,
      totals: sum.totals,
      closingMinutes,
      sealAddress: seal?.address ?? null,
      proof: await this.proveEntries.run(bank.bankId, account.accountId, aboveVersion + 1, throughVersion),
    };
  }
}
