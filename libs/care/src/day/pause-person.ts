import { Injectable } from '@nestjs/common';
import { type Actor, hasRole, isOneself } from '@timebank/access';
import { type PersonPause, type PersonPauseInput, type PersonPauses, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { CancelRequest } from '@timebank/visits';
import { BankToday } from '../bank-today';
import { spanOf } from '../series/days-without.sql';
import { goesOn } from '../series/goes-on.sql';
import { checkPause, InterruptSeries } from '../series/interrupt-series';
import { GiveBack } from './give-back';

type Span = { from: string; to: string };

function checkMay(actor: Actor, bankId: string, memberId: string): void {
  if (!hasRole(actor, 'coordinator', bankId) && !isOneself(actor, memberId)) throw refuse('access/not_allowed');
}

/**
 * Somebody is away for some days: hospital, a holiday, the Spring Festival. One act pauses all that comes back for them as a client, calls off what else they
 * asked for on those days, and gives back what they were to help with; whoever is concerned is told, as when each was done by itself. It is written where
 * each of these always stands: pauses of series, a pause in their availability. By themselves, or a coordinator. Repeatable; both days included. Refuses
 * `members/not_found`, `access/not_allowed`, `series/wrong_order`, `series/pause_too_long`, `series/date_past`.
 */
@Injectable()
export class PausePerson {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly bankToday: BankToday,
    private readonly series: InterruptSeries,
    private readonly cancelRequest: CancelRequest,
    private readonly giveBack: GiveBack,
  ) {}

  async run(actor: Actor, bankId: string, memberId: string, { from, to }: PersonPauseInput): Promise<PersonPause> {
    checkMay(actor, bankId, memberId);
    checkPause(from, to);
    const banks = await this.giveBack.banks(bankId, memberId);
    return this.unit.run(banks, async () => {
      const { today } = await this.bankToday.run(bankId);
      if (from < today) throw refuse('series/date_past', { today }, 'body.from');
      const member = await this.unit.one<{ helps: boolean }>(
        `select exists (select from role r where r.bank_id = m.bank_id and r.member_id = m.member_id and r.role = 'volunteer') as helps
           from member m where m.bank_id = $1 and m.member_id = $2 for no key update of m`,
        [bankId, memberId],
      );
      if (!member) throw refuse('members/not_found');
      const span = { from, to };
      const series = await this.pauseSeries(actor, bankId, memberId, span);
      const requests = await this.callOff(actor, bankId, memberId, span);
      const visits = member.helps ? await this.giveBack.run(actor, bankId, memberId, span) : 0;
      return { from, to, series, requests, visits };
    });
  }

  /** The pauses that are not over: of what comes back for them, and of what they give. */
  async read(actor: Actor, bankId: string, memberId: string): Promise<PersonPauses> {
    checkMay(actor, bankId, memberId);
    return this.unit.run([bankId], async () => {
      const pauses = await this.unit.query<Span>(
        `select ${spanOf('p')} from (
             select range_agg(days) as days from (
               select series_pauses(s.bank_id, s.series_id) as days from series s where s.bank_id = $1 and s.client_id = $3 and ${goesOn}
               union all select a.pauses from availability a where a.bank_id = $1 and a.member_id = $3) one) every, unnest(every.days) p
          where upper(p) > bank_day($1, $2) order by p`,
        [bankId, this.unit.now, memberId],
      );
      return { pauses };
    });
  }

  /**
   * They are back from this day on: the pause on it ends the day before, and dates of series come back. What was called off for once is asked for anew, and what
   * went to others stays theirs. Where nothing is paused on that day nothing changes. Repeatable. Refuses `series/date_past`.
   */
  async back(actor: Actor, bankId: string, memberId: string, { on }: { on: string }): Promise<PersonPauses> {
    checkMay(actor, bankId, memberId);
    return this.unit.run([bankId], async () => {
      const { today } = await this.bankToday.run(bankId);
      if (on < today) throw refuse('series/date_past', { today }, 'body.on');
      const paused = await this.unit.query<{ seriesId: string }>(
        `select s.series_id from series s where s.bank_id = $1 and s.client_id = $3 and ${goesOn}
            and series_pauses(s.bank_id, s.series_id) @> $4::date order by s.series_id`,
        [bankId, this.unit.now, memberId, on],
      );
      for (const { seriesId } of paused) await this.series.back(actor, bankId, seriesId, { on });
      await this.giveBack.takeUp(bankId, memberId, on);
      return this.read(actor, bankId, memberId);
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
    const asked = await this.unit.query<{ requestId: string }>(
      `select r.request_id from request r where r.bank_id = $1 and r.client_id = $2 and r.series_id is null and r.state <> 'cancelled'
          and bank_day(r.bank_id, r.starts_at) between $3 and $4 and r.starts_at > $5
          and not exists (select from visit v where v.bank_id = r.bank_id and v.request_id = r.request_id
            and v.state not in ('planned', 'cancelled', 'no_show', 'rejected'))
        order by r.request_id`,
      [bankId, clientId, span.from, span.to, this.unit.now],
    );
    for (const { requestId } of asked) await this.cancelRequest.run(actor, bankId, requestId);
    return asked.length;
  }
}
