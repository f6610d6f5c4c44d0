import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { gateReasons, refuse, type GateReason } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { ReadCandidate } from '@timebank/visits';

/** What is about one date, not about the person: the gate asks it again for each. */
const ofOneDate: readonly GateReason[] = ['full', 'too_late', 'overlaps', 'rest', 'day_cap', 'pair_cap', 'week_wish', 'paused', 'related'];

/** Whether somebody may belong to a series: the gate's reasons for its next date that hold for every date. Opens units of its own. */
@Injectable()
export class CheckRegular {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly candidates: ReadCandidate,
  ) {}

  async run(actor: Actor, bankId: string, seriesId: string, memberId: string, isStaff: boolean): Promise<void> {
    const next = await this.unit.run([bankId], () => this.nextOf(bankId, seriesId));
    if (!next) throw refuse('series/not_found');
    if (next.requestId === null) throw refuse('series/ended');
    const { gate } = await this.candidates.run(actor, bankId, next.requestId, memberId);
    const [bar] = gate.filter((reason) => !ofOneDate.includes(reason));
    if (bar === undefined) return;
    if (!isStaff && 'hidden' in gateReasons[bar]) throw refuse('series/not_found');
    throw refuse(gateReasons[bar].code, { gate }, 'params.memberId');
  }

  private nextOf(bankId: string, seriesId: string): Promise<{ requestId: string | null } | null> {
    return this.unit.one(
      `select (select r.request_id from request r where r.bank_id = s.bank_id and r.series_id = s.series_id and r.starts_at > $3
                  and r.planned_date is not null and r.state in ('open', 'taken') order by r.starts_at limit 1) as request_id
         from series s where s.bank_id = $1 and s.series_id = $2`,
      [bankId, seriesId, this.unit.now],
    );
  }
}
