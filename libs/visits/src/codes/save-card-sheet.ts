import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';

/** Somebody holds the file of a sheet: it is never made again. `card_sheets/not_found`; said twice is no error. */
@Injectable()
export class SaveCardSheet {
  constructor(private readonly unit: UnitOfWork) {}

  async run(actor: Actor, bankId: string, sheetId: string): Promise<{ done: true }> {
    return this.unit.run([bankId], async () => {
      const saved = await this.unit.one(
        `update card_sheet set saved_by = coalesce(saved_by, $3), saved_at = coalesce(saved_at, $4)
         where bank_id = $1 and sheet_id = $2 returning sheet_id`,
        [bankId, sheetId, actor.personId, this.unit.now],
      );
      if (!saved) throw refuse('card_sheets/not_found');
      return { done: true as const };
    });
  }
}
