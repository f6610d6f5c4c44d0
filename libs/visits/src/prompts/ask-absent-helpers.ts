import { Injectable } from '@nestjs/common';
import { ReadPolicy } from '@timebank/banks';
import type { Policy } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { localDate, type Zone } from '@timebank/kernel';
import { partiesOf } from '../told.rules';
import { VisitLock } from '../visit-lock';
import { hoursBefore } from '../waiting.sql';
import { arrivalDue, arrivalHours } from './arrivals.rules';
import { VisitPromptRow } from './visit-prompt.entity';

type Candidate = { visitId: string; plannedStart: Date; createdAt: Date; zone: Zone };

const batch = 2_000;
const dayOf = ({ plannedStart, zone }: Pick<Candidate, 'plannedStart' | 'zone'>) => localDate(plannedStart, zone);

/**
 * Where no beginning was scanned `arrivalAskMinutes` after the plan, by the policy of the planned day, the helper is asked whether they are on the way,
 * and client and desk are told (`visits/nobody_came`). For a job: it locks the visit, checks again and stores the question in the same transaction, so
 * each is asked once, also by two processes at once, and none after the scan-in.
 */
@Injectable()
export class AskAbsentHelpers {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly lock: VisitLock,
    private readonly readPolicy: ReadPolicy,
  ) {}

  async run(bankId: string): Promise<{ asked: number }> {
    const candidates = await this.unit.run([bankId], () => this.due(bankId));
    let asked = 0;
    for (const { visitId } of candidates) if (await this.unit.run([bankId], () => this.ask(bankId, visitId))) asked += 1;
    return { asked };
  }

  private async due(bankId: string): Promise<Candidate[]> {
    const late = await this.unit.query<Candidate>(
      `select v.visit_id, v.planned_start, v.created_at, zones_of(v.bank_id) as zone from visit v
        where v.bank_id = $1 and v.state = 'planned' and v.planned_start < $2 and v.planned_start > $3
          and not exists (select from visit_prompt p where p.bank_id = v.bank_id and p.visit_id = v.visit_id and p.kind = 'arrival')
        order by v.planned_start, v.visit_id limit $4`,
      [bankId, this.unit.now, hoursBefore(this.unit.now, arrivalHours), batch],
    );
    const policies = await this.readPolicy.onDays(bankId, [...new Set(late.map(dayOf))]);
    return late.filter((visit) => arrivalDue(visit, this.unit.now, policies.get(dayOf(visit)) as Policy));
  }

  private async ask(bankId: string, visitId: string): Promise<boolean> {
    const visit = await this.lock.one(bankId, visitId);
    if (visit.state !== 'planned') return false;
    const first = await this.unit.insertNew(VisitPromptRow, { bankId, visitId, kind: 'arrival', askedAt: this.unit.now });
    if (first) this.unit.tell(bankId, 'visits/nobody_came', partiesOf(visit));
    return first;
  }
}
