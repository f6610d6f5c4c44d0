import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { isGuestMeant, isMeant, meantBy } from '../meant.sql';

/** If one word finds more people than this, type another letter. */
const mostFound = 2_000;

export type NamedPeople = { memberIds: string[]; accountIds: string[] };

/**
 * Finds people by part of a name, or by the beginning of a phone or member number: members of a bank and its guests. Lists of visits, requests or
 * accounts then use their own indexes.
 */
@Injectable()
export class FindNamed {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, text: string): Promise<NamedPeople> {
    const rows = await this.unit.run([bankId], () =>
      this.unit.query<{ memberId: string; accountId: string }>(
        `(select member_id, account_id from member where bank_id = $1 and ${isMeant('$2', '$3')} limit $4)
         union all
         (select member_id, account_id from guest where bank_id = $1 and ${isGuestMeant('$2')} limit $4)`,
        [bankId, ...meantBy(text), mostFound],
      ),
    );
    return { memberIds: rows.map(({ memberId }) => memberId), accountIds: rows.map(({ accountId }) => accountId) };
  }
}
