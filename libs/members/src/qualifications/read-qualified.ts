import { Injectable } from '@nestjs/common';
import { ReadBank, ReadPolicy } from '@timebank/banks';
import type { AnswerOf, QualificationStatus } from '@timebank/contract';
import { cutPage, UnitOfWork } from '@timebank/database';
import { localDate } from '@timebank/kernel';
import { standingOf } from './standing.rules';

type Query = { code: string; from: string; to: string; limit: number; cursor?: string | undefined };
type Row = { memberId: string; memberNumber: string; name: string; validUntil: string; within: number | null };

/** Whose qualification of a kind ends between two days: what an extension of them would reach. */
@Injectable()
export class ReadQualified {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly readPolicy: ReadPolicy,
  ) {}

  async run(bankId: string, { code, from, to, ...page }: Query): Promise<AnswerOf<'listQualified'>> {
    return this.unit.run([bankId], async () => {
      const { zone } = await this.readBank.run(bankId);
      const today = localDate(this.unit.now, zone);
      const { reactivateWithinDays } = await this.readPolicy.run(bankId, today);
      const rows = await this.unit.query<Row>(
        `select q.member_id, m.member_number, m.name, q.valid_until,
                (select k.reactivate_within_days from qualification_kind k where k.code = q.code) as within
           from qualification q join member m on m.bank_id = q.bank_id and m.member_id = q.member_id
          where q.bank_id = $1 and q.code = $2 and q.valid_until between $3 and $4 and m.left_on is null
          order by q.valid_until, m.name, q.member_id limit 2000`,
        [bankId, code, from, to],
      );
      const status = ({ validUntil, within }: Row) =>
        standingOf({ validUntil, exemptUntil: null }, today, within ?? reactivateWithinDays) as QualificationStatus;
      return cutPage(
        rows.map(({ within, ...row }) => ({ ...row, status: status({ within, ...row }) })),
        page,
      );
    });
  }
}
