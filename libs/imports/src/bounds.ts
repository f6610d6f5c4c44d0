/** What a file may hold, so that a small one cannot fill the memory of whoever reads it. */
export const bounds = {
  fileBytes: 41_943_040,
  /** Rows of a table, without its head: a whole city's visits of some years. */
  rows: 300_000,
  /** What a spreadsheet numbers: a row further down is none. */
  lastLine: 1_048_576,
  columns: 100,
  cellCharacters: 5_000,
  /** What a workbook may unpack to, and by how much once it is large: tables shrink to a tenth, what shrinks to a hundredth is made to fill a memory. */
  unpackedBytes: 536_870_912,
  freeBytes: 67_108_864,
  mostRatio: 100,
  zipEntries: 2_000,
  /** Texts that several cells share, and ranges of merged cells. */
  sharedCharacters: 67_108_864,
  merges: 20_000,
  /** What all cells come to once they are read. */
  stagedCharacters: 100_000_000,
  /** Above the head there may be a title and a line of explanation. */
  linesAboveHead: 10,
};

/** The largest file that is taken. */
export const mostFileBytes = bounds.fileBytes;
