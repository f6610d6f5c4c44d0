import { Injectable } from '@nestjs/common';
import { type AnswerOf, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';

type Item = AnswerOf<'listCorrections'>['items'][number];

/** Corrections of a member's name and birth date, newest first, at most a hundred. Refuses `members/not_found`. */
@Injectable()
export class ListCorrections {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, memberId: string): Promise<AnswerOf<'listCorrections'>> {
    return this.unit.run([bankId], async () => {
      const isHere = await this.unit.one('select member_id from member where bank_id = $1 and member_id = $2', [bankId, memberId]);
      if (!isHere) throw refuse('members/not_found');
      const rows = await this.unit.query<Omit<Item, 'at'> & { at: Date }>(
        `select c.field, c.before_text as "before", c.after_text as "after", c.reason_code, c.note, c.corrected_at as at,
                (select h.name from helper h where h.bank_id = c.bank_id and h.person_id = c.corrected_by limit 1) as by_name
           from member_correction c where c.bank_id = $1 and c.member_id = $2 order by c.correction_number desc limit 100`,
        [bankId, memberId],
      );
      return { items: rows.map((row) => ({ ...row, at: row.at.toISOString() })) };
    });
  }
}
