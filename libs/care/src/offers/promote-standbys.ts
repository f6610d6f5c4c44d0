import { Injectable } from '@nestjs/common';
import { type Actor, BanksOfMembers } from '@timebank/access';
import { deriveId, UnitOfWork } from '@timebank/database';
import { Refusal } from '@timebank/kernel';
import { RequestLock } from '@timebank/requests';
import { PlanVisit } from '@timebank/visits';
import { canStillCome } from '../can-still-come.sql';
import { cameToPlace } from './came-to-place.sql';
import { OfferRow } from './offer.entity';
import { aboutOffer } from './put-offer';

type Standby = { offerId: string; requestId: string; volunteerId: string; personId: string; homeBankId: string | null };

/**
 * Where a place has fallen free, whoever has stood by the longest gets it and is told: the gate is asked and the minutes are held as if they took it now.
 * Whom the gate stops stands by no longer; where the client's minutes do not reach, everybody waits. Each is a unit of its own; repeatable.
 */
@Injectable()
export class PromoteStandbys {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly banksOfMembers: BanksOfMembers,
    private readonly requests: RequestLock,
    private readonly planVisit: PlanVisit,
  ) {}

  async run(bankId: string): Promise<{ promoted: number }> {
    let promoted = 0;
    await this.settle(bankId);
    for (const standby of await this.due(bankId)) if (await this.promote(bankId, standby)) promoted += 1;
    return { promoted };
  }

  /** Whoever came to a place otherwise stands by no longer, and does not come back to it after leaving it. */
  private settle(bankId: string): Promise<unknown> {
    return this.unit.run([bankId], () =>
      this.unit.query(
        `update offer o set state = 'accepted', visit_id = v.visit_id from visit v
          where o.bank_id = $1 and o.state = 'standby' and ${cameToPlace}`,
        [bankId],
      ),
    );
  }

  private due(bankId: string): Promise<Standby[]> {
    return this.unit.run([bankId], () =>
      this.unit.query<Standby>(
        `select o.offer_id, o.request_id, o.volunteer_id, h.person_id, h.home_bank_id
           from offer o join request r on r.bank_id = o.bank_id and r.request_id = o.request_id
           join helper h on h.bank_id = o.bank_id and h.member_id = o.volunteer_id
          where o.bank_id = $1 and o.state = 'standby' and r.state = 'open' and r.reserved_for is null and ${canStillCome('$2')}
          order by r.starts_at, o.request_id, o.answered_at, o.offer_id limit 500`,
        [bankId, this.unit.now],
      ),
    );
  }

  private async promote(bankId: string, { offerId, requestId, volunteerId, personId, homeBankId }: Standby): Promise<boolean> {
    const volunteer: Actor = { personId, roles: [{ role: 'volunteer', bankId, memberId: volunteerId, homeBankId }] };
    const banks = [...new Set([bankId, ...(await this.banksOfMembers.run([volunteerId]))])];
    return this.unit.run(banks, async () => {
      const request = await this.requests.one(bankId, requestId);
      const still = await this.unit.one(`select from offer where bank_id = $1 and offer_id = $2 and state = 'standby'`, [bankId, offerId]);
      // Somebody further up has it by now.
      if (!still || request.state !== 'open') return false;
      const visitId = deriveId(offerId, 'visit');
      const refusal = await this.planVisit.run(volunteer, bankId, visitId, { requestId, volunteerId }).then(
        () => null,
        (thrown: unknown) => thrown,
      );
      if (refusal !== null && (!(refusal instanceof Refusal) || refusal.code === 'service/unavailable')) throw refusal;
      if (refusal?.code === 'ledger/overdraft') return false;
      const key = { bankId, offerId };
      if (refusal) {
        await this.unit.updateRow(OfferRow, key, { state: 'withdrawn' });
        return false;
      }
      await this.unit.updateRow(OfferRow, key, { state: 'accepted', visitId });
      this.unit.tell(bankId, 'offers/promoted', { visitId, ...aboutOffer(request, volunteerId) });
      return true;
    });
  }
}
