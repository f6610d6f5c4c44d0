import { Injectable } from '@nestjs/common';
import { type Actor, memberIn } from '@timebank/access';
import { type AnswerOf, type KindReason, type Offer, type OffersOfRequest, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { GetRequest, ShareHours } from '@timebank/requests';
import { cameToPlace } from './came-to-place.sql';
import { RankCandidates } from '../matching/rank-candidates';

type OfferRow = Omit<Offer, 'offeredAt' | 'answerBy' | 'answeredAt' | 'startsAt' | 'endsAt'> & {
  offeredAt: Date;
  answerBy: Date;
  answeredAt: Date | null;
  startsAt: Date;
  endsAt: Date;
};

const select = `
  select o.offer_id, o.bank_id, o.request_id, o.volunteer_id, o.state, o.offered_at, o.answer_by, o.answered_at, o.visit_id, o.service_kind,
    r.starts_at, r.ends_at, r.minutes`;

const offerOf = <Row extends OfferRow>({ offeredAt, answerBy, answeredAt, startsAt, endsAt, ...row }: Row) => ({
  ...row,
  offeredAt: offeredAt.toISOString(),
  answerBy: answerBy.toISOString(),
  answeredAt: answeredAt?.toISOString() ?? null,
  startsAt: startsAt.toISOString(),
  endsAt: endsAt.toISOString(),
});

/** Offers as answers: one, those that wait for a volunteer, those of a request. */
@Injectable()
export class ReadOffers {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly getRequest: GetRequest,
    private readonly candidates: RankCandidates,
    private readonly shareHours: ShareHours,
  ) {}

  /** Refuses `offers/not_found`. In the caller's unit, or one of its own. */
  async one(bankId: string, offerId: string): Promise<Offer> {
    const row = await this.unit.run([bankId], () =>
      this.unit.one<OfferRow>(
        `${select} from offer o join request r on r.bank_id = o.bank_id and r.request_id = o.request_id where o.bank_id = $1 and o.offer_id = $2`,
        [bankId, offerId],
      ),
    );
    if (!row) throw refuse('offers/not_found');
    return offerOf(row);
  }

  /** What waits for the caller's answer, and where they stand by, the soonest first; of every bank where they help. */
  async mine(actor: Actor): Promise<AnswerOf<'myOffers'>> {
    const banks = actor.roles.flatMap(({ role, bankId }) => (role === 'volunteer' && bankId !== null ? [bankId] : []));
    const items: AnswerOf<'myOffers'>['items'] = [];
    for (const bankId of banks) items.push(...(await this.mineIn(actor, bankId)));
    return { items: items.toSorted((one, other) => one.startsAt.localeCompare(other.startsAt)) };
  }

  private async mineIn(actor: Actor, bankId: string): Promise<AnswerOf<'myOffers'>['items']> {
    const memberId = memberIn(actor, bankId);
    const rows = await this.unit.run([bankId], () =>
      this.unit.query<OfferRow & { requestState: string }>(
        `${select}, r.state as request_state from offer o join request r on r.bank_id = o.bank_id and r.request_id = o.request_id
          where o.bank_id = $1 and o.volunteer_id = $2 and o.state in ('open', 'standby') and not exists (select from visit v where ${cameToPlace})
            and r.state <> 'cancelled' and r.ends_at > $3
          order by r.starts_at limit 20`,
        [bankId, memberId, this.unit.now],
      ),
    );
    const shown = await this.getRequest.many(
      actor,
      bankId,
      rows.map(({ requestId }) => requestId),
    );
    const named = new Map(shown.map(({ requestId, clientName }) => [requestId, clientName]));
    const items: AnswerOf<'myOffers'>['items'] = [];
    for (const { requestState, ...row } of rows) {
      const clientName = named.get(row.requestId);
      // An open request that its reader may no longer see is not theirs to take.
      if (clientName === undefined && requestState === 'open') continue;
      const reasons: KindReason[] = row.state === 'open' ? await this.candidates.reasons(bankId, row.requestId, row.volunteerId) : [];
      items.push({ ...offerOf(row), clientName: clientName ?? '', reasons });
    }
    return items;
  }

  /** When guests see it, where there are any and they do not see it at once. */
  private async guestsFrom(bankId: string, createdAt: Date): Promise<OffersOfRequest['guests']> {
    const hours = await this.shareHours.run(bankId);
    const isForGuests =
      hours > 0 && (await this.unit.one(`select from guest where bank_id = $1 and state = 'confirmed' limit 1`, [bankId]));
    const from = new Date(createdAt.getTime() + hours * 3_600_000);
    return isForGuests ? { from: from.toISOString(), mayTake: from <= this.unit.now } : null;
  }

  /** Who was asked about a request, the newest first, and how far the asking has come. Refuses `requests/not_found`. */
  async ofRequest(bankId: string, requestId: string): Promise<AnswerOf<'listOffers'>> {
    return this.unit.run([bankId], async () => {
      const request = await this.unit.one<{ round: number | null; isLast: boolean; until: Date; createdAt: Date }>(
        `select d.round, d.is_last, d.until, r.created_at from request r left join offer_round d on d.bank_id = r.bank_id and d.request_id = r.request_id
          where r.bank_id = $1 and r.request_id = $2`,
        [bankId, requestId],
      );
      if (!request) throw refuse('requests/not_found');
      const rows = await this.unit.query<OfferRow & { name: string; phone: string | null }>(
        `${select}, h.name, m.phone from offer o join request r on r.bank_id = o.bank_id and r.request_id = o.request_id
           join helper h on h.bank_id = o.bank_id and h.member_id = o.volunteer_id
           left join member m on m.bank_id = o.bank_id and m.member_id = o.volunteer_id
          where o.bank_id = $1 and o.request_id = $2 order by o.offered_at desc, o.offer_id limit 200`,
        [bankId, requestId],
      );
      const { round, isLast, until, createdAt } = request;
      return {
        items: rows.map(offerOf),
        round: round === null ? null : { round, isLast, until: until.toISOString() },
        guests: await this.guestsFrom(bankId, createdAt),
      };
    });
  }
}
