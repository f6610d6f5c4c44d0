import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { UnitOfWork } from '@timebank/database';
import { CancelRequest } from '@timebank/visits';

/** A date of a series that is laid and has not begun. */
export type ComingDate = {
  requestId: string;
  plannedDate: string;
  startsAt: Date;
  minutes: number;
  place: string | null;
  note: string | null;
  version: number;
  visitId: string | null;
  volunteerId: string | null;
  helperName: string | null;
};

/** The coming dates of a series, and cancelling some of them. */
@Injectable()
export class ComingDates {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly cancelRequest: CancelRequest,
  ) {}

  /** Those that nobody has begun, by day; with who helps. */
  async run(bankId: string, seriesId: string, from: string, to = '2200-12-31'): Promise<ComingDate[]> {
    return this.unit.query<ComingDate>(
      `select r.request_id, r.planned_date, r.starts_at, r.minutes, r.place, r.note, r.version, v.visit_id, v.volunteer_id, h.name as helper_name
         from request r
         left join visit v on v.bank_id = r.bank_id and v.request_id = r.request_id and v.state not in ('cancelled', 'no_show', 'rejected')
         left join helper h on h.bank_id = v.bank_id and h.member_id = v.volunteer_id
        where r.bank_id = $1 and r.series_id = $2 and r.planned_date between $3 and $4 and r.starts_at > $5
          and r.state in ('open', 'taken') and coalesce(v.state = 'planned', r.state = 'open')
        order by r.planned_date`,
      [bankId, seriesId, from, to, this.unit.now],
    );
  }

  /** Cancels them, and tells whoever was to come. They stay as they are. */
  async cancel(actor: Actor, bankId: string, dates: readonly ComingDate[]): Promise<void> {
    for (const { requestId } of dates) await this.cancelRequest.run(actor, bankId, requestId);
  }
}
