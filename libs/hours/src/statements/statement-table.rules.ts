import type { StatementTotals } from '@timebank/contract';
import { localMinute } from '@timebank/kernel';
import type { Cell } from '@timebank/paper';
import type { Statement } from './open-statement';
import type { DrawnEntry } from './statement-entry.rules';
import { sealSentence } from './statement-seal.rules';
import type { StatementSum } from './statement-totals.rules';
import type { StatementColumn, StatementLine, StatementWords, Vocabulary } from './statement-words';

const shared = [
  'line',
  'recordedAt',
  'effectiveAt',
  'kind',
  'class',
  'minutes',
  'balanceAfterMinutes',
  'otherAccountKind',
  'otherName',
] as const satisfies StatementColumn[];

/** People cannot use an id; programs can use a code for everything. */
const programColumns: readonly StatementColumn[] = [...shared, 'transferId', 'visitId', 'reversesId', 'text'];
const readerColumns: readonly StatementColumn[] = [...shared, 'serviceKind', 'hours', 'balanceHours', 'text'];

/** Rows of a statement as cells under its columns, for CSV and workbooks alike. */
export function statementRows(statement: Statement, words: Vocabulary) {
  const { zone } = statement.bank;
  const columns = words.isForPrograms ? programColumns : readerColumns;
  const clock = (instant: Date | string) => ({ wallClock: localMinute(new Date(instant), zone) });
  const row = (line: StatementLine, cells: Partial<Record<StatementColumn, Cell>>): Cell[] =>
    columns.map((column) => (column === 'line' ? words.line(line) : (cells[column] ?? null)));
  const change = (minutes: number) => ({ minutes, hours: words.hours(minutes) });
  const balance = (minutes: number) => ({ balanceAfterMinutes: minutes, balanceHours: words.hours(minutes) });
  const { bank, account, period, seal } = statement;
  return {
    header: (): Cell[] => columns.map(words.column),
    opening: () => row('opening', { recordedAt: clock(period.from), ...balance(statement.openingMinutes) }),
    entry: (entry: DrawnEntry) =>
      row('entry', {
        recordedAt: clock(entry.at),
        effectiveAt: clock(entry.effectiveAt),
        kind: words.kind(entry.kind),
        class: words.class(entry.class),
        ...change(entry.minutes),
        ...balance(entry.balanceAfterMinutes),
        otherAccountKind: words.accountKind(entry.otherAccountKind),
        otherName: entry.otherName,
        transferId: entry.transferId,
        visitId: entry.visitId,
        reversesId: entry.reversesId,
        serviceKind: words.serviceKind(entry.serviceKind),
      }),
    closing: () => row('closing', { recordedAt: clock(period.to), ...balance(statement.closingMinutes) }),
    totals: ({ totals }: StatementSum) => (Object.keys(totals) as (keyof StatementTotals)[]).map((name) => row(name, change(totals[name]))),
    about: (): Cell[][] => [
      row('bank', { text: bank.name }),
      row('owner', { text: account.ownerName }),
      row('accountKind', { text: words.accountKind(account.kind) }),
      ...(words.isForPrograms ? [row('account', { text: account.accountId })] : []),
      ...(words.isForPrograms || account.memberNumber === null ? [] : [row('memberNumber', { text: account.memberNumber })]),
      row('period', { text: `${period.firstDay}/${period.lastDay}` }),
      row('timeZone', { text: bank.timeZone }),
      row('issuedAt', { text: localMinute(statement.issuedAt, zone) }),
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
