import { Injectable } from '@nestjs/common';
import type { ClosingObstacle } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';

const undecided = `v.state not in ('planned', 'approved', 'rejected', 'cancelled', 'no_show')`;
const unanswered = (answer: string, by: string, of: string) =>
  `not exists (select from ${answer} n where n.bank_id = ${of}.bank_id and n.${by} = ${of}.${by})`;

const ofVolunteer = (of: string) =>
  `exists (select from visit v where v.bank_id = ${of}.bank_id and v.visit_id = ${of}.visit_id and v.volunteer_home_bank_id = $1)`;
const ofGuest = (of: string) =>
  `exists (select from guest g where g.bank_id = ${of}.bank_id and g.member_id = ${of}.volunteer_id and g.home_bank_id = $1)`;

/**
 * Counts what somebody still has to see to in a bank, and could not once it is closed: visits of the bank and of its volunteers elsewhere, requests
 * that have not lapsed, appeals and letters without an answer, here or of its volunteers elsewhere, grants under way, minutes of members, minutes between banks. Inside a unit that sees
 * every bank.
 */
@Injectable()
export class FindObstacles {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string): Promise<Record<ClosingObstacle, number>> {
    const found = await this.unit.one<Record<ClosingObstacle, number>>(
      `select (select count(*) from visit v where v.bank_id = $1 and v.state = 'planned') as planned_visits,
              (select count(*) from visit v where v.bank_id = $1 and ${undecided}) as undecided_visits,
              (select count(*) from visit v where v.bank_id <> $1 and v.volunteer_home_bank_id = $1 and (v.state = 'planned' or ${undecided})) as visits_elsewhere,
              (select count(*) from request r where r.bank_id = $1 and r.state = 'open' and r.ends_at > $2) as open_requests,
              (select count(*) from appeal a where (a.bank_id = $1 or ${ofVolunteer('a')}) and ${unanswered('appeal_answer', 'appeal_id', 'a')}) as open_appeals,
              (select count(*) from letter l where (l.bank_id = $1 or ${ofGuest('l')}) and ${unanswered('letter_answer', 'event_id', 'l')}) as open_letters,
              (select count(*) from grant_run g where g.bank_id = $1 and g.finished_at is null) as grant_runs,
              (select count(*) from account a where a.bank_id = $1 and a.kind = 'member' and (a.balance_minutes <> 0 or a.held_out_minutes <> 0)) as members_with_minutes,
              (select count(*) from account a where a.bank_id = $1 and a.kind = 'clearing' and a.balance_minutes <> 0) as unsettled_banks`,
      [bankId, this.unit.now],
    );
    return found as Record<ClosingObstacle, number>;
  }
}
