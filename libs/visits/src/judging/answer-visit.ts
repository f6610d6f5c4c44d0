import { Injectable } from '@nestjs/common';
import { memberIn, type Actor } from '@timebank/access';
import { refuse, type ClientAnswerInput, type Stored, type Visit } from '@timebank/contract';
import { contentHash, once, UnitOfWork } from '@timebank/database';
import { ClientAnswerRow } from './call-back.entity';
import { BanksOfVisits } from '../banks-of-visits';
import { GetVisit } from '../reading/get-visit';
import { JudgeVisit } from './judge-visit';
import { partiesOf } from '../told.rules';
import { VisitLock, type LockedVisit } from '../visit-lock';
import { decidableStates } from '../visit-states.rules';

type Answer = { actor: Actor; answerId: string; input: ClientAnswerInput; hash: Buffer };

/**
 * The client says in the app whether a finished visit was so. Atomic with what it changes. A visit that still waits is judged again: a yes counts as
 * a second signal, a no makes it red, under any policy. A decided visit keeps its decision, and the coordinators are told of a no. It replaces no
 * drawn call-back, since nobody knows who held the phone. Idempotent by the answer's id; other content is `client_answers/id_reused`. Refuses
 * `visits/not_found` to all but the visit's client, `visits/not_ended`, and `client_answers/already_answered`: once a visit.
 */
@Injectable()
export class AnswerVisit {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly lock: VisitLock,
    private readonly judgeVisit: JudgeVisit,
    private readonly getVisit: GetVisit,
    private readonly banksOfVisits: BanksOfVisits,
  ) {}

  async run(actor: Actor, bankId: string, visitId: string, answerId: string, input: ClientAnswerInput): Promise<Stored<Visit>> {
    const answer = { actor, answerId, input, hash: contentHash({ ...input, visitId, personId: actor.personId }) };
    return this.unit.run(await this.banksOfVisits.run(bankId, [visitId]), async () => {
      const visit = await this.lock.one(bankId, visitId);
      if (memberIn(actor, bankId) !== visit.clientId) throw refuse('visits/not_found');
      const first = await once(
        this.unit,
        ClientAnswerRow,
        { bankId, answerId },
        { hash: answer.hash, reused: 'client_answers/id_reused' },
        () => this.keep(visit, answer),
      );
      return { first, value: await this.getVisit.run(actor, bankId, visitId) };
    });
  }

  /** False when the same id was used for another visit at the same moment. */
  private async keep(visit: LockedVisit, { actor, answerId, input, hash }: Answer): Promise<boolean> {
    const { bankId, visitId } = visit;
    const waits = decidableStates.includes(visit.state);
    if (!waits && visit.state !== 'approved' && visit.state !== 'rejected') throw refuse('visits/not_ended');
    if (await this.unit.one('select from client_answer where bank_id = $1 and visit_id = $2', [bankId, visitId])) {
      throw refuse('client_answers/already_answered');
    }
    const { result, note = null } = input;
    const row = { bankId, visitId, answerId, result, note, answeredBy: actor.personId, answeredAt: this.unit.now, contentHash: hash };
    if (!(await this.unit.insertNew(ClientAnswerRow, row, ['bankId', 'answerId']))) return false;
    if (waits) await this.judgeVisit.again(visit, 'client');
    this.unit.tell(bankId, 'visits/client_answered', { ...partiesOf(visit), result, actorId: actor.personId });
    return true;
  }
}
