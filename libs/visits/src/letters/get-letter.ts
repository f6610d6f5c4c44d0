import { Injectable } from '@nestjs/common';
import { refuse, type Letter } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { letterOf, letterSelect, type LetterRowRead } from './letter-view';

/** One letter of a bank; `letters/not_found`. */
@Injectable()
export class GetLetter {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, eventId: string): Promise<Letter> {
    return this.unit.run([bankId], async () => {
      const row = await this.unit.one<LetterRowRead>(`${letterSelect} and l.event_id = $2`, [bankId, eventId]);
      if (!row) throw refuse('letters/not_found');
      return letterOf(row);
    });
  }
}
