import { Injectable } from '@nestjs/common';
import { BankNames } from '@timebank/banks';
import type { Guest } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import type { GuestRow } from './guest.entity';

type GuestQualification = { memberId: string; code: string; validUntil: string };

/**
 * Guests as the bank that they help in sees them: name, number, home bank, and the qualifications recorded at home that are
 * valid today, which count here too. Nothing else of them leaves their home bank. Inside a unit that sees the home banks.
 */
@Injectable()
export class GuestView {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly bankNames: BankNames,
  ) {}

  async run(rows: readonly GuestRow[]): Promise<Guest[]> {
    const homes = [...new Set(rows.map((row) => row.homeBankId))];
    const names = await this.bankNames.run(homes);
    const held = await this.unit.query<GuestQualification>(
      `select q.member_id, q.code, max(q.valid_until) as valid_until from qualification_held q join bank b on b.bank_id = q.bank_id
        where q.bank_id = any ($1) and q.member_id = any ($2) and q.valid_until >= bank_day(b.bank_id, $3::timestamptz)
        group by q.member_id, q.code order by q.code`,
      [homes, rows.map((row) => row.memberId), this.unit.now],
    );
    return rows.map(({ memberId, bankId, homeBankId, memberNumber, name, state, askedAt, confirmedAt, endedAt }) => ({
      memberId,
      bankId,
      homeBankId,
      homeBankName: names.get(homeBankId) ?? '',
      memberNumber,
      name,
      state,
      askedAt: askedAt.toISOString(),
      confirmedAt: confirmedAt?.toISOString() ?? null,
      endedAt: endedAt?.toISOString() ?? null,
      qualifications: held.filter((one) => one.memberId === memberId).map(({ code, validUntil }) => ({ code, validUntil })),
    }));
  }
}
