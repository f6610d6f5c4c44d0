import type { Integrity, IntegrityFlag, LeftOut } from '@timebank/contract';
import { csvMark, writeCsv } from '@timebank/paper';
import { figuresOf } from './liability-csv.rules';

/** Said in columns of their own. */
const columns = ['bankId', 'bankName', 'from', 'to'];

/** One line a figure, the same names as in the answer; a figure that does not exist is an empty cell. */
export function writeIntegrityCsv(
  parts: readonly { scope: string; report: Integrity & { bankId?: string } }[],
  leftOut: readonly LeftOut[] = [],
): string {
  const lines = parts.flatMap(({ scope, report }) =>
    figuresOf(report, [])
      .filter(([figure]) => !columns.includes(figure))
      .map(([figure, value]) => [scope, report.bankId ?? null, report.from, report.to, figure, value]),
  );
  return (
    csvMark +
    writeCsv([
      ['scope', 'bankId', 'from', 'to', 'figure', 'value'],
      ...lines,
      ...leftOut.map((bank) => [bank.bankName, bank.bankId, null, null, 'leftOut', bank.timeZone]),
    ])
  );
}

/** One line a flag, the figures that raise it as `name=value`. */
export function writeFlagsCsv(flags: readonly IntegrityFlag[]): string {
  const lines = flags.map(({ kind, volunteers, client, coordinator, figures, visitCount, visits }) => [
    kind,
    volunteers.map(({ name }) => name).join('; '),
    client?.name ?? null,
    coordinator?.name ?? null,
    Object.entries(figures)
      .map(([name, value]) => `${name}=${value}`)
      .join('; '),
    visitCount,
    visits.map(({ visitId }) => visitId).join(' '),
  ]);
  return csvMark + writeCsv([['kind', 'volunteers', 'client', 'coordinator', 'figures', 'visitCount', 'newestVisitIds'], ...lines]);
}
