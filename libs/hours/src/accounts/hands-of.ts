import { Injectable } from '@nestjs/common';
import type { Entry } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';

type Hand = Omit<NonNullable<Entry['byHand']>, 'needsTwo'> & { transferId: string; firstBy: string | null };

/** Who moved minutes by hand, and why, for the entries of a page; only staff see the note. Names only of the bank's own people. */
@Injectable()
export class HandsOf {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, transferIds: readonly string[], isStaff: boolean): Promise<(transferId: string) => Entry['byHand']> {
    const nameOf = (person: string) => `(select name from helper h where h.bank_id = t.bank_id and h.person_id = t.${person} limit 1)`;
    const rows = await this.unit.query<Hand>(
      `select transfer_id, reason_code, note, first_by, ${nameOf('done_by')} as name, ${nameOf('first_by')} as first_name
         from hand_transfer t where bank_id = $1 and transfer_id = any ($2::uuid[])`,
      [bankId, transferIds],
    );
    const hands = new Map(
      rows.map(({ transferId, firstBy, ...hand }) => [
        transferId,
        { ...hand, needsTwo: firstBy !== null, note: isStaff ? hand.note : null },
      ]),
    );
    return (transferId) => hands.get(transferId) ?? null;
  }
}
