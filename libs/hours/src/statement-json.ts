import type { StatementAnswer, StatementEntry } from '@timebank/contract';
import type { Statement } from './open-statement';
import { noTotals, withEntry } from './statement-totals.rules';

/** A statement as its message. */
export async function statementJson(statement: Statement): Promise<StatementAnswer> {
  const entries: StatementEntry[] = [];
  for await (const stretch of statement.stretches()) entries.push(...stretch);
  const { bank, account, period, issuedAt, openingMinutes, closingMinutes } = statement;
  return {
    bank,
    account,
    period: { from: period.firstDay, to: period.lastDay },
    issuedAt: issuedAt.toISOString(),
    openingMinutes,
    entries,
    totals: entries.reduce(withEntry, noTotals),
    closingMinutes,
  };
}
