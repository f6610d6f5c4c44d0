import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { isGuestMeant, meantBy, meantIds } from '../search/meant.sql';

/** If one word finds more people than this, type another letter. */
const mostFound = 2_000;

export type NamedPeople = { memberIds: string[]; accountIds: string[] };

/**
 * Finds people by part of a name, or by the beginning of a phone or member number: members of a bank, these by initials and pinyin too, and its guests.
 * Lists of visits, requests or accounts then use their own indexes.
 */
@Injectable()
export class FindNamed {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, text: string): Promise<NamedPeople> {
    const rows = await this.unit.run([bankId], () =>
      this.unit.query<{ memberId: string; accountId: string }>(
        `(select member_id, account_id from member
           where bank_id = $1 and member_id in ${meantIds(3, mostFound)} limit $2)
         union all
         (select member_id, account_id from guest where bank_id = $1 and ${isGuestMeant('$6')} limit $2)`,
        [bankId, mostFound, [bankId], ...meantBy(text)],
      ),
    );
    return { memberIds: rows.map(({ memberId }) => memberId), accountIds: rows.map(({ accountId }) => accountId) };
  }
}
