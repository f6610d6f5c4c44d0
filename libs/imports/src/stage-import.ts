import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { type ImportKind, importKinds, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { newId } from '@timebank/kernel';
import { bounds } from './bounds';
import { guessColumns, guessKind, knownHeads } from './columns.rules';
import { ImportRunRow } from './import.entity';
import type { FileRow } from './planned';
import { openTable } from './read-table';
import { RememberedHeads } from './remembered-heads';
import type { Table, TableRow } from './table-row';

/** So many rows are written together: more would keep others in the bank waiting, fewer would cost a commit each. */
const pieceRows = 1_000;

const isBlank = ({ cells }: TableRow) => cells.every((cell) => cell.trim() === '');

/** Cells without those that are empty at the end. */
function trimmed(cells: readonly string[]): string[] {
  let length = cells.length;
  while (length > 0 && (cells[length - 1] ?? '').trim() === '') length -= 1;
  return cells.slice(0, length);
}

/**
 * Takes a file in: reads all of it once, finds its head and lays its rows down in pieces. Nothing of it is done yet. The same file again, while the
 * first is not over, is that one: whoever clicks twice has it once. Refuses what `openTable` refuses, `imports/no_rows`, `imports/duplicate_head`, `imports/too_many_rows`,
 * `imports/too_many_columns`, `imports/cell_too_long`.
 */
@Injectable()
export class StageImport {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly remembered: RememberedHeads,
  ) {}

  async run(actor: Actor, bankId: string, file: { name: string; bytes: Uint8Array }, wanted: ImportKind | null): Promise<string> {
    const fileHash = createHash('sha256').update(file.bytes).digest();
    const table = await openTable(file.bytes);
    const rows = table.rows instanceof Object && Symbol.asyncIterator in table.rows ? table.rows : stream(table.rows as Iterable<TableRow>);
    const { heads, rest } = await this.head(rows);
    const kind = wanted ?? guessKind(heads, importKinds);
    // All of it is read before anything is written: a transaction that has to begin anew finds it still there.
    const staged = await this.read(rest);
    return this.unit.run([bankId], async () => {
      // A second click waits here for the first.
      await this.unit.query('select from bank where bank_id = $1 for no key update', [bankId]);
      const first = await this.unit.one<{ importId: string }>(
        `select import_id from import_run where bank_id = $1 and file_hash = $2 and state in ('queued', 'running') and ($3::text is null or kind = $3)
          order by created_at limit 1`,
        [bankId, fileHash, wanted],
      );
      if (first) return first.importId;
      const importId = newId();
      const columns = guessColumns(kind, heads, await this.remembered.of(bankId, kind));
      await this.unit.insertRow(ImportRunRow, {
        ...formatOf(table),
        bankId,
        importId,
        kind,
        state: 'queued',
        fileName: nameOf(file.name),
        fileHash,
        heads,
        columns,
        rowCount: staged.rowCount,
        blankRows: staged.blankRows,
        createdBy: actor.personId,
        createdAt: this.unit.now,
      });
      for (const [index, { rows: laid, count }] of staged.pieces.entries()) {
        await this.unit.query('insert into import_piece (bank_id, import_id, piece_number, row_count, rows) values ($1, $2, $3, $4, $5)', [
          bankId,
          importId,
          index + 1,
          count,
          laid,
        ]);
      }
      return importId;
    });
  }

  /** The first row that has most of its cells known as heads, within the first lines; else the first that is not blank. */
  private async head(rows: AsyncIterable<TableRow>): Promise<{ heads: string[]; rest: AsyncGenerator<TableRow> }> {
    const iterator = rows[Symbol.asyncIterator]();
    const above: TableRow[] = [];
    let first: TableRow | null = null;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
      above.push(next.value);
      if (knownHeads(next.value.cells) >= 2) {
        first = next.value;
        break;
      }
      if (above.length >= bounds.linesAboveHead) break;
    }
    const chosen = first ?? above.find((row) => !isBlank(row));
    if (!chosen) throw refuse('imports/no_rows');
    const heads = headsOf(chosen);
    const after = above.slice(above.indexOf(chosen) + 1);
    return { heads, rest: onwards(after, iterator) };
  }

  private async read(rows: AsyncIterable<TableRow>): Promise<StagedRows> {
    const staged: StagedRows = { pieces: [], rowCount: 0, blankRows: 0 };
    let [piece, characters] = [[] as FileRow[], 0];
    const lay = () => {
      const text = JSON.stringify(piece);
      characters += text.length;
      if (characters > bounds.stagedCharacters) throw refuse('imports/too_packed');
      staged.pieces.push({ rows: text, count: piece.length });
      piece = [];
    };
    for await (const row of rows) {
      if (isBlank(row)) {
        staged.blankRows += 1;
        continue;
      }
      piece.push([row.line, soundCells(row)]);
      staged.rowCount += 1;
      if (staged.rowCount > bounds.rows) throw refuse('imports/too_many_rows', { mostRows: bounds.rows });
      if (piece.length === pieceRows) lay();
    }
    if (piece.length > 0) lay();
    if (staged.rowCount === 0) throw refuse('imports/no_rows');
    return staged;
  }
}

type StagedRows = { pieces: { rows: string; count: number }[]; rowCount: number; blankRows: number };

/** Cells that can be stored. Half a surrogate pair and NUL cannot; the field that reads the cell says what is wrong with it. */
function soundCells({ line, cells: given }: TableRow): string[] {
  const cells = trimmed(given);
  if (cells.length > bounds.columns) throw refuse('imports/too_many_columns', { line, mostColumns: bounds.columns });
  const long = cells.findIndex((cell) => cell.length > bounds.cellCharacters);
  if (long >= 0) throw refuse('imports/cell_too_long', { line, column: long + 1 });
  return cells.map((cell) => cell.toWellFormed().replaceAll('\0', '\uFFFD'));
}

const formatOf = ({ format, encoding, separator, sheet, epoch }: Table) => ({
  format,
  encoding,
  separator,
  sheet: sheet?.slice(0, 200) ?? null,
  epoch,
});

/** A name that can be stored and shown. */
function nameOf(name: string): string {
  const shown = name.toWellFormed().replace(/[\p{Cc}\p{Bidi_Control}\uFFFD]/gu, '');
  return shown.trim() === '' ? '?' : [...shown].slice(-200).join('');
}

function headsOf({ line, cells }: TableRow): string[] {
  const heads = trimmed(cells).map((cell) =>
    cell
      .toWellFormed()
      .replace(/[\p{Cc}\uFFFD]/gu, ' ')
      .trim()
      .slice(0, 200),
  );
  if (heads.length > bounds.columns) throw refuse('imports/too_many_columns', { line, mostColumns: bounds.columns });
  const twice = heads.find((head, index) => head !== '' && heads.indexOf(head) !== index);
  if (twice !== undefined) throw refuse('imports/duplicate_head', { line, head: twice });
  return heads;
}

async function* stream(rows: Iterable<TableRow>): AsyncGenerator<TableRow> {
  yield* rows;
}

async function* onwards(first: readonly TableRow[], rest: AsyncIterator<TableRow>): AsyncGenerator<TableRow> {
  yield* first;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}
