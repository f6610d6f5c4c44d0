import { Injectable } from '@nestjs/common';
import { ReadBank, ReadPolicy } from '@timebank/banks';
import type { QualificationKind, QualificationStatus } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { localDate } from '@timebank/kernel';
import { type LastDays, standingOf } from './standing.rules';

type Row = LastDays & {
  code: string;
  names: QualificationKind['names'] | null;
  reactivateWithinDays: number | null;
  refresherMinutes: number | null;
  recordedAt: Date | null;
  includes: QualificationKind['names'][];
};
/** What a member has of one kind, and how it stands today. */
export type Standing = Row & { status: QualificationStatus };

/** How a member's own qualifications and exemptions stand today, in the caller's unit of work. */
@Injectable()
export class ReadStandings {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly readPolicy: ReadPolicy,
  ) {}

  async run(bankId: string, memberId: string): Promise<Standing[]> {
    const { zone } = await this.readBank.run(bankId);
    const today = localDate(this.unit.now, zone);
    const policy = await this.readPolicy.run(bankId, today);
    const rows = await this.unit.query<Row>(
      `select code, q.valid_until, q.recorded_at, e.valid_until as exempt_until, k.reactivate_within_days, k.refresher_minutes,
              case when k.code is not null
                then (select coalesce(jsonb_object_agg(n.language, n.name), '{}') from qualification_kind_name n where n.code = k.code) end as names,
              coalesce((select jsonb_agg((select jsonb_object_agg(n.language, n.name) from qualification_kind_name n where n.code = i.included)
                                         order by i.included)
                          from qualification_kind_include i where i.code = k.code), '[]') as includes
         from (select code, valid_until, recorded_at from qualification where bank_id = $1 and member_id = $2) q
         full join (select code, valid_until from qualification_exemption where bank_id = $1 and member_id = $2) e using (code)
         left join qualification_kind k using (code)
        order by code`,
      [bankId, memberId],
    );
    return rows.map((row) => ({
      ...row,
      status: standingOf(row, today, row.reactivateWithinDays ?? policy.reactivateWithinDays) as QualificationStatus,
    }));
  }
}
