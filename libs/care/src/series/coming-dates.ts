import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { UnitOfWork } from '@timebank/database';
import { helps } from '@timebank/requests';
import { CancelRequest } from '@timebank/visits';

const lastDay = '2200-12-31';

/** A date of a series that is laid and has not begun. */
export type ComingDate = {
  requestId: string;
  plannedDate: string;
  startsAt: Date;
  minutes: number;
  place: string | null;
  note: string | null;
  version: number;
  helpersNeeded: number;
  helpers: { visitId: string; volunteerId: string; name: string }[];
};

/** The coming dates of a series, and cancelling some of them. */
@Injectable()
export class ComingDates {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly cancelRequest: CancelRequest,
  ) {}

  /** Those that nobody has begun, by day; with who helps. By the days for which they were laid. */
  run(bankId: string, seriesId: string, from: string, to = lastDay): Promise<ComingDate[]> {
    return this.find(bankId, seriesId, from, to, false);
  }

  /** Also those that stand on these days because somebody moved them there by hand. */
  standing(bankId: string, seriesId: string, from: string, to = lastDay): Promise<ComingDate[]> {
    return this.find(bankId, seriesId, from, to, true);
  }

  private find(bankId: string, seriesId: string, from: string, to: string, alsoStanding: boolean): Promise<ComingDate[]> {
    return this.unit.query<ComingDate>(
      `select r.request_id, r.planned_date, r.starts_at, r.minutes, r.place, r.note, r.version, r.helpers_needed, h.helpers
         from request r
         cross join lateral (
           select coalesce(json_agg(json_build_object('visitId', v.visit_id, 'volunteerId', v.volunteer_id, 'name', w.name) order by v.visit_id)
                    filter (where v.visit_id is not null), '[]') as helpers, coalesce(bool_or(v.state <> 'planned'), false) as has_begun
             from visit v join helper w on w.bank_id = v.bank_id and w.member_id = v.volunteer_id where ${helps}) h
        where r.bank_id = $1 and r.series_id = $2 and r.planned_date is not null and r.starts_at > $5
          and (r.planned_date between $3 and $4 or ($6 and bank_day(r.bank_id, r.starts_at) between $3 and $4))
          and r.state in ('open', 'taken') and not h.has_begun
        order by r.planned_date`,
      [bankId, seriesId, from, to, this.unit.now, alsoStanding],
    );
  }

  /** Cancels them, and tells whoever was to come. They stay as they are. */
  async cancel(actor: Actor, bankId: string, dates: readonly ComingDate[]): Promise<void> {
    for (const { requestId } of dates) await this.cancelRequest.run(actor, bankId, requestId);
  }
}
