import type { LeftOut, Liability } from '@timebank/contract';
import { csvMark, writeCsv } from '@timebank/paper';

type Cell = string | number | null;

/** Fields that name a row of a list. */
const names = ['band', 'year', 'source', 'assurance', 'class', 'code', 'kind', 'personId', 'volunteerId'];

/** Every figure of an answer with the path to it, as in `years.2026.earnedMinutes`. */
export function figuresOf(value: unknown, path: readonly string[]): [string, Cell][] {
  if (Array.isArray(value)) return (value as object[]).flatMap((row) => rowFiguresOf(row, path));
  if (typeof value !== 'object' || value === null) return [[path.join('.'), value as Cell]];
  return Object.entries(value).flatMap(([key, part]) => figuresOf(part, [...path, key]));
}

function rowFiguresOf(row: object, path: readonly string[]): [string, Cell][] {
  const fields = Object.entries(row);
  const name = fields.find(([key]) => names.includes(key))?.[1] as string | number;
  return fields.filter(([key]) => !names.includes(key)).flatMap(([key, part]) => figuresOf(part, [...path, String(name), key]));
}

/** Said in columns of their own. */
const columns = ['bankId', 'bankName', 'on'];

/** One line a figure, the same names as in the answer; a figure that does not exist is an empty cell. A bank left out has one line that names its zone. */
export function writeLiabilityCsv(
  parts: readonly { scope: string; report: Liability & { bankId?: string } }[],
  leftOut: readonly LeftOut[] = [],
): string {
  const lines = parts.flatMap(({ scope, report }) =>
    figuresOf(report, [])
      .filter(([figure]) => !columns.includes(figure))
      .map(([figure, value]) => [scope, report.bankId ?? null, report.on, figure, value]),
  );
  return (
    csvMark +
    writeCsv([
      ['scope', 'bankId', 'on', 'figure', 'value'],
      ...lines,
      ...leftOut.map((bank) => [bank.bankName, bank.bankId, null, 'leftOut', bank.timeZone]),
    ])
  );
}
