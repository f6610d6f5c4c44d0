// The reader's spreadsheet decides which sign separates cells, not the file: what follows any of them may begin a cell.
const formula = /(^|[;,\t|"\r\n])(\s*)(?=[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/gu;

/** What a spreadsheet would run as a formula; an apostrophe in front makes it text. Numbers are written as they are. */
function guarded(text: string): string {
  const safe = text.replace(formula, "$1$2'");
  return /^[\t\r\n]/.test(safe) ? `'${safe}` : safe;
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = guarded(value);
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** By this mark at the start Excel knows UTF-8. */
export const csvMark = '\uFEFF';

/** Rows as CSV (RFC 4180). */
export function writeCsv(rows: readonly (readonly (string | number | null)[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}
