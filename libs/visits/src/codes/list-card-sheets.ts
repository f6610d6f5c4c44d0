import { Injectable } from '@nestjs/common';
import { type CardSheets, mostCardsOfSheet } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';

type Row = Omit<CardSheets['items'][number], 'madeAt'> & { madeAt: Date };

/** Sheets of which nobody has said that they were saved, the oldest first: whoever works at the desk can say so, or make one again. */
@Injectable()
export class ListCardSheets {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string): Promise<CardSheets> {
    const rows = await this.unit.run([bankId], () =>
      this.unit.query<Row>(
        `select s.sheet_id, s.client_ids, cardinality(s.card_ids) as cards, s.made_at, s.made_by,
                (select h.name from helper h where h.bank_id = s.bank_id and h.person_id = s.made_by) as made_by_name
           from card_sheet s where s.bank_id = $1 and s.saved_at is null and s.card_ids <> '{}' order by s.made_at, s.sheet_id limit $2`,
        [bankId, mostCardsOfSheet],
      ),
    );
    return { items: rows.map((row) => ({ ...row, madeAt: row.madeAt.toISOString() })) };
  }
}
