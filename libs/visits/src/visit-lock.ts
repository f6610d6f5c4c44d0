import { Injectable } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import type { Zone } from '@timebank/kernel';
import type { VisitRow } from './visit.entity';

export type LockedVisit = VisitRow & { volunteerPersonId: string; clientPersonId: string; zone: Zone };

/**
 * Reads and locks one visit until the unit ends; `visits/not_found`. The volunteer's own row is locked with it, so that
 * overlaps and caps among one volunteer's visits are judged one after another. A visit is locked before its request, and
 * both before accounts.
 */
@Injectable()
export class VisitLock {
  constructor(private readonly unit: UnitOfWork) {}

  async one(bankId: string, visitId: string): Promise<LockedVisit> {
    const row = await this.find(bankId, visitId);
    if (!row) throw refuse('visits/not_found');
    return row;
  }

  /** The same, and null where the bank knows no such visit. */
  async find(bankId: string, visitId: string): Promise<LockedVisit | null> {
    const row = (await this.lock('member', bankId, visitId)) ?? (await this.lock('guest', bankId, visitId));
    if (!row) return null;
    // A guest's visits in every bank are judged one after another by their row at home; out of sight there is nothing to judge.
    if (row.volunteerHomeBankId !== null) {
      await this.unit.query('select from member where bank_id = $1 and member_id = $2 for no key update', [
        row.volunteerHomeBankId,
        row.volunteerId,
      ]);
    }
    return row;
  }

  private lock(volunteers: 'member' | 'guest', bankId: string, visitId: string): Promise<LockedVisit | null> {
    return this.unit.one<LockedVisit>(
      `select v.*, w.person_id as volunteer_person_id, c.person_id as client_person_id, zones_of(b.bank_id) as zone
       from visit v
       join ${volunteers} w on w.bank_id = v.bank_id and w.member_id = v.volunteer_id
       join member c on c.bank_id = v.bank_id and c.member_id = v.client_id
       join bank b on b.bank_id = v.bank_id
       where v.bank_id = $1 and v.visit_id = $2
       for no key update of v, w`,
      [bankId, visitId],
    );
  }
}
