type Look = 'amount' | 'short' | 'time';

/** A column of a list. What it says is plain text too, which a file and a search by letter need; a slot of its name may draw it. */
export type Column<Row> = {
  key: string;
  title: string;
  text: (row: Row) => string;
  /** Figures stand at the end of their column; what is short, and a day with its time, mostly stays on one line. */
  look?: Look;
  /** The name of the row: a heading of it, with the way in. It is never hidden. */
  names?: boolean;
  /** The orders that the server has by this column: pressed once, and once more. */
  orders?: readonly [string, string?];
};

/** The order that a press on a column's head asks for. */
export function orderAfter(orders: readonly [string, string?], order: string): string {
  const [first, second] = orders;
  return order === first && second !== undefined ? second : first;
}

/** Which columns are shown, by what is hidden in the address. */
export function shownColumns<Row>(columns: readonly Column<Row>[], hidden: string): Column<Row>[] {
  const names = new Set(hidden.split(','));
  return columns.filter((column) => column.names === true || !names.has(column.key));
}

/** The address's word for what is hidden, once a column was switched. */
export function hiddenAfter(hidden: string, key: string): string {
  const names = hidden.split(',').filter((name) => name !== '');
  return (names.includes(key) ? names.filter((name) => name !== key) : [...names, key]).join(',');
}

const widths = { amount: 6.5, short: 9.5, time: 11, other: 10.5 };

/** What a table takes at least, in rem, so that what has no width of its own keeps room for a name. */
export function leastWidth(columns: readonly { look?: Look }[]): number {
  return columns.reduce((sum, { look }) => sum + widths[look ?? 'other'], 0);
}
