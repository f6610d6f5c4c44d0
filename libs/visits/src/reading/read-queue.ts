import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { Queue } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { ListWaitingActs, ListWaitingRelations } from '@timebank/members';
import { PolicyNow } from '../policy-now';
import { hoursBefore, waits, waitsSince } from '../waiting.sql';

type Lanes = { clean: number; yellow: number; red: number; overdue: number; escalated: number; appeals: number; letters: number };
type Kind = Queue['clean']['kinds'][number];

const lanes = `select count(*) filter (where v.lane = 'clean') as clean, count(*) filter (where v.lane = 'yellow') as yellow,
    count(*) filter (where v.lane = 'red') as red, count(*) filter (where ${waitsSince} < $2::timestamptz) as overdue,
    count(*) filter (where (select x.escalated_at from visit_escalation x where x.bank_id = v.bank_id and x.visit_id = v.visit_id) is not null) as escalated,
    (select count(*) from appeal a where a.bank_id = $1
      and not exists (select from appeal_answer n where n.bank_id = a.bank_id and n.appeal_id = a.appeal_id)) as appeals,
    (select count(*) from letter l where l.bank_id = $1
      and not exists (select from letter_answer n where n.bank_id = l.bank_id and n.event_id = l.event_id)) as letters
  from visit v where v.bank_id = $1 and ${waits}`;

/** The clean lane by service kind, the largest first, and as a whole in the row without a kind. */
const clean = `select v.service_kind, count(*) as visits, coalesce(sum(v.credited_minutes), 0) as minutes, count(distinct v.volunteer_id) as volunteers
  from visit v where v.bank_id = $1 and ${waits} and v.lane = 'clean'
  group by grouping sets ((v.service_kind), ()) order by v.service_kind is null, visits desc, v.service_kind`;

/**
 * What waits for a decision in a bank: by lane, what the clean lane is worth by service kind, how many visits have waited longer
 * than policy `reviewWithinDays` of today allows, how many were escalated, and how many appeals and
 * letters are open; and what the caller could confirm as the second person.
 */
@Injectable()
export class ReadQueue {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly policyNow: PolicyNow,
    private readonly listWaitingActs: ListWaitingActs,
    private readonly listWaitingRelations: ListWaitingRelations,
  ) {}

  async run(actor: Actor, bankId: string): Promise<Queue> {
    return this.unit.run([bankId], async () => {
      const { reviewWithinDays } = await this.policyNow.run(bankId);
      const overdueBefore = hoursBefore(this.unit.now, 24 * reviewWithinDays);
      const counted = (await this.unit.one<Lanes>(lanes, [bankId, overdueBefore])) as Lanes;
      const rows = await this.unit.query<Omit<Kind, 'serviceKind'> & { serviceKind: string | null }>(clean, [bankId]);
      const kinds = rows.filter((row): row is Kind => row.serviceKind !== null);
      const { visits = 0, minutes = 0, volunteers = 0 } = rows.find(({ serviceKind }) => serviceKind === null) ?? {};
      const { overdue, escalated, appeals, letters, ...byLane } = counted;
      return {
        lanes: byLane,
        clean: { visits, minutes, volunteers, kinds },
        overdue,
        overdueBefore: overdueBefore.toISOString(),
        escalated,
        appeals,
        letters,
        waitingActs: (await this.listWaitingActs.count(actor, bankId)) + (await this.listWaitingRelations.count(actor, bankId)),
      };
    });
  }
}
