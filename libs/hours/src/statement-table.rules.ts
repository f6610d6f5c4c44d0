import type { StatementEntry, StatementTotals } from '@timebank/contract';
import { localMinute } from '@timebank/kernel';
import type { Cell } from '@timebank/paper';
import type { Statement } from './open-statement';
import { sealSentence } from './statement-seal.rules';
import type { StatementSum } from './statement-totals.rules';
import type { StatementColumn, StatementLine, StatementWords, Vocabulary } from './statement-words';

const statementColumns: readonly StatementColumn[] = [
  'line',
  'recordedAt',
  'effectiveAt',
  'kind',
  'class',
  'minutes',
  'balanceAfterMinutes',
  'otherAccountKind',
  'otherName',
  'transferId',
  'visitId',
  'reversesId',
  'text',
];

/** Rows of a statement as cells under `statementColumns`, for CSV and workbooks alike. */
export function statementRows(statement: Statement, words: Vocabulary) {
  const { timeZone } = statement.bank;
  const clock = (instant: Date | string) => ({ wallClock: localMinute(new Date(instant), timeZone) });
  const row = (line: StatementLine, cells: Partial<Record<StatementColumn, Cell>>): Cell[] =>
    statementColumns.map((column) => (column === 'line' ? words.line(line) : (cells[column] ?? null)));
  const { bank, account, period, seal } = statement;
  return {
    header: (): Cell[] => statementColumns.map(words.column),
    opening: () => row('opening', { recordedAt: clock(period.from), balanceAfterMinutes: statement.openingMinutes }),
    entry: (entry: StatementEntry) =>
      row('entry', {
        recordedAt: clock(entry.at),
        effectiveAt: clock(entry.effectiveAt),
        kind: words.kind(entry.kind),
        class: words.class(entry.class),
        minutes: entry.minutes,
        balanceAfterMinutes: entry.balanceAfterMinutes,
        otherAccountKind: words.accountKind(entry.otherAccountKind),
        otherName: entry.otherName,
        transferId: entry.transferId,
        visitId: entry.visitId,
        reversesId: entry.reversesId,
      }),
    closing: () => row('closing', { recordedAt: clock(period.to), balanceAfterMinutes: statement.closingMinutes }),
    totals: ({ totals }: StatementSum) =>
      (Object.keys(totals) as (keyof StatementTotals)[]).map((name) => row(name, { minutes: totals[name] })),
    about: (): Cell[][] => [
      row('bank', { text: bank.name }),
      row('owner', { text: account.ownerName }),
      row('accountKind', { text: words.accountKind(account.kind) }),
      row('account', { text: account.accountId }),
      row('period', { text: `${period.firstDay}/${period.lastDay}` }),
      row('timeZone', { text: bank.timeZone }),
      row('issuedAt', { text: localMinute(statement.issuedAt, timeZone) }),
    ],
    seal: (sum: StatementSum, sentences: StatementWords | null): Cell[][] => [
      row('seal', { text: sealSentence(sum, seal, sentences) }),
      ...(seal === null
        ? []
        : [
            row('sealed', { text: sum.sealed }),
            row('checkpoint', { text: seal.number }),
            row('fingerprint', { text: seal.fingerprint }),
            row('root', { text: seal.root }),
            row('signature', { text: seal.signature }),
            row('key', { text: seal.publicKeyId }),
            row('address', { text: seal.address }),
          ]),
    ],
  };
}
