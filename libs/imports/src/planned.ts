import type { ImportCounts, ImportField, ImportProblemCode } from '@timebank/contract';
import type { KnownBank } from '@timebank/banks';

/** Its line, and its cells. */
export type FileRow = [line: number, cells: string[]];

export type Problem = {
  line: number;
  field: ImportField | null;
  code: ImportProblemCode;
  parameters?: { said?: string; otherLine?: number; candidates?: Candidate[] };
};
export type Candidate = { memberId: string; memberNumber: string; name: string; birthDate: string };

/** What is to become of a row, and what is needed to do it. */
export type Plan<Work> = { line: number; verdict: Exclude<keyof ImportCounts, 'failed'>; work: Work };
export type PlannedRow<Work> = Plan<Work> | Problem;

export const isProblem = (planned: PlannedRow<unknown>): planned is Problem => 'code' in planned;

export const noCounts = (): ImportCounts => ({ create: 0, update: 0, unchanged: 0, skip: 0, failed: 0 });

export function countOf(planned: readonly PlannedRow<unknown>[], into: ImportCounts = noCounts()): ImportCounts {
  for (const one of planned) into[isProblem(one) ? 'failed' : one.verdict] += 1;
  return into;
}

/** Where and by whom rows are brought in. */
export type Ground = {
  bank: KnownBank;
  importId: string;
  /** The day by the bank's clock. */
  today: string;
  /** Who answers for it: nobody gives themselves minutes or qualifications. */
  personId: string;
};

/** What earlier rows said, by key: who is named twice in one file is named twice on purpose or by mistake, and only a person can tell. */
export class EarlierRows {
  private readonly lines = new Map<string, { line: number; content: string }>();

  /** The earlier row with that key, if there is one; otherwise this is the first. */
  meet(key: string, line: number, content: string): { line: number; isSame: boolean } | null {
    const earlier = this.lines.get(key);
    if (!earlier) {
      this.lines.set(key, { line, content });
      return null;
    }
    return { line: earlier.line, isSame: earlier.content === content };
  }
}

/** One kind of file: reads rows, says what would become of them, and does it. */
export type Importer<Work> = {
  plan(ground: Ground, rows: readonly FileRow[], reader: RowReading, seen: EarlierRows): Promise<PlannedRow<Work>[]>;
  write(ground: Ground, plans: readonly Plan<Work>[]): Promise<Problem[]>;
};
/** How cells of a file are found. */
export type RowReading = {
  epoch: 1900 | 1904 | null;
  /** What a row says in a field, without blanks around it; '' where it says nothing. */
  cell(row: FileRow, field: ImportField): string;
  has(field: ImportField): boolean;
};
