import { Injectable } from '@nestjs/common';
import { ReadBank } from '@timebank/banks';
import { UnitOfWork } from '@timebank/database';
import { dayAfter, dayRange, localDate } from '@timebank/kernel';
import { PolicyNow } from '../policy-now';
import { partiesOf } from '../told.rules';
import { VisitLock } from '../visit-lock';
import { eveningSince } from './evening.rules';
import { VisitPromptRow } from './visit-prompt.entity';

const batch = 2_000;

/**
 * On the evening before, both sides of each planned visit are reminded, once (`visits/tomorrow`): by the hour of the bank's clock, never in its quiet hours. What
 * was planned only this evening needs no reminder. For a job; each visit in a unit of its own, repeatable, and safe when two do it at once.
 */
@Injectable()
export class RemindTomorrow {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly lock: VisitLock,
    private readonly policyNow: PolicyNow,
    private readonly readBank: ReadBank,
  ) {}

  async run(bankId: string): Promise<{ reminded: number }> {
    const due = await this.unit.run([bankId], () => this.due(bankId));
    let reminded = 0;
    for (const { visitId } of due) if (await this.unit.run([bankId], () => this.remind(bankId, visitId))) reminded += 1;
    return { reminded };
  }

  private async due(bankId: string): Promise<{ visitId: string }[]> {
    const { now } = this.unit;
    const { zone } = await this.readBank.run(bankId);
    const since = eveningSince(now, await this.policyNow.run(bankId), zone);
    if (since === null) return [];
    const { from, to } = dayRange(dayAfter(localDate(now, zone)), zone);
    return this.unit.query<{ visitId: string }>(
      `select v.visit_id from visit v
        where v.bank_id = $1 and v.state = 'planned' and v.planned_start >= $2 and v.planned_start < $3 and v.created_at < $4
          and not exists (select from visit_prompt p where p.bank_id = v.bank_id and p.visit_id = v.visit_id and p.kind = 'evening')
        order by v.planned_start, v.visit_id limit $5`,
      [bankId, from, to, since, batch],
    );
  }

  private async remind(bankId: string, visitId: string): Promise<boolean> {
    const visit = await this.lock.one(bankId, visitId);
    if (visit.state !== 'planned') return false;
    const first = await this.unit.insertNew(VisitPromptRow, { bankId, visitId, kind: 'evening', askedAt: this.unit.now });
    if (first) this.unit.tell(bankId, 'visits/tomorrow', partiesOf(visit));
    return first;
  }
}
