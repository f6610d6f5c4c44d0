import { Injectable } from '@nestjs/common';
import { type Actor, SignInTrust } from '@timebank/access';
import { refuse, type Appeal, type AppealAnswerInput, type Stored } from '@timebank/contract';
import { contentHash, UnitOfWork } from '@timebank/database';
import { appealOf, appealSelect, type AppealRowRead } from './appeal-view';
import { BanksOfVisits } from '../banks-of-visits';
import { CheckOutsider } from '../check-outsider';
import { VisitLock } from '../visit-lock';

type Answer = { actor: Actor; bankId: string; appealId: string; answerId: string; input: AppealAnswerInput; hash: Buffer };

/**
 * A coordinator answers an appeal, once and for good: `upheld` leaves the decision, `granted` says how it is put right
 * (`remedy`) and changes nothing by itself, since a posting is only ever reversed and times are entered by hand. Atomic;
 * idempotent by the answer's id: the appeal as it is now, other content is `appeals/id_reused`. Refuses
 * `appeals/not_found`, `appeals/already_answered`, `appeals/same_coordinator` to whoever decided the visit, one's own visit,
 * a relative's, and that of somebody whose sign-in they had a hand in.
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
      const first = await this.keep({ actor, bankId, appealId, answerId, input, hash }, visitId);
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

  private async keep({ actor, bankId, appealId, answerId, input, hash }: Answer, visitId: string): Promise<boolean> {
    const visit = await this.lock.one(bankId, visitId);
    const kept = await this.unit.query<{ answerId: string; contentHash: Buffer }>(
      'select answer_id, content_hash from appeal_answer where bank_id = $1 and (answer_id = $2 or appeal_id = $3)',
      [bankId, answerId, appealId],
    );
    const same = kept.find((row) => row.answerId === answerId);
    if (same && !same.contentHash.equals(hash)) throw refuse('appeals/id_reused');
    if (same) return false;
    if (kept.length > 0) throw refuse('appeals/already_answered');
    await this.outsider.run(actor, visit);
    const barred = await this.trust.mayNotDecideOn(actor.personId, [visit.volunteerPersonId, visit.clientPersonId]);
    if (barred.size > 0) throw refuse('visits/second_person_needed');
    if (visit.decidedBy === actor.personId) throw refuse('appeals/same_coordinator');
    const laid = await this.unit.one(
      `insert into appeal_answer (bank_id, answer_id, appeal_id, outcome, note, answered_by, answered_at, content_hash)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (bank_id, answer_id) do nothing returning answer_id`,
      [bankId, answerId, appealId, input.outcome, input.note, actor.personId, this.unit.now, hash],
    );
    // The same id was used for another appeal at the same moment.
    if (!laid) throw refuse('appeals/id_reused');
    this.unit.tell(bankId, 'visits/appeal_answered', {
      visitId,
      appealId,
      volunteerId: visit.volunteerId,
      outcome: input.outcome,
      actorId: actor.personId,
    });
    return true;
  }
}
