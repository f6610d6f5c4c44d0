import { Injectable, type OnModuleInit } from '@nestjs/common';
import { FindObstacles } from '@timebank/banks';
import { UnitOfWork } from '@timebank/database';

const kinds = ['plannedVisits', 'undecidedVisits', 'visitsElsewhere', 'openAppeals', 'openLetters'] as const;
type Counts = Record<(typeof kinds)[number], number>;

const undecided = `v.state not in ('planned', 'approved', 'rejected', 'cancelled', 'no_show')`;
const unanswered = (answer: string, by: string, of: string) =>
  `not exists (select from ${answer} n where n.bank_id = ${of}.bank_id and n.${by} = ${of}.${by})`;
const ofVolunteer = (of: string) =>
  `exists (select from visit v where v.bank_id = ${of}.bank_id and v.visit_id = ${of}.visit_id and v.volunteer_home_bank_id = $1)`;
const ofGuest = (of: string) =>
  `exists (select from guest g where g.bank_id = ${of}.bank_id and g.member_id = ${of}.volunteer_id and g.home_bank_id = $1)`;

/** Visits that prevent closing a bank: its own and its volunteers' elsewhere, with appeals and letters without an answer. */
@Injectable()
export class CountOpenWork implements OnModuleInit {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly obstacles: FindObstacles,
  ) {}

  onModuleInit(): void {
    this.obstacles.register(kinds, (bankId) => this.run(bankId));
  }

  private async run(bankId: string): Promise<Counts> {
    const found = await this.unit.one<Counts>(
      `select (select count(*) from visit v where v.bank_id = $1 and v.state = 'planned') as planned_visits,
              (select count(*) from visit v where v.bank_id = $1 and ${undecided}) as undecided_visits,
              (select count(*) from visit v where v.bank_id <> $1 and v.volunteer_home_bank_id = $1 and (v.state = 'planned' or ${undecided})) as visits_elsewhere,
              (select count(*) from appeal a where (a.bank_id = $1 or ${ofVolunteer('a')}) and ${unanswered('appeal_answer', 'appeal_id', 'a')}) as open_appeals,
              (select count(*) from letter l where (l.bank_id = $1 or ${ofGuest('l')}) and ${unanswered('letter_answer', 'event_id', 'l')}) as open_letters`,
      [bankId],
    );
    return found as Counts;
  }
}
