/** A row of a file, and the line on which it begins as a spreadsheet numbers them. */
export type TableRow = { line: number; cells: string[] };

export type TableFormat = {
  format: 'csv' | 'xlsx';
  encoding: 'utf-8' | 'utf-16' | 'gb18030' | null;
  separator: ',' | ';' | '\t' | null;
  sheet: string | null;
  /** In a workbook days may stand as numbers, counted from 1900 or from 1904. */
  epoch: 1900 | 1904 | null;
};
/** A file as a table: what it is, and its rows as they come. */
export type Table = TableFormat & { rows: AsyncIterable<TableRow> | Iterable<TableRow> };
