import { Random } from '../random';
import { anotherValue } from './changed-values';
import { tellProgress } from './progress';
import { TamperedBooks } from './tampered-books';
import { copiedUnnoticed, vouchedTables } from './vouched';

export type BooksReport = {
  seed: number;
  edits: number;
  found: number;
  byTable: Record<string, number>;
  missed: string[];
  /** Tables that have no row to edit. */
  empty: string[];
};

type Edit = { table: string; title: string };

/** A column is changed five times as often as any of the others. */
const ways = ['column', 'column', 'column', 'column', 'column', 'swapped', 'row away', 'copied row'] as const;

/** One row by chance, the same for the same text. */
const oneOf = (table: string, place: 1 | 2) => `(select ctid from ${table} t order by md5(ctid::text || $${place}) limit 1)`;

/** An edit of any column or row that changed something, or null where chance found nothing to change. Each table is as likely as any other. */
async function editOnce(books: TamperedBooks, random: Random): Promise<Edit | null> {
  const [how, table] = [random.pick(ways), random.pick(vouchedTables)];
  const columns = books.columns.filter((one) => one.table === table && one.isWritten);
  const words = [String(random.next()), String(random.next())];
  const edit = async (sql: string, title: string) => ((await books.edit(`${sql} returning 1`, words)) > 0 ? { table, title } : null);
  const both = '$1::text is not null and $2::text is not null';
  if (how === 'row away') return edit(`delete from ${table} where ctid = ${oneOf(table, 1)} and ${both}`, `a row of ${table} away`);
  if (how === 'copied row') {
    if (table in copiedUnnoticed) return null;
    const cells = columns.map(({ name, type, isKey }) =>
      !isKey ? name : type === 'uuid' ? 'md5($1)::uuid' : type.startsWith('int') ? `${name} + 100` : `${name} || $1`,
    );
    const into = `insert into ${table} (${columns.map(({ name }) => name).join(', ')}) overriding user value`;
    return edit(`${into} select ${cells.join(', ')} from ${table} where ctid = ${oneOf(table, 1)} and ${both}`, `a row of ${table} copied`);
  }
  const column = random.pick(columns);
  const { name } = column;
  if (how === 'swapped') {
    return edit(
      `update ${table} as t set ${name} = other.value
         from (select one.ctid as place, two.${name} as value from ${table} one cross join ${table} two
                where one.ctid <> two.ctid and array[one.ctid, two.ctid] <@ array[${oneOf(table, 1)}, ${oneOf(table, 2)}]) other
        where t.ctid = other.place and t.${name} is distinct from other.value`,
      `${table}.${name} of two rows swapped`,
    );
  }
  const { how: which, value } = anotherValue(random, column);
  if (value === undefined) return null;
  return edit(
    `update ${table} as t set ${name} = ${value} where ctid = ${oneOf(table, 1)} and ${name} is distinct from (${value}) and ${both}`,
    `${table}.${name}: ${which} value`,
  );
}

/**
 * A superuser edits sealed books `count` times, triggers and foreign keys off, in any table of `vouched.ts` and any row and column of it:
 * other values, values of two rows swapped, rows gone, rows copied. Each edit is to be found; then it is put back.
 */
export async function tamperBooks(count: number, seed: number): Promise<BooksReport> {
  const random = new Random(seed);
  const books = await TamperedBooks.live();
  try {
    const before = await books.audit();
    if (before.length > 0) throw new Error(`the books are not sound to begin with: ${JSON.stringify(before)}`);
    const report: BooksReport = { seed, edits: 0, found: 0, byTable: {}, missed: [], empty: await books.empty() };
    while (report.edits < count) {
      const edit = await editOnce(books, random);
      if (edit === null) continue;
      report.edits += 1;
      report.byTable[edit.table] = (report.byTable[edit.table] ?? 0) + 1;
      if ((await books.audit()).length > 0) report.found += 1;
      else report.missed.push(edit.title);
      await books.restore(edit.table);
      tellProgress('tampering with books', report.edits, count);
    }
    if ((await books.audit()).length > 0) throw new Error('the books were not put back');
    return report;
  } finally {
    await books.close();
  }
}
