import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import type { Refusal } from '@timebank/kernel';
import { MemberPlans, type Ahead, type UnderWay } from '@timebank/members';
import { RequestLock } from '@timebank/requests';
import { CancelVisit } from './cancel-visit';
import { FreedPlaces } from './freed-places';
import { VisitLock } from '../visit-lock';

const undecided = `v.state not in ('planned', 'approved', 'rejected', 'cancelled', 'no_show')`;

/**
 * Ends the plans of a member who leaves the bank, in the caller's unit of work: planned visits are cancelled and their minutes free, help they would
 * give is open for somebody else, help they asked for is cancelled, and their cards are revoked. A visit that has begun and is not decided refuses
 * this (`settlements/visit_under_way`), or stays for the desk if the member is only barred.
 */
@Injectable()
export class EndMemberPlans implements OnModuleInit {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly memberPlans: MemberPlans,
    private readonly visits: VisitLock,
    private readonly requests: RequestLock,
    private readonly cancelVisit: CancelVisit,
    private readonly freedPlaces: FreedPlaces,
  ) {}

  onModuleInit(): void {
    this.memberPlans.register({
      end: (actor, bankId, memberId, underWay) => this.run(actor, bankId, memberId, underWay),
      count: (bankId, memberId) => this.count(bankId, memberId),
      underWay: (memberId) => this.underWay(memberId),
    });
  }

  async run(actor: Actor, bankId: string, memberId: string, underWay: UnderWay): Promise<void> {
    const live = await this.unit.query<{ visitId: string }>(
      `select visit_id from visit
        where bank_id = $1 and $2 in (client_id, volunteer_id) and state not in ('approved', 'rejected', 'cancelled', 'no_show') order by visit_id`,
      [bankId, memberId],
    );
    for (const { visitId } of live) {
      const visit = await this.visits.one(bankId, visitId);
      if (visit.state !== 'planned') {
        if (underWay === 'keep') continue;
        throw refuse('settlements/visit_under_way', { visitId });
      }
      await this.cancelVisit.callOff(actor, 'coordinator', visit, {}, visit.clientId === memberId);
      if (visit.clientId === memberId) await this.requests.settle(bankId, [visit.requestId]);
      else await this.freedPlaces.run(bankId, visit.requestId);
    }
    await this.withdraw(actor, bankId, memberId);
    await this.unit.query(
      'update service_card set revoked_by = $3, revoked_at = $4 where bank_id = $1 and client_id = $2 and revoked_at is null',
      [bankId, memberId, actor.personId, this.unit.now],
    );
  }

  private async count(bankId: string, memberId: string): Promise<Ahead> {
    const found = await this.unit.one<Ahead>(
      `select (select count(*) from request r where r.bank_id = $1 and r.client_id = $2 and r.state = 'open') as open_requests,
              (select count(*) from visit v where v.bank_id = any (timebank_banks()) and $2 in (v.client_id, v.volunteer_id) and v.state = 'planned') as planned_visits,
              (select count(*) from visit v where v.bank_id = any (timebank_banks()) and $2 in (v.client_id, v.volunteer_id) and ${undecided}) as undecided_visits,
              (select count(*) from service_card c where c.bank_id = $1 and c.client_id = $2 and c.revoked_at is null) as cards`,
      [bankId, memberId],
    );
    return found as Ahead;
  }

  private async underWay(memberId: string): Promise<Refusal | null> {
    const visit = await this.unit.one<{ visitId: string }>(
      `select visit_id from visit v where v.bank_id = any (timebank_banks()) and $1 in (v.client_id, v.volunteer_id) and ${undecided} order by visit_id limit 1`,
      [memberId],
    );
    return visit && refuse('settlements/visit_under_way', visit);
  }

  private async withdraw(actor: Actor, bankId: string, memberId: string): Promise<void> {
    const asked = await this.unit.query<{ requestId: string }>(
      `select request_id from request where bank_id = $1 and client_id = $2 and state = 'open'`,
      [bankId, memberId],
    );
    const requestIds = asked.map(({ requestId }) => requestId);
    for (const { requestId, serviceKind, startsAt } of await this.requests.cancel(bankId, requestIds)) {
      const request = { requestId, clientId: memberId, serviceKind, startsAt: startsAt.toISOString() };
      this.unit.tell(bankId, 'requests/cancelled', { ...request, actorId: actor.personId });
    }
  }
}
