import { Injectable } from '@nestjs/common';
import { hasRole, memberIn, type Actor } from '@timebank/access';
import { ReadBank, ReadPolicy } from '@timebank/banks';
import { refuse, type Visit } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { localDate } from '@timebank/kernel';
import { appealUntil } from '../appeals/appeals.rules';
import type { Reader } from './visit-events';
import { visitOf, visitSelect, type VisitViewRow } from './visit-view';

/** Whether an actor reads every visit of the bank; others read those they take part in. */
export function readsAll(actor: Actor, bankId: string): boolean {
  return (['coordinator', 'admin', 'auditor'] as const).some((role) => hasRole(actor, role, bankId));
}

/**
 * How an actor reads a visit; null for a stranger. People who took part read it as that, whatever else they are: no volunteer sees what their client
 * said.
 */
export function readerOf(actor: Actor, visit: { bankId: string; volunteerId: string; clientId: string }): Reader | null {
  const me = memberIn(actor, visit.bankId);
  if (me !== null && visit.volunteerId === me) return 'volunteer';
  if (me !== null && visit.clientId === me) return 'client';
  return readsAll(actor, visit.bankId) ? 'staff' : null;
}

/** One visit with its events, for staff, its volunteer and its client; `visits/not_found` for anybody else. */
@Injectable()
export class GetVisit {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly readPolicy: ReadPolicy,
  ) {}

  async run(actor: Actor, bankId: string, visitId: string): Promise<Visit> {
    return this.unit.run([bankId], async () => {
      const row = await this.unit.one<VisitViewRow>(`${visitSelect} and v.visit_id = $2`, [bankId, visitId]);
      const reader = row && readerOf(actor, row);
      if (!row || !reader) throw refuse('visits/not_found');
      return visitOf(row, reader, this.unit.now, reader === 'client' ? null : await this.untilOf(row));
    });
  }

  /** Until when an appeal may be made, by the policy of the visit's day; asked only of a decision that could have one. */
  private async untilOf(row: VisitViewRow): Promise<Date | null> {
    if (appealUntil(row, 0) === null) return null;
    const { zone } = await this.readBank.run(row.bankId);
    const { appealWithinDays } = await this.readPolicy.run(row.bankId, localDate(row.plannedStart, zone));
    return appealUntil(row, appealWithinDays);
  }
}
