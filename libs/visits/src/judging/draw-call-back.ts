import { Injectable } from '@nestjs/common';
import { Sealer } from '@timebank/access';
import type { Policy } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { CallBackDrawRow } from './call-back.entity';
import { isDrawn, laneOfCallBack, percentOf, wordOf, type CallBackStanding } from './call-backs.rules';
import type { Verdict } from './judge.rules';
import type { VisitFacts } from './visit-facts';
import type { LockedVisit } from '../visit-lock';

type CallBackFacts = Pick<CallBackStanding, 'answer' | 'own'> & { drawn: boolean | null; pairVisitsBefore: number };

const known = `select
  (select drawn from call_back_draw where bank_id = $1 and visit_id = $2) as drawn,
  (select result from call_back where bank_id = $1 and visit_id = $2 and result <> 'not_reached' order by number desc limit 1) as answer,
  (select result from client_answer where bank_id = $1 and visit_id = $2) as own,
  (select count(*) from (select from visit where bank_id = $1 and client_id = $3 and volunteer_id = $4 and visit_id <> $2
    and state in ('ready', 'needs_ack', 'needs_fix', 'approved') limit 100) p) as pair_visits_before`;

/**
 * Draws a visit for a call-back when it first ends clean or yellow, and adds the client's word; both are facts to judge it by. In the caller's
 * transaction, which holds the visit's lock: a visit is drawn once, and later judging does not change it.
 */
@Injectable()
export class DrawCallBack {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly sealer: Sealer,
  ) {}

  async run(visit: LockedVisit, verdict: Verdict, policy: Policy): Promise<Pick<VisitFacts, 'clientConfirmed' | 'callBackDue'>> {
    if (verdict.lane === null) return { clientConfirmed: false, callBackDue: null };
    const { bankId, visitId, clientId, volunteerId } = visit;
    const row = await this.unit.one<CallBackFacts>(known, [bankId, visitId, clientId, volunteerId]);
    const [answer, own] = [row?.answer ?? null, row?.own ?? null];
    const drawn = row?.drawn ?? (await this.draw(visit, percentOf({ ...verdict, pairVisitsBefore: row?.pairVisitsBefore ?? 0 }, policy)));
    const said = { drawn, answer, own };
    return { clientConfirmed: wordOf(said) === 'confirmed', callBackDue: laneOfCallBack(said, policy) };
  }

  private async draw({ bankId, visitId }: LockedVisit, percent: number | null): Promise<boolean> {
    if (percent === null) return false;
    const drawn = isDrawn(this.sealer.seal('call_back', `${bankId} ${visitId}`), percent);
    await this.unit.insertRow(CallBackDrawRow, { bankId, visitId, percent, drawn, drawnAt: this.unit.now });
    return drawn;
  }
}
