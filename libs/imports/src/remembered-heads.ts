import { Injectable } from '@nestjs/common';
import { type ImportField, type ImportKind, importFields } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { type Columns, foldHeader } from './columns.rules';

/** What a bank chose for heads of columns, to choose it again for the next file. */
@Injectable()
export class RememberedHeads {
  constructor(private readonly unit: UnitOfWork) {}

  /** The field by the folded head. */
  async of(bankId: string, kind: ImportKind): Promise<Record<string, ImportField>> {
    const rows = await this.unit.query<{ head: string; field: ImportField }>(
      'select head, field from import_head where bank_id = $1 and kind = $2',
      [bankId, kind],
    );
    const fields: readonly string[] = importFields[kind];
    return Object.fromEntries(rows.filter(({ field }) => fields.includes(field)).map(({ head, field }) => [head, field]));
  }

  async keep(bankId: string, kind: ImportKind, heads: readonly string[], columns: Columns): Promise<void> {
    const chosen = Object.entries(columns).map(([field, column]) => ({ field, head: foldHeader(heads[column] ?? '').slice(0, 200) }));
    const named = chosen.filter(({ head }, index) => head !== '' && chosen.findIndex((one) => one.head === head) === index);
    await this.unit.query(
      `insert into import_head (bank_id, kind, head, field, chosen_at) select $1, $2, head, field, $5 from unnest($3::text[], $4::text[]) as given (head, field)
       on conflict (bank_id, kind, head) do update set field = excluded.field, chosen_at = excluded.chosen_at`,
      [bankId, kind, named.map(({ head }) => head), named.map(({ field }) => field), this.unit.now],
    );
  }
}
