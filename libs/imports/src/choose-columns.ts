import { Injectable } from '@nestjs/common';
import { type ImportColumnsInput, type ImportField, type ImportKind, importFields, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { type Columns, guessColumns } from './columns.rules';
import { HoldImport } from './hold-import';
import { ImportRunRow } from './import.entity';
import { RememberedHeads } from './remembered-heads';

/**
 * Says which column holds which field, and remembers it for the next file. Another kind begins with a new guess. What a dry run of other columns found is
 * forgotten. Refuses `imports/unknown_column`, `imports/already_started`.
 */
@Injectable()
export class ChooseColumns {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly hold: HoldImport,
    private readonly remembered: RememberedHeads,
  ) {}

  async run(bankId: string, importId: string, { kind: wanted, columns: chosen }: ImportColumnsInput): Promise<void> {
    await this.unit.run([bankId], async () => {
      const run = await this.hold.unstarted(bankId, importId);
      const kind = wanted ?? run.kind;
      const before = kind === run.kind ? run.columns : guessColumns(kind, run.heads, await this.remembered.of(bankId, kind));
      const columns = chosenColumns(kind, run.heads, before, chosen ?? {});
      await this.unit.updateRow(ImportRunRow, { bankId, importId }, { kind, columns, checked: null, sumMinutes: null });
      await this.unit.query('delete from import_problem where bank_id = $1 and import_id = $2', [bankId, importId]);
      if (chosen) await this.remembered.keep(bankId, kind, run.heads, columns);
    });
  }
}

function chosenColumns(
  kind: ImportKind,
  heads: readonly string[],
  before: Columns,
  chosen: NonNullable<ImportColumnsInput['columns']>,
): Columns {
  const columns: Columns = { ...before };
  const fields: readonly ImportField[] = importFields[kind];
  for (const [name, place] of Object.entries(chosen)) {
    const field = name as ImportField;
    if (!fields.includes(field)) throw refuse('imports/unknown_column', { head: name }, `body.columns.${field}`);
    if (place === null || place === undefined) {
      delete columns[field];
      continue;
    }
    const column = typeof place === 'number' ? place : heads.indexOf(place.trim());
    if (column < 0 || column >= heads.length) throw refuse('imports/unknown_column', { head: String(place) }, `body.columns.${field}`);
    // A column is one field's: the newer choice has it.
    for (const other of fields) if (columns[other] === column) delete columns[other];
    columns[field] = column;
  }
  return columns;
}
