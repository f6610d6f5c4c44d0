import { Injectable } from '@nestjs/common';
import { type Actor, hasRole, isOneself } from '@timebank/access';
import { type PersonPause, type PersonPauseInput, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { dayAfter, dayRange } from '@timebank/kernel';
import { Availability } from '@timebank/members';
import { CancelRequest, CancelVisit } from '@timebank/visits';
import { BankToday } from '../bank-today';
import { goesOn } from '../series/goes-on.sql';
import { InterruptSeries } from '../series/interrupt-series';

type Span = { from: string; to: string };

/**
 * Somebody is away for some days: hospital, a holiday, the Spring Festival. One act pauses all that comes back for them as a client, calls off what else they
 * asked for on those days, and gives back what they were to help with; whoever is concerned is told, as when each was done by itself. It is written where
 * each of these always stands: pauses of series, a pause in their availability. By themselves, or a coordinator. Repeatable; both days included. Refuses
 * `members/not_found`, `access/not_allowed`, `series/wrong_order`, `series/date_past`.
 */
@Injectable()
export class PausePerson {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly bankToday: BankToday,
    private readonly series: InterruptSeries,
    private readonly availability: Availability,
    private readonly cancelRequest: CancelRequest,
    private readonly cancelVisit: CancelVisit,
  ) {}

  async run(actor: Actor, bankId: string, memberId: string, { from, to }: PersonPauseInput): Promise<PersonPause> {
    if (!hasRole(actor, 'coordinator', bankId) && !isOneself(actor, memberId)) throw refuse('access/not_allowed');
    if (to < from) throw refuse('series/wrong_order', {}, 'body.to');
    return this.unit.run([bankId], async () => {
      const { today } = await this.bankToday.run(bankId);
      if (from < today) throw refuse('series/date_past', { today }, 'body.from');
      const member = await this.unit.one<{ helps: boolean }>(
        `select exists (select from role r where r.bank_id = m.bank_id and r.member_id = m.member_id and r.role = 'volunteer') as helps
           from member m where m.bank_id = $1 and m.member_id = $2`,
        [bankId, memberId],
      );
      if (!member) throw refuse('members/not_found');
      const span = { from, to };
      const series = await this.pauseSeries(actor, bankId, memberId, span);
      const requests = await this.callOff(actor, bankId, memberId, span);
      const visits = member.helps ? await this.giveBack(actor, bankId, memberId, span) : 0;
      return { from, to, series, requests, visits };
    });
  }

  private async pauseSeries(actor: Actor, bankId: string, clientId: string, span: Span): Promise<number> {
    const standing = await this.unit.query<{ seriesId: string }>(
      `select s.series_id from series s where s.bank_id = $1 and s.client_id = $3 and ${goesOn} and coalesce(s.ends_on > $4::date, true) order by s.series_id`,
      [bankId, this.unit.now, clientId, span.from],
    );
    for (const { seriesId } of standing) await this.series.pause(actor, bankId, seriesId, span);
    return standing.length;
  }

  /** What was asked for once, beside the series. */
  private async callOff(actor: Actor, bankId: string, clientId: string, span: Span): Promise<number> {
    const { first, end } = await this.instants(bankId, span);
    const asked = await this.unit.query<{ requestId: string }>(
      `select r.request_id from request r where r.bank_id = $1 and r.client_id = $2 and r.series_id is null and r.state <> 'cancelled'
          and r.starts_at >= $3 and r.starts_at < $4 and r.starts_at > $5
          and not exists (select from visit v where v.bank_id = r.bank_id and v.request_id = r.request_id
            and v.state not in ('planned', 'cancelled', 'no_show', 'rejected'))
        order by r.request_id`,
      [bankId, clientId, first, end, this.unit.now],
    );
    for (const { requestId } of asked) await this.cancelRequest.run(actor, bankId, requestId);
    return asked.length;
  }

  /** A pause in their own word, and what is planned on its days for somebody else. */
  private async giveBack(actor: Actor, bankId: string, memberId: string, span: Span): Promise<number> {
    const said = await this.availability.read(bankId, memberId);
    const isSaid = said.pauses.some(({ from, to }) => from <= span.from && to >= span.to);
    if (!isSaid) await this.availability.put(bankId, memberId, { ...said, pauses: [...said.pauses, span] });
    const { first, end } = await this.instants(bankId, span);
    const planned = await this.unit.query<{ visitId: string }>(
      `select v.visit_id from visit v where v.bank_id = $1 and v.volunteer_id = $2 and v.state = 'planned'
          and v.planned_start >= $3 and v.planned_start < $4 and v.planned_start > $5 order by v.visit_id`,
      [bankId, memberId, first, end, this.unit.now],
    );
    const reasonCode = isOneself(actor, memberId) ? 'other' : 'volunteer_asked';
    for (const { visitId } of planned) await this.cancelVisit.run(actor, bankId, visitId, { reasonCode });
    return planned.length;
  }

  private async instants(bankId: string, { from, to }: Span): Promise<{ first: Date; end: Date }> {
    const { zone } = await this.bankToday.run(bankId);
    return { first: dayRange(from, zone).from, end: dayRange(dayAfter(to), zone).from };
  }
}
