import { Injectable, type OnModuleInit } from '@nestjs/common';
import { deriveId, UnitOfWork } from '@timebank/database';
import type { Policy } from '@timebank/contract';
import type { Zone } from '@timebank/kernel';
import { RequestLock } from '@timebank/requests';
import { FreedPlaces } from '@timebank/visits';
import { BankToday } from '../bank-today';
import { RankCandidates } from '../matching/rank-candidates';
import { askedUntil, canStillCome } from '../can-still-come.sql';
import { OfferRoundRow, OfferRow } from './offer.entity';
import { aboutOffer } from './put-offer';
import { isQuiet, nextRound, pickRound, type PlannedRound, type RoundPolicy } from './rounds.rules';

/** `last` is the number of the newest round, `done` how many there were since the asking began. */
type Due = { requestId: string; startsAt: Date; last: number; done: number; asked: number; isShared: boolean };

/** SQL: whether request `r` has stood for so many hours; `$2` is now. */
const isShared = (hours: string) => `r.created_at <= $2::timestamptz - make_interval(hours => ${hours}::integer)`;

/** SQL: whether the visit that offer `o` hands over is no longer there to be given. */
const isHandedOver = `exists (select from visit v where v.bank_id = o.bank_id and v.visit_id = o.hands_over and v.state <> 'planned')`;

/** What one round of work goes through; the rest comes with the next. */
const batch = 100;

/**
 * Puts open requests to volunteers by rank, so many at a time: the first round, the next one when its time is over or all have answered, and then the
 * desk is told, which has the list and the phone. In quiet hours nobody is asked and no time runs. What is over, is gone or has begun is tidied up
 * first. Each request is a unit of its own; repeatable, and safe when two do it at once.
 */
@Injectable()
export class RunRounds implements OnModuleInit {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly bankToday: BankToday,
    private readonly requests: RequestLock,
    private readonly candidates: RankCandidates,
    private readonly freedPlaces: FreedPlaces,
  ) {}

  onModuleInit(): void {
    this.freedPlaces.register(({ bankId, requestId }) => this.anew(bankId, requestId));
  }

  /** A place has fallen free: those who suit are asked again, also where the desk had its turn already. In the caller's unit. */
  async anew(bankId: string, requestId: string): Promise<void> {
    await this.unit.query(
      'update offer_round set anew_after = round, anew_at = $3, is_last = false, until = $3 where bank_id = $1 and request_id = $2',
      [bankId, requestId, this.unit.now],
    );
  }

  async run(bankId: string): Promise<{ asked: number }> {
    const now = await this.unit.run([bankId], async () => {
      await this.tidy(bankId);
      const { policy, zone } = await this.bankToday.run(bankId);
      const isOn = policy.offersByRounds && !isQuiet(this.unit.now, policy, zone);
      if (isOn) await this.share(bankId, policy.shareOpenAfterHours);
      return { policy, zone, due: isOn ? await this.due(bankId, policy) : [] };
    });
    let asked = 0;
    for (const request of now.due) asked += await this.ask(bankId, request, now.policy, now.zone);
    return { asked };
  }

  /** Of requests that are gone or have begun nobody is asked any more; a question that nobody answered in its time is over. */
  private async tidy(bankId: string): Promise<void> {
    await this.unit.query(
      `update offer o set state = case when r.state = 'cancelled' then 'withdrawn' else 'expired' end
         from request r where r.bank_id = o.bank_id and r.request_id = o.request_id and o.bank_id = $1
          and (o.state = 'open' and (o.answer_by <= $2 or r.state = 'cancelled' or ${isHandedOver}) or o.state = 'standby' and (r.ends_at <= $2 or r.state = 'cancelled'))`,
      [bankId, this.unit.now],
    );
  }

  /** What nobody here took in so many hours is for guests of other banks, too: where the desk had its turn already, the asking begins anew with them. */
  private async share(bankId: string, hours: number): Promise<void> {
    if (hours === 0) return;
    const ended = (column: string, value: string) => `${column} = case when d.is_last then ${value} else d.${column} end`;
    await this.unit.query(
      `update offer_round d set shared_at = $2, is_last = false, ${ended('anew_after', 'd.round')}, ${ended('anew_at', '$2')}, ${ended('until', '$2')}
         from request r where r.bank_id = d.bank_id and r.request_id = d.request_id and d.bank_id = $1 and d.shared_at is null
          and r.state = 'open' and ${canStillCome('$2')} and ${isShared('$3')}
          and exists (select from guest g where g.bank_id = $1 and g.state = 'confirmed')`,
      [bankId, this.unit.now, hours],
    );
  }

  private due(bankId: string, policy: RoundPolicy & Pick<Policy, 'offerDaysAhead' | 'shareOpenAfterHours'>): Promise<Due[]> {
    return this.unit.query<Due>(
      `select r.request_id, ${askedUntil('$2')} as starts_at, coalesce(d.round, 0) as last, coalesce(d.round - d.anew_after, 0) as done,
              (select count(*) from offer o where o.bank_id = r.bank_id and o.request_id = r.request_id) as asked, ${isShared('$4')} as is_shared
         from request r left join offer_round d on d.bank_id = r.bank_id and d.request_id = r.request_id
         join member m on m.bank_id = r.bank_id and m.member_id = r.client_id
         join account a on a.bank_id = m.bank_id and a.account_id = m.account_id
         join service_kind k on k.code = r.service_kind
        where r.bank_id = $1 and r.state = 'open' and ${canStillCome('$2')} and r.starts_at <= $2::timestamptz + make_interval(days => $3)
          and r.reserved_for is null and k.open_to_volunteers and m.left_on is null and d.is_last is not true
          and (a.floor_minutes is null or a.balance_minutes - a.held_out_minutes - a.floor_minutes >= r.minutes)
          and (d.until is null or d.until <= $2 or not exists (
            select from offer o where o.bank_id = r.bank_id and o.request_id = r.request_id and o.state = 'open'))
          and not exists (select from offer o where o.bank_id = r.bank_id and o.request_id = r.request_id and o.state = 'standby')
        order by r.starts_at, r.request_id limit ${batch}`,
      [bankId, this.unit.now, policy.offerDaysAhead, policy.shareOpenAfterHours],
    );
  }

  private async ask(bankId: string, due: Due, policy: RoundPolicy, zone: Zone): Promise<number> {
    const next = await this.unit.run([bankId], async () => nextRound(due.done, due.startsAt, this.unit.now, policy, zone));
    const planned = { ...next, round: due.last + 1 };
    const people = planned.isLast ? [] : await this.pick(bankId, due, planned.people);
    // Nobody suits: the desk need not wait for a round that asks nobody.
    const round = people.length === 0 ? { ...planned, isLast: true, until: due.startsAt } : planned;
    return this.unit.run([bankId], async () => {
      const request = await this.requests.one(bankId, due.requestId);
      if (request.state !== 'open' || !(await this.begin(bankId, due, round))) return 0;
      for (const volunteerId of people) {
        const isNew = await this.unit.insertNew(OfferRow, {
          bankId,
          requestId: due.requestId,
          volunteerId,
          serviceKind: request.serviceKind,
          round: round.round,
          offerId: deriveId(due.requestId, `round ${round.round} ${volunteerId}`),
          state: 'open',
          offeredAt: this.unit.now,
          answerBy: round.until,
        });
        if (isNew) this.unit.tell(bankId, 'offers/made', aboutOffer(request, volunteerId));
      }
      if (round.isLast) {
        const { requestId, clientId, serviceKind, startsAt } = request;
        this.unit.tell(bankId, 'offers/exhausted', { requestId, clientId, serviceKind, startsAt: startsAt.toISOString() });
      }
      return people.length;
    });
  }

  private async pick(bankId: string, { requestId, asked }: Due, people: number): Promise<string[]> {
    const best = await this.candidates.top(bankId, requestId, { limit: people });
    const [kept] = asked > 0 ? [] : await this.candidates.top(bankId, requestId, { limit: 1, order: 'kept' });
    return pickRound(best, kept, people).map(({ memberId }) => memberId);
  }

  /** False when somebody else has begun this round already. */
  private async begin(
    bankId: string,
    { requestId, last, isShared: isForAll }: Due,
    { round, isLast, until }: PlannedRound,
  ): Promise<boolean> {
    const sharedAt = isForAll ? this.unit.now : null;
    if (last === 0) return this.unit.insertNew(OfferRoundRow, { bankId, requestId, round, isLast, until, sharedAt });
    const moved = await this.unit.query(
      `update offer_round set round = $4, is_last = $5, until = $6 where bank_id = $1 and request_id = $2 and round = $3 returning request_id`,
      [bankId, requestId, last, round, isLast, until],
    );
    return moved.length > 0;
  }
}
