import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { Queue } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { ListWaitingActs, ListWaitingRelations } from '@timebank/members';
import { PolicyNow } from '../policy-now';
import { hoursBefore, waits, waitsSince } from '../waiting.sql';

type Kind = Queue['clean']['kinds'][number];
type Waiting = Omit<Kind, 'serviceKind'> & {
  lane: 'clean' | 'yellow' | 'red';
  serviceKind: string | null;
  overdue: number;
  escalated: number;
};
type Letters = Pick<Queue, 'appeals' | 'letters' | 'urgent'>;

/** Each lane by service kind, the largest first, and as a whole in the row without a kind: all that waits is read once. */
const waiting = `select v.lane, v.service_kind, count(*) as visits, coalesce(sum(v.credited_minutes), 0) as minutes,
    count(distinct v.volunteer_id) as volunteers, count(*) filter (where ${waitsSince} < $2::timestamptz) as overdue, count(x.visit_id) as escalated
  from visit v left join visit_escalation x on x.bank_id = v.bank_id and x.visit_id = v.visit_id where v.bank_id = $1 and ${waits}
  group by grouping sets ((v.lane, v.service_kind), (v.lane)) order by visits desc, v.service_kind`;

const letters = `select
    (select count(*) from appeal a where a.bank_id = $1
      and not exists (select from appeal_answer n where n.bank_id = a.bank_id and n.appeal_id = a.appeal_id)) as appeals,
    (select count(*) from letter l where l.bank_id = $1
      and not exists (select from letter_answer n where n.bank_id = l.bank_id and n.event_id = l.event_id)) as letters,
    (select count(*) from request r where r.bank_id = $1 and r.state = 'open' and r.ends_at > $2 and r.starts_at > $2::timestamptz - interval '24 hours'
      and r.starts_at <= $3) as urgent`;

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
      const { reviewWithinDays, urgentWithinMinutes } = await this.policyNow.run(bankId);
      const overdueBefore = hoursBefore(this.unit.now, 24 * reviewWithinDays);
      const rows = await this.unit.query<Waiting>(waiting, [bankId, overdueBefore]);
      const lanes = rows.filter(({ serviceKind }) => serviceKind === null);
      const of = (lane: Waiting['lane']) => lanes.find((row) => row.lane === lane) ?? { visits: 0, minutes: 0, volunteers: 0 };
      const { visits, minutes, volunteers } = of('clean');
      const kinds = rows.flatMap((row) =>
        row.lane === 'clean' && row.serviceKind !== null
          ? [{ serviceKind: row.serviceKind, visits: row.visits, minutes: row.minutes, volunteers: row.volunteers }]
          : [],
      );
      const overdue = lanes.reduce((sum, lane) => sum + lane.overdue, 0);
      const escalated = lanes.reduce((sum, lane) => sum + lane.escalated, 0);
      const open = (await this.unit.one<Letters>(letters, [
        bankId,
        this.unit.now,
        hoursBefore(this.unit.now, -urgentWithinMinutes / 60),
      ])) as Letters;
      return {
        lanes: { clean: visits, yellow: of('yellow').visits, red: of('red').visits },
        clean: { visits, minutes, volunteers, kinds },
        overdue,
        overdueBefore: overdueBefore.toISOString(),
        escalated,
        ...open,
        waitingActs: (await this.listWaitingActs.count(actor, bankId)) + (await this.listWaitingRelations.count(actor, bankId)),
      };
    });
  }
}
