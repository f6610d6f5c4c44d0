import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { gateReasons, refuse, type GateReason } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { type FoundReason, hides, ReadCandidate, toldOf } from '@timebank/visits';

/** What is about one date, not about the person: the gate asks it again for each. */
const ofOneDate: readonly GateReason[] = ['full', 'too_late', 'overlaps', 'rest', 'day_cap', 'pair_cap', 'week_wish', 'paused', 'related'];

/**
 * Whether somebody may belong to a series: the gate's reasons for its next date that hold for every date. A volunteer who must not learn why they may not
 * is told that there is no such series (`series/not_found`), whatever they ask of it; who belongs to it sees it. Opens units of its own.
 */
@Injectable()
export class CheckRegular {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly candidates: ReadCandidate,
  ) {}

  /** Refuses whom the gate stops; one who belongs to it already is asked nothing. */
  async run(actor: Actor, bankId: string, seriesId: string, memberId: string, isStaff: boolean): Promise<void> {
    const known = await this.known(bankId, seriesId, memberId, null);
    if (known.belongs) return;
    const found = await this.found(actor, bankId, known.requestId, memberId);
    if (!isStaff && hides(found)) throw refuse('series/not_found');
    if (!known.isAhead) throw refuse('series/ended');
    const told = toldOf(found, isStaff ? 'staff' : 'volunteer').map(({ reason }) => reason);
    const bar = told.find((reason) => !ofOneDate.includes(reason));
    if (bar !== undefined) throw refuse(gateReasons[bar].code, { gate: told }, 'params.memberId');
  }

  /** Refuses a volunteer from whom the series is hidden: no regular of it, nor who comes on the date that is asked about. */
  async visible(actor: Actor, bankId: string, seriesId: string, memberId: string, date: string | null): Promise<void> {
    const { belongs, requestId } = await this.known(bankId, seriesId, memberId, date);
    if (!belongs && hides(await this.found(actor, bankId, requestId, memberId))) throw refuse('series/not_found');
  }

  private async found(actor: Actor, bankId: string, requestId: string | null, memberId: string): Promise<readonly FoundReason[]> {
    if (requestId === null) return [];
    return (await this.candidates.run(actor, bankId, requestId, memberId)).reasons as readonly FoundReason[];
  }

  /** Whether they are a regular, or come on that date; and the next date, or where none is ahead the last: what is hidden holds for every one. */
  private async known(
    bankId: string,
    seriesId: string,
    memberId: string,
    date: string | null,
  ): Promise<{ belongs: boolean; requestId: string | null; isAhead: boolean }> {
    const row = await this.unit.run([bankId], () =>
      this.unit.one<{ belongs: boolean; requestId: string | null; isAhead: boolean | null }>(
        `select n.request_id, n.is_ahead,
            exists (select from series_regular g where g.bank_id = s.bank_id and g.series_id = s.series_id and g.member_id = $3)
              or exists (select from request r join visit v on v.bank_id = r.bank_id and v.request_id = r.request_id and v.volunteer_id = $3
                where r.bank_id = s.bank_id and r.series_id = s.series_id and r.planned_date = $5::date and v.state = 'planned') as belongs
           from series s left join lateral (
             select r.request_id, r.starts_at > $4 and r.planned_date is not null and r.state in ('open', 'taken') as is_ahead
               from request r where r.bank_id = s.bank_id and r.series_id = s.series_id
              order by 2 desc, abs(extract(epoch from r.starts_at - $4)) limit 1) n on true
          where s.bank_id = $1 and s.series_id = $2`,
        [bankId, seriesId, memberId, this.unit.now, date],
      ),
    );
    if (!row) throw refuse('series/not_found');
    return { ...row, isAhead: row.isAhead ?? false };
  }
}
