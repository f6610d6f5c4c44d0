import { Injectable } from '@nestjs/common';
import { ReadPolicy } from '@timebank/banks';
import type { Policy } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { localDate, type Zone } from '@timebank/kernel';
import { reminderDue, type Reminding } from './scan-out-reminders.rules';
import { partiesOf } from '../told.rules';
import { VisitLock } from '../visit-lock';
import { WriteVisit } from '../write-visit';

type Candidate = Reminding & { visitId: string; plannedStart: Date; zone: Zone };

const batch = 2_000;
const dayOf = ({ plannedStart, zone }: Omit<Candidate, 'visitId'>) => localDate(plannedStart, zone);

/**
 * Reminds volunteers of visits still under way `remindAfterMinutes` after their plan, and once more after `remindAgainAfterMinutes`, by the policy of
 * the planned day (`visits/scan_out_due`). For a job: it locks the visit, checks again and stores the reminder in the same transaction, so each is
 * sent once, also by two processes at once, and none after the scan-out.
 */
@Injectable()
export class RemindForgottenVisits {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly lock: VisitLock,
    private readonly readPolicy: ReadPolicy,
    private readonly writeVisit: WriteVisit,
  ) {}

  async run(bankId: string): Promise<{ reminded: number }> {
    const candidates = await this.unit.run([bankId], () => this.due(bankId));
    let reminded = 0;
    for (const { visitId } of candidates) if (await this.unit.run([bankId], () => this.remind(bankId, visitId))) reminded += 1;
    return { reminded };
  }

  private async due(bankId: string): Promise<Candidate[]> {
    const late = await this.unit.query<Candidate>(
      `select v.visit_id, v.planned_start, v.planned_end, v.captured_in, v.scan_out_reminders, zones_of(b.bank_id) as zone from visit v join bank b on b.bank_id = v.bank_id
        where v.bank_id = $1 and v.state = 'in_progress' and v.planned_end < $2 and v.scan_out_reminders < 2
        order by v.planned_end, v.visit_id limit $3`,
      [bankId, this.unit.now, batch],
    );
    const policies = await this.readPolicy.onDays(bankId, [...new Set(late.map(dayOf))]);
    return late.filter((visit) => reminderDue(visit, this.unit.now, policies.get(dayOf(visit)) as Policy) !== null);
  }

  private async remind(bankId: string, visitId: string): Promise<boolean> {
    const visit = await this.lock.one(bankId, visitId);
    if (visit.state !== 'in_progress') return false;
    const reminder = reminderDue(visit, this.unit.now, await this.readPolicy.run(bankId, dayOf(visit)));
    if (reminder === null) return false;
    await this.writeVisit.note(bankId, visitId, { scanOutReminders: reminder });
    this.unit.tell(bankId, 'visits/scan_out_due', { ...partiesOf(visit), reminder });
    return true;
  }
}
