import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { deriveId, UnitOfWork } from '@timebank/database';
import { dayRange, Refusal } from '@timebank/kernel';
import { PlanVisit } from '@timebank/visits';
import { BankToday } from '../bank-today';
import { EndRegulars } from './end-regulars';
import { HandOn, type ReservedDate, toldOf } from './hand-on';
import { addDays } from './rule.rules';

type DueDate = ReservedDate & { plannedDate: string; personId: string | null; homeBankId: string | null };

/** What a round takes at once; the rest comes with the next. */
const batch = 1_000;

/**
 * Regulars take what is reserved for them within policy `holdSeriesDays`, nearest first, each by the same ability as anybody who takes a request: the
 * gate is asked, and the minutes are held. Whom the gate stops hands the date on. Where the client's minutes do not reach, the date stays under the
 * regular's name and waits; the desk is told of the first such day of a series, once. Each date is a unit of its own; repeatable.
 */
@Injectable()
export class TakeForRegulars {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly bankToday: BankToday,
    private readonly handOn: HandOn,
    private readonly planVisit: PlanVisit,
    private readonly endRegulars: EndRegulars,
  ) {}

  /** Of one series, or of the whole bank. */
  async run(bankId: string, seriesId: string | null = null): Promise<{ taken: number }> {
    if (seriesId === null) await this.endRegulars.ofBank(bankId);
    const due = await this.unit.run([bankId], () => this.due(bankId, seriesId));
    const short = new Map<string, DueDate>();
    let taken = 0;
    for (const date of due) {
      const outcome = await this.take(date);
      if (outcome === 'taken') taken += 1;
      if (outcome === 'short' && !short.has(date.seriesId)) short.set(date.seriesId, date);
    }
    for (const of of new Set(due.map((date) => date.seriesId))) await this.noteShort(bankId, of, short.get(of) ?? null);
    return { taken };
  }

  private async due(bankId: string, seriesId: string | null): Promise<DueDate[]> {
    const { today, zone, policy } = await this.bankToday.run(bankId);
    const { to } = dayRange(addDays(today, policy.holdSeriesDays), zone);
    return this.unit.query<DueDate>(
      `select r.bank_id, r.request_id, r.series_id, r.planned_date, r.client_id, r.service_kind, r.starts_at, r.reserved_for,
              h.person_id, h.home_bank_id
         from request r left join helper h on h.bank_id = r.bank_id and h.member_id = r.reserved_for
        where r.bank_id = $1 and r.reserved_for is not null and r.state = 'open' and r.starts_at > $2 and r.starts_at < $3
          and coalesce(r.series_id = $4::uuid, $4::uuid is null)
        order by r.starts_at, r.request_id limit ${batch}`,
      [bankId, this.unit.now, to, seriesId],
    );
  }

  /** By the regular, and by whoever follows: when the gate stops them, or the date needs more helpers. */
  private async take(date: DueDate): Promise<'taken' | 'short' | 'given up'> {
    let isTaken = false;
    for (let at: DueDate | null = date; at !== null;) {
      const refusal = await this.tryOne(at);
      if (refusal?.code === 'ledger/overdraft') return 'short';
      isTaken ||= refusal === null;
      at = await this.toNext(at);
    }
    return isTaken ? 'taken' : 'given up';
  }

  private async tryOne({ bankId, requestId, plannedDate, reservedFor, personId, homeBankId }: DueDate): Promise<Refusal | null> {
    const gone = new Refusal('members/not_found', {});
    if (personId === null) return gone;
    const regular: Actor = { personId, roles: [{ role: 'volunteer', bankId, memberId: reservedFor, homeBankId }] };
    // Whoever gave this date away has a cancelled visit under this id.
    const visitId = deriveId(requestId, `regular ${reservedFor} ${plannedDate}`);
    try {
      const { value } = await this.planVisit.run(regular, bankId, visitId, { requestId, volunteerId: reservedFor });
      return value.state === 'cancelled' ? gone : null;
    } catch (thrown) {
      if (thrown instanceof Refusal && thrown.code !== 'service/unavailable') return thrown;
      throw thrown;
    }
  }

  private async toNext(date: DueDate): Promise<DueDate | null> {
    return this.unit.run([date.bankId], async () => {
      const still = await this.unit.one(
        `select from request where bank_id = $1 and request_id = $2 and state = 'open' and reserved_for = $3 for no key update`,
        [date.bankId, date.requestId, date.reservedFor],
      );
      if (!still) return null;
      const next = await this.handOn.run(date);
      if (next === null) return null;
      const who = await this.unit.one<{ personId: string; homeBankId: string | null }>(
        'select person_id, home_bank_id from helper where bank_id = $1 and member_id = $2',
        [date.bankId, next],
      );
      return { ...date, reservedFor: next, personId: who?.personId ?? null, homeBankId: who?.homeBankId ?? null };
    });
  }

  private async noteShort(bankId: string, seriesId: string, date: DueDate | null): Promise<void> {
    await this.unit.run([bankId], async () => {
      const changed = await this.unit.query(
        `update series set short_from = $3 where bank_id = $1 and series_id = $2 and short_from is distinct from $3::date returning series_id`,
        [bankId, seriesId, date?.plannedDate ?? null],
      );
      if (changed.length > 0 && date) this.unit.tell(bankId, 'series/short', { requestId: date.requestId, ...toldOf(date) });
    });
  }
}
