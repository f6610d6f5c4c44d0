import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { PolicyNow } from '../policy-now';
import { hoursBefore, waits, waitsSince } from '../waiting.sql';

const batch = 500;

/**
 * Escalates visits of a bank that have waited policy `escalateAfterDays` for a decision: once, kept in the visit's history and told to the outbox, in
 * one transaction. For a job; safe to run at any time and twice at once. Escalated visits come first in the queue, and the bank's admins see them.
 * Today's policy counts. Returns how many it escalated, at most 500 a call.
 */
@Injectable()
export class EscalateVisits {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly policyNow: PolicyNow,
  ) {}

  async run(bankId: string): Promise<number> {
    return this.unit.run([bankId], async () => {
      const { escalateAfterDays } = await this.policyNow.run(bankId);
      const escalated = await this.unit.query<{ visitId: string; waitingSince: Date }>(
        `insert into visit_escalation (bank_id, visit_id, waiting_since, escalated_at)
         select v.bank_id, v.visit_id, ${waitsSince}, $3::timestamptz from visit v
         where v.bank_id = $1 and ${waits} and ${waitsSince} <= $2::timestamptz
           and not exists (select from visit_escalation x where x.bank_id = v.bank_id and x.visit_id = v.visit_id)
         order by ${waitsSince}, v.visit_id limit $4::integer
         on conflict (bank_id, visit_id) do nothing returning visit_id, waiting_since`,
        [bankId, hoursBefore(this.unit.now, 24 * escalateAfterDays), this.unit.now, batch],
      );
      for (const { visitId, waitingSince } of escalated) {
        this.unit.tell(bankId, 'visits/escalated', { visitId, waitingSince: waitingSince.toISOString() });
      }
      return escalated.length;
    });
  }
}
