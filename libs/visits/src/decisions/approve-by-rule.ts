import { Injectable } from '@nestjs/common';
import { contentHash, deriveId, UnitOfWork } from '@timebank/database';
import { DecideVisits } from './decide-visits';
import { PolicyNow } from '../policy-now';
import { hoursBefore, waitsSince } from '../waiting.sql';

const batch = 1_000;

type RipeVisit = { visitId: string; since: Date };
type Place = { since: Date; visitId: string } | null;

/** Clean, with a second signal, and no call-back still to make. The decision checks again, under the visits' locks. */
const ripe = `select v.visit_id, ${waitsSince} as since from visit v
  where v.bank_id = $1 and v.state = 'ready' and v.lane = 'clean' and v.assurance in ('A2', 'A3') and ${waitsSince} <= $2::timestamptz
    and not exists (select from call_back_draw d where d.bank_id = v.bank_id and d.visit_id = v.visit_id and d.drawn
      and not exists (select from call_back k where k.bank_id = v.bank_id and k.visit_id = v.visit_id and k.result = 'confirmed'))
    and ($3::timestamptz is null or (${waitsSince}, v.visit_id) > ($3::timestamptz, $4::uuid))
  order by ${waitsSince}, v.visit_id limit $5::integer`;

/**
 * Approves visits by rule, in banks that have switched policy `autoApprove` on: clean visits with assurance A2 or A3 and no open call-back, once they
 * have waited `autoApproveAfterHours`. In the name of the rule and of no person, through `DecideVisits` and its postings, at most 1,000 a call. Each
 * call's id comes from its visits and the bank's day, so two processes at once, or a repeat, decide once; what was refused today is tried again
 * tomorrow, or with other visits. Today's policy counts. Returns how many it approved.
 */
@Injectable()
export class ApproveByRule {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly policyNow: PolicyNow,
    private readonly decideVisits: DecideVisits,
  ) {}

  async run(bankId: string): Promise<number> {
    let approved = 0;
    let after: Place = null;
    do {
      const { day, found } = await this.ripeAfter(bankId, after);
      if (found.length === 0) return approved;
      const visitIds = found.map(({ visitId }) => visitId);
      const approvalId = deriveId(bankId, `auto_approve ${day} ${contentHash(visitIds).toString('hex')}`);
      const { first, value } = await this.decideVisits.byRule(bankId, approvalId, visitIds);
      if (first) approved += value.results.filter(({ outcome }) => outcome === 'approved').length;
      after = found.length < batch ? null : (found.at(-1) ?? null);
    } while (after !== null);
    return approved;
  }

  private async ripeAfter(bankId: string, after: Place): Promise<{ day: string; found: RipeVisit[] }> {
    return this.unit.run([bankId], async () => {
      const { autoApprove, autoApproveAfterHours, day } = await this.policyNow.run(bankId);
      if (!autoApprove) return { day, found: [] };
      const latest = hoursBefore(this.unit.now, autoApproveAfterHours);
      return { day, found: await this.unit.query<RipeVisit>(ripe, [bankId, latest, after?.since, after?.visitId, batch]) };
    });
  }
}
