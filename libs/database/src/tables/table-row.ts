/** What is said of each table of the database, once.  */
export type TableRow = {
  /** The room that writes it. */
  owner: string;
  /** Other rooms that read it in SQL, by name, with spaces between. */
  readers: string;
  /**
   * How the audit trail keeps its changes: `values`, with each field before and after; `states`, only that a row stood so, where rows are never
   * changed or are written in masses and so speak for themselves. A new row is always kept as a state: a second copy of it would be two fifths of
   * the trail. Or why it is left out.
   */
  trail: 'values' | 'states' | { left: string };
  /** What forgetting a person does to their rows: nothing, all of them go, or these columns are cleared (a hash becomes random). */
  erasure: 'kept' | 'deleted' | readonly string[];
  /** How long rows stay: for ever and why, until an ability prunes them, or until something else goes. */
  stays: { forEver: string } | { prunedBy: string } | { goesWith: string };
};
export type Tables = Readonly<Record<string, TableRow>>;
