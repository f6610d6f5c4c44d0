import { Injectable } from '@nestjs/common';
import { type Actor, memberIn } from '@timebank/access';
import { type HandOver as HandedOver, type HandOverInput, refuse, type Stored } from '@timebank/contract';
import { UnitOfWork, violates } from '@timebank/database';
import { HandVisitOver, ReadCandidate } from '@timebank/visits';
import { OfferRow } from './offer.entity';

/**
 * A helper puts a planned visit of theirs to a colleague whom they name by the member number. The colleague is asked like anybody, by an offer, and a yes gives
 * them the place; until then the helper keeps it. Idempotent under the caller's id. Refuses `visits/not_found`, `visits/not_cancellable` once it has begun,
 * `members/not_found` for a number of no volunteer here, `offers/not_for_them` where something stands in the way, without saying what, and
 * `offers/already_asked`, `offers/id_reused`.
 */
@Injectable()
export class HandOver {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly handVisitOver: HandVisitOver,
    private readonly candidates: ReadCandidate,
  ) {}

  async run(actor: Actor, bankId: string, visitId: string, offerId: string, { memberNumber }: HandOverInput): Promise<Stored<HandedOver>> {
    const earlier = await this.earlier(bankId, offerId);
    if (earlier) {
      if (earlier.visitId !== visitId || earlier.memberNumber !== memberNumber || earlier.giverId !== memberIn(actor, bankId))
        throw refuse('offers/id_reused');
      return { first: false, value: { offerId, visitId, state: earlier.state } };
    }
    try {
      return await this.unit.run([bankId], async () => {
        const visit = await this.handVisitOver.visit(bankId, visitId);
        if (visit.volunteerId !== memberIn(actor, bankId)) throw refuse('visits/not_found');
        if (visit.state !== 'planned' || visit.plannedStart <= this.unit.now)
          throw refuse('visits/not_cancellable', { state: visit.state });
        const volunteerId = await this.colleague(bankId, memberNumber);
        if (volunteerId === visit.volunteerId) throw refuse('members/not_found', {}, 'body.memberNumber');
        if (await this.saidNo(bankId, visitId, volunteerId)) throw refuse('offers/already_asked');
        await this.checkGate(actor, bankId, visit.requestId, volunteerId);
        const { requestId, serviceKind, plannedStart } = visit;
        await this.unit.insertRow(OfferRow, {
          bankId,
          offerId,
          requestId,
          volunteerId,
          serviceKind,
          handsOver: visitId,
          state: 'open',
          offeredBy: actor.personId,
          offeredAt: this.unit.now,
          answerBy: plannedStart,
        });
        const about = { requestId, clientId: visit.clientId, volunteerId, serviceKind, startsAt: plannedStart.toISOString() };
        this.unit.tell(bankId, 'offers/made', { ...about, actorId: actor.personId });
        return { first: true, value: { offerId, visitId, state: 'open' } };
      });
    } catch (thrown) {
      if (violates(thrown, 'offer_live')) throw refuse('offers/already_asked');
      if (violates(thrown, 'offer_pkey')) throw refuse('offers/id_reused');
      throw thrown;
    }
  }

  /** A no is a no: whoever gave one is not asked about this visit again. */
  private saidNo(bankId: string, visitId: string, volunteerId: string): Promise<object | null> {
    return this.unit.one(`select from offer where bank_id = $1 and hands_over = $2 and volunteer_id = $3 and state = 'declined'`, [
      bankId,
      visitId,
      volunteerId,
    ]);
  }

  private async colleague(bankId: string, memberNumber: string): Promise<string> {
    const found = await this.unit.one<{ memberId: string }>(
      `select m.member_id from member m where m.bank_id = $1 and m.member_number = $2
          and exists (select from role r where r.bank_id = m.bank_id and r.member_id = m.member_id and r.role = 'volunteer')`,
      [bankId, memberNumber],
    );
    if (!found) throw refuse('members/not_found', {}, 'body.memberNumber');
    return found.memberId;
  }

  /** That the place is taken is no bar: it is the one that is given. What else there is may be private. */
  private async checkGate(actor: Actor, bankId: string, requestId: string, volunteerId: string): Promise<void> {
    const { reasons } = await this.candidates.run(actor, bankId, requestId, volunteerId);
    if (reasons.some(({ reason, strength }) => reason !== 'full' && strength !== 'warning'))
      throw refuse('offers/not_for_them', {}, 'body.memberNumber');
  }

  private earlier(bankId: string, offerId: string) {
    return this.unit.run([bankId], () =>
      this.unit.one<{ visitId: string | null; memberNumber: string; giverId: string | null; state: HandedOver['state'] }>(
        `select o.hands_over as visit_id, m.member_number, v.volunteer_id as giver_id, o.state from offer o
           left join member m on m.bank_id = o.bank_id and m.member_id = o.volunteer_id
           left join visit v on v.bank_id = o.bank_id and v.visit_id = o.hands_over
          where o.bank_id = $1 and o.offer_id = $2`,
        [bankId, offerId],
      ),
    );
  }
}
