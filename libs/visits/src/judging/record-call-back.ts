import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { refuse, type CallBackInput, type Stored, type Visit } from '@timebank/contract';
import { contentHash, once, UnitOfWork } from '@timebank/database';
import { CallBackRow } from './call-back.entity';
import { BanksOfVisits } from '../banks-of-visits';
import { CheckOutsider } from '../check-outsider';
import { GetVisit } from '../reading/get-visit';
import { JudgeVisit } from './judge-visit';
import { partiesOf } from '../told.rules';
import { VisitLock, type LockedVisit } from '../visit-lock';
import { decidableStates } from '../visit-states.rules';

type Call = { actor: Actor; callBackId: string; input: CallBackInput; hash: Buffer };

/**
 * A coordinator has phoned a client about a finished visit, drawn or not, and records the result. Atomic with what it changes. A visit that still
 * waits is judged again: a yes counts as a second signal, a no makes it red, under any policy. A decided visit keeps its decision and gains the
 * record. Idempotent by the call's id; other content or another caller is `call_backs/id_reused`. Refuses `visits/not_ended`, one's own visit, a
 * relative's, and `visits/second_person_needed` to whoever would overrule a no that they recorded.
 */
@Injectable()
export class RecordCallBack {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly lock: VisitLock,
    private readonly judgeVisit: JudgeVisit,
    private readonly outsider: CheckOutsider,
    private readonly getVisit: GetVisit,
    private readonly banksOfVisits: BanksOfVisits,
  ) {}

  async run(actor: Actor, bankId: string, visitId: string, callBackId: string, input: CallBackInput): Promise<Stored<Visit>> {
    const call = { actor, callBackId, input, hash: contentHash({ ...input, visitId, personId: actor.personId }) };
    return this.unit.run(await this.banksOfVisits.run(bankId, [visitId]), async () => {
      const visit = await this.lock.one(bankId, visitId);
      const first = await once(this.unit, CallBackRow, { bankId, callBackId }, { hash: call.hash, reused: 'call_backs/id_reused' }, () =>
        this.record(visit, call),
      );
      return { first, value: await this.getVisit.run(actor, bankId, visitId) };
    });
  }

  /** False when the same id was used for another visit at the same moment. */
  private async record(visit: LockedVisit, { actor, callBackId, input, hash }: Call): Promise<boolean> {
    const { bankId, visitId } = visit;
    const waits = decidableStates.includes(visit.state);
    if (!waits && visit.state !== 'approved' && visit.state !== 'rejected') throw refuse('visits/not_ended');
    await this.outsider.run(actor, visit);
    const last = await this.unit.one<{ result: CallBackInput['result']; calledBy: string }>(
      `select result, called_by from call_back where bank_id = $1 and visit_id = $2 and result <> 'not_reached' order by number desc limit 1`,
      [bankId, visitId],
    );
    const setsAside = input.result === 'confirmed' && last?.result === 'not_confirmed';
    if (setsAside && last.calledBy === actor.personId) throw refuse('visits/second_person_needed');
    const kept = await this.unit.one(
      `insert into call_back (bank_id, call_back_id, visit_id, number, result, note, called_by, called_at, content_hash)
       select $1, $2, $3, count(*) + 1, $4, $5, $6, $7, $8 from call_back where bank_id = $1 and visit_id = $3
       on conflict (bank_id, call_back_id) do nothing returning call_back_id`,
      [bankId, callBackId, visitId, input.result, input.note ?? null, actor.personId, this.unit.now, hash],
    );
    if (!kept) return false;
    if (waits && input.result !== 'not_reached') await this.judgeVisit.again(visit, 'caller');
    this.unit.tell(bankId, 'visits/called_back', { ...partiesOf(visit), callBackId, result: input.result, actorId: actor.personId });
    return true;
  }
}
