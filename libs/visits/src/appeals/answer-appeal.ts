import { Injectable } from '@nestjs/common';
import { type Actor, SignInTrust } from '@timebank/access';
import { refuse, type Appeal, type AppealAnswerInput, type Stored } from '@timebank/contract';
import { contentHash, once, UnitOfWork } from '@timebank/database';
import { AppealAnswerRow } from './appeal.entity';
import { appealOf, appealSelect, type AppealRowRead } from './appeal-view';
import { BanksOfVisits } from '../banks-of-visits';
import { CheckOutsider } from '../check-outsider';
import { VisitLock, type LockedVisit } from '../visit-lock';

type Answer = { actor: Actor; bankId: string; appealId: string; answerId: string; input: AppealAnswerInput; hash: Buffer };

/**
 * A coordinator answers an appeal, once and for good: `upheld` leaves the decision; `granted` says how to put it right (`remedy`) and changes nothing
 * by itself, since a posting is only ever reversed and times are entered by hand. Atomic; idempotent by the answer's id: the appeal as it is now,
 * other content is `appeals/id_reused`. Refuses `appeals/not_found`, `appeals/already_answered`, and `appeals/same_coordinator` to whoever decided
 * the visit; also one's own visit, a relative's, and one of somebody whose sign-in they had a hand in.
 */
@Injectable()
export class AnswerAppeal {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly lock: VisitLock,
    private readonly outsider: CheckOutsider,
    private readonly trust: SignInTrust,
    private readonly banksOfVisits: BanksOfVisits,
  ) {}

  async run(actor: Actor, bankId: string, appealId: string, answerId: string, input: AppealAnswerInput): Promise<Stored<Appeal>> {
    const hash = contentHash({ ...input, appealId, personId: actor.personId });
    const visitId = await this.unit.run([bankId], () => this.visitOf(bankId, appealId));
    return this.unit.run(await this.banksOfVisits.run(bankId, [visitId]), async () => {
      const visit = await this.lock.one(bankId, visitId);
      const answer = { actor, bankId, appealId, answerId, input, hash };
      const first = await once(this.unit, AppealAnswerRow, { bankId, answerId }, { hash, reused: 'appeals/id_reused' }, () =>
        this.keep(answer, visit),
      );
      const row = await this.unit.one<AppealRowRead>(`${appealSelect} and a.appeal_id = $2`, [bankId, appealId]);
      return { first, value: appealOf(row as AppealRowRead) };
    });
  }

  private async visitOf(bankId: string, appealId: string): Promise<string> {
    const row = await this.unit.one<{ visitId: string }>('select visit_id from appeal where bank_id = $1 and appeal_id = $2', [
      bankId,
      appealId,
    ]);
    if (!row) throw refuse('appeals/not_found');
    return row.visitId;
  }

  /** False when the same id was used for another appeal at the same moment. */
  private async keep({ actor, bankId, appealId, answerId, input, hash }: Answer, visit: LockedVisit): Promise<boolean> {
    if (await this.unit.one('select from appeal_answer where bank_id = $1 and appeal_id = $2', [bankId, appealId])) {
      throw refuse('appeals/already_answered');
    }
    await this.outsider.run(actor, visit);
    const barred = await this.trust.mayNotDecideOn(actor.personId, [visit.volunteerPersonId, visit.clientPersonId]);
    if (barred.size > 0) throw refuse('visits/second_person_needed');
    if (visit.decidedBy === actor.personId) throw refuse('appeals/same_coordinator');
    const { outcome, note } = input;
    const row = { bankId, answerId, appealId, outcome, note, answeredBy: actor.personId, answeredAt: this.unit.now, contentHash: hash };
    if (!(await this.unit.insertNew(AppealAnswerRow, row, ['bankId', 'answerId']))) return false;
    this.unit.tell(bankId, 'visits/appeal_answered', {
      visitId: visit.visitId,
      appealId,
      volunteerId: visit.volunteerId,
      outcome,
      actorId: actor.personId,
    });
    return true;
  }
}
