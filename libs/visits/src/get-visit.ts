import { Injectable } from '@nestjs/common';
import { hasRole, memberIn, type Actor } from '@timebank/access';
import { refuse, type Visit } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { visitOf, visitSelect, type VisitViewRow } from './visit-view';

/** Whether an actor reads every visit of the bank; others read those they take part in. */
export function readsAll(actor: Actor, bankId: string): boolean {
  return (['coordinator', 'admin', 'auditor'] as const).some((role) => hasRole(actor, role, bankId));
}

/** One visit with its events, for staff, its volunteer and its client; `visits/not_found` for anybody else. */
@Injectable()
export class GetVisit {
  constructor(private readonly unit: UnitOfWork) {}

  async run(actor: Actor, bankId: string, visitId: string): Promise<Visit> {
    const me = memberIn(actor, bankId);
    return this.unit.run([bankId], async () => {
      const row = await this.unit.one<VisitViewRow>(`${visitSelect} and v.visit_id = $2`, [bankId, visitId]);
      if (!row || !(readsAll(actor, bankId) || (me !== null && (row.volunteerId === me || row.clientId === me))))
        throw refuse('visits/not_found');
      return visitOf(row, readsAll(actor, bankId) ? 'staff' : 'party');
    });
  }
}
