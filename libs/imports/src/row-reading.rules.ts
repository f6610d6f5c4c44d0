import type { ImportField, ImportProblemCode } from '@timebank/contract';
import { plainCell, type Read } from './cells.rules';
import type { Columns } from './columns.rules';
import type { FileRow, PlannedRow, Problem, RowReading } from './planned';

/** Longer ones are shown by their beginning. */
const longestSaid = 60;

export function rowReading(columns: Columns, epoch: 1900 | 1904 | null): RowReading {
  return {
    epoch,
    has: (field) => columns[field] !== undefined,
    cell: ([, cells], field) => {
      const column = columns[field];
      return column === undefined ? '' : plainCell(cells[column] ?? '');
    },
  };
}

/** The first thing that is wrong with a row is thrown, and becomes its problem. */
export class RowFault extends Error {
  constructor(readonly problem: Problem) {
    super(problem.code);
  }
}

export function fault(line: number, field: ImportField | null, code: ImportProblemCode, parameters: Problem['parameters'] = {}): RowFault {
  return new RowFault({ line, field, code, parameters });
}

/** Cells of one row, read one after another. */
export class Cells {
  constructor(
    private readonly row: FileRow,
    readonly reading: RowReading,
  ) {}

  get line(): number {
    return this.row[0];
  }

  said(field: ImportField): string {
    return this.reading.cell(this.row, field);
  }

  /** What a cell says; null where it is empty. */
  maybe<Value>(field: ImportField, read: (cell: string) => Read<Value>): Value | null {
    const cell = this.said(field);
    if (cell === '') return null;
    const found = read(cell);
    if ('value' in found) return found.value;
    throw this.wrong(field, found.code);
  }

  needed<Value>(field: ImportField, read: (cell: string) => Read<Value>): Value {
    const value = this.maybe(field, read);
    if (value === null) throw this.wrong(field, 'missing');
    return value;
  }

  wrong(field: ImportField | null, code: ImportProblemCode, parameters: Problem['parameters'] = {}): RowFault {
    const said = field === null ? '' : this.said(field);
    const shown = [...said.replace(/[\p{Cc}\uFFFD]|[^\P{Cn}]/gu, '?')].slice(0, longestSaid).join('');
    return fault(this.line, field, code, said === '' ? parameters : { said: shown, ...parameters });
  }
}

const caught = <Value>(work: () => Value): Value | Problem => {
  try {
    return work();
  } catch (error) {
    if (error instanceof RowFault) return error.problem;
    throw error;
  }
};

/** Reads each row; what is wrong with one is its problem and stops no other. */
export function readRows<Row extends object>(
  rows: readonly FileRow[],
  reading: RowReading,
  read: (cells: Cells) => Row,
): ((Row & { cells: Cells }) | Problem)[] {
  return rows.map((row) =>
    caught(() => {
      const cells = new Cells(row, reading);
      return { ...read(cells), cells };
    }),
  );
}

/** The rows that could be read, each with its place among them. */
export function soundRows<Row extends { cells: Cells }>(read: readonly (Row | Problem)[]): Row[] {
  return read.filter((row) => 'cells' in row);
}

/** Plans each row that could be read, by its place among those; again, what is wrong with one stops no other. */
export function planRows<Row extends { cells: Cells }, Work>(
  read: readonly (Row | Problem)[],
  plan: (row: Row, place: number) => PlannedRow<Work>,
): PlannedRow<Work>[] {
  let place = -1;
  return read.map((row) => {
    if (!('cells' in row)) return row;
    place += 1;
    const at = place;
    return caught(() => plan(row, at));
  });
}
